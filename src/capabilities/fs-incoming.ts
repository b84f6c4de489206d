import { isMissing } from './fs-failure.ts';
import { Folder } from './fs-folder.ts';

/** Where a file is written before it takes its place; beside the jails, on the same disk. */
export const INCOMING = '.incoming';

/** Far longer than any write takes, also one of another process. */
const LEFT_BEHIND_MS = 24 * 60 * 60 * 1_000;

/**
 * Removes the files of writes that a crash broke off, so far as they are older than a day, and gives their
 * number. Rejects with the system's error.
 */
export async function sweepIncoming(root: string, now: () => number): Promise<number> {
  try {
    await using jails = await Folder.open(root);
    await using incoming = await jails.enter(INCOMING);
    return await removeOlder(incoming, now() - LEFT_BEHIND_MS);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return 0;
  }
}

async function removeOlder(incoming: Folder, time: number): Promise<number> {
  let removed = 0;
  for (const { name } of await incoming.entries()) {
    if (await removeIfOlder(incoming, name, time)) removed += 1;
  }
  return removed;
}

async function removeIfOlder(incoming: Folder, name: string, time: number): Promise<boolean> {
  try {
    const stats = await incoming.stat(name);
    if (!stats.isFile() || stats.mtimeMs >= time) return false;
    await incoming.removeFile(name);
    return true;
  } catch (error) {
    // Another process that starts may sweep too.
    if (!isMissing(error)) throw error;
    return false;
  }
}
