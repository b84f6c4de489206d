/** A signal of one piece of work: it aborts with the caller's signal, or when the time is up. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Whether the time ran out, as against the caller stopping. */
  expired(): boolean;
  /** Lets go of the timer and of the caller's signal. */
  clear(): void;
}

export function startDeadline(parent: AbortSignal, milliseconds: number): Deadline {
  const controller = new AbortController();
  let expired = false;
  const stop = () => controller.abort();
  const timer = setTimeout(() => {
    expired = true;
    controller.abort();
  }, milliseconds);
  parent.addEventListener('abort', stop, { once: true });
  if (parent.aborted) stop();
  return {
    signal: controller.signal,
    expired: () => expired,
    clear() {
      clearTimeout(timer);
      parent.removeEventListener('abort', stop);
    },
  };
}

/** Waits for a promise that knows no signal; rejects with an AbortError when the signal aborts first. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const stop = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
