/** Calls back once after so many milliseconds; what it gives calls that off. Passed in, so that tests hold the time. */
export type StartTimer = (ms: number, callback: () => void) => () => void;

export const startSystemTimer: StartTimer = (ms, callback) => {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
};
