import type { Logger } from '../log.ts';
import type { EngineNotices } from './workshop.ts';

/** A busy engine runs short of memory again and again; this long, one line says so. */
const QUIET_MS = 60_000;

/** The engine's notices as lines of the log. `now` gives milliseconds that only go forward. */
export function engineNotices(
  log: Pick<Logger, 'error' | 'warn'>,
  now: () => number,
): Required<EngineNotices> {
  let lastShort = Number.NEGATIVE_INFINITY;
  return {
    onHostError(name, err) {
      log.error({ err, function: name }, 'a host function failed');
    },
    onMemoryShort({ runs, waiting, memoryBytes }) {
      if (now() - lastShort < QUIET_MS) return;
      lastShort = now();
      log.warn({ runs, waiting, memoryBytes }, 'programs wait for memory; TOTAL_MEMORY bounds it');
    },
  };
}
