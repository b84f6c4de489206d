import type { Stats } from 'node:fs';
import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { isMissing } from './fs-failure.ts';
import type { Folder } from './fs-folder.ts';
import { excerpt } from './text.ts';

/** The refusal of an entry that is neither a folder nor a file of this one name. */
export function refuseEntry(name: string, stats: Stats): Failure | null {
  if (stats.isDirectory()) return null;
  if (stats.isSymbolicLink())
    return fail('EACCESS', `${excerpt(name)} is a link, and links are not followed`);
  if (!stats.isFile()) return fail('EACCESS', `${excerpt(name)} is neither a file nor a folder`);
  // No name is left where the file was replaced a moment ago.
  return stats.nlink <= 1
    ? null
    : fail('EACCESS', `${excerpt(name)} has another name, which may be anywhere`);
}

/** The refusal of all but a file. */
export function refuseNonFile(name: string, stats: Stats): Failure | null {
  if (stats.isDirectory()) return fail('EACCESS', `${excerpt(name)} is a folder`);
  return refuseEntry(name, stats);
}

export async function statOrNull(folder: Folder, name: string): Promise<Stats | null> {
  try {
    return await folder.stat(name);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return null;
  }
}

export async function enterOrMake(folder: Folder, name: string): Promise<Folder> {
  if ((await statOrNull(folder, name)) === null) await makeUnlessThere(folder, name);
  return folder.enter(name);
}

/** Another run may have been quicker. */
async function makeUnlessThere(folder: Folder, name: string): Promise<void> {
  try {
    await folder.makeFolder(name);
  } catch (error) {
    if ((await statOrNull(folder, name)) === null) throw error;
  }
}
