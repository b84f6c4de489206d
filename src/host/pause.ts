import type { StartTimer } from '../chat/timer.ts';

/** Waits so many milliseconds, or until the signal is aborted; answers whether the whole time passed. */
export async function pause(ms: number, signal: AbortSignal, startTimer: StartTimer): Promise<boolean> {
  if (signal.aborted) return false;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const cancelTimer = startTimer(ms, () => resolve(true));
  const stop = (): void => resolve(false);
  signal.addEventListener('abort', stop, { once: true });
  const passed = await promise;
  cancelTimer();
  signal.removeEventListener('abort', stop);
  return passed;
}
