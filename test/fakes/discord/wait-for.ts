export interface Changes {
  on(event: 'change', listener: () => void): unknown;
  off(event: 'change', listener: () => void): unknown;
}

export interface WaitOptions {
  readonly timeoutMs: number;
  /** Said of the state when the time is up. */
  describe(): string;
}

/** What `look` gives, as soon as that is something; it looks now and after each `change`. */
export async function waitFor<Value>(
  events: Changes,
  look: () => Value | null | undefined | false,
  { timeoutMs, describe }: WaitOptions,
): Promise<Value> {
  const found = Promise.withResolvers<Value>();
  const check = () => {
    try {
      const value = look();
      if (value !== null && value !== undefined && value !== false) found.resolve(value);
    } catch (error) {
      found.reject(error);
    }
  };
  const timer = setTimeout(() => {
    found.reject(new Error(`waited ${timeoutMs} ms for ${look}, but Discord shows:\n${describe()}`));
  }, timeoutMs);
  events.on('change', check);
  try {
    check();
    return await found.promise;
  } finally {
    clearTimeout(timer);
    events.off('change', check);
  }
}
