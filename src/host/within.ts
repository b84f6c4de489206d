import type { StartTimer } from '../chat/timer.ts';

/** Waits for the promise, but not longer than so many milliseconds; answers whether it settled in time. */
export async function within(
  promise: Promise<unknown>,
  ms: number,
  startTimer: StartTimer,
): Promise<boolean> {
  const timeUp = Promise.withResolvers<false>();
  const cancel = startTimer(ms, () => timeUp.resolve(false));
  const inTime = await Promise.race([promise.then(() => true), timeUp.promise]);
  cancel();
  return inTime;
}
