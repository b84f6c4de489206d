import type { Folder } from './fs-folder.ts';

/** What a jail holds: files and folders, and the bytes of the files. */
export interface Usage {
  readonly entries: number;
  readonly bytes: number;
}

/** Deeper folders are not a program's. */
const MAX_DEPTH = 32;

/** Counts what a folder holds, and no further once there is more than `most`. */
export async function countUsage(folder: Folder, most: number, depth = 0): Promise<Usage> {
  let entries = 0;
  let bytes = 0;
  for (const entry of await folder.entries()) {
    if (entries > most) break;
    entries += 1;
    if (entry.isFile()) bytes += (await folder.stat(entry.name)).size;
    if (!entry.isDirectory() || depth === MAX_DEPTH) continue;
    await using inner = await folder.enter(entry.name);
    const within = await countUsage(inner, most - entries, depth + 1);
    entries += within.entries;
    bytes += within.bytes;
  }
  return { entries, bytes };
}
