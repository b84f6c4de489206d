import type { StartTimer } from '../../src/chat/timer.ts';

export interface TestClock {
  readonly now: () => number;
  readonly startTimer: StartTimer;
  /** Moves the time on, calls what is due in order, and lets promises settle in between. */
  advance(ms: number): Promise<void>;
  /** How many timers are waiting. */
  timers(): number;
}

/** Time that stands still until it is moved. */
export function createClock(startAt = 0): TestClock {
  let time = startAt;
  const waiting = new Set<{ readonly at: number; readonly callback: () => void }>();

  async function settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  return {
    now: () => time,
    startTimer(ms, callback) {
      const timer = { at: time + ms, callback };
      waiting.add(timer);
      return () => waiting.delete(timer);
    },
    async advance(ms) {
      const end = time + ms;
      await settle();
      for (;;) {
        const due = [...waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        waiting.delete(due);
        time = Math.max(time, due.at);
        due.callback();
        await settle();
      }
      time = end;
    },
    timers: () => waiting.size,
  };
}
