/** What the work gives or, once the signal is aborted, `instead`: whatever the work does, nobody waits for it longer. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal, instead: T): Promise<T> {
  if (signal.aborted) return instead;
  const aborted = Promise.withResolvers<T>();
  const onAbort = () => aborted.resolve(instead);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
