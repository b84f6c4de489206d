import { sweepIncoming } from '../capabilities/fs-incoming.ts';
import type { Logger } from '../log.ts';

/** Clears away what broken-off writes of files left behind. Wattle works without that too, so a failure is logged. */
export async function sweepFiles(folder: string, now: () => number, log: Logger): Promise<void> {
  try {
    const removed = await sweepIncoming(folder, now);
    if (removed > 0) log.info({ removed }, 'old files of writes that were broken off were removed');
  } catch (error) {
    log.warn({ err: error }, 'old files of writes that were broken off could not be removed');
  }
}
