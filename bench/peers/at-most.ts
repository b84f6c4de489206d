/** For work of which only so much can be under way at once: what is beyond waits in order. */
export function atMost<Result>(limit: number, work: () => Promise<Result>): () => Promise<Result> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async () => {
    if (running < limit) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
