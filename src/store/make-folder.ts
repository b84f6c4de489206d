import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { storeError } from './store-error.ts';

// Conversations are nobody else's business on a shared machine.
const MODE = 0o700;

/** Makes a folder and the parents that are missing. Rejects with STORE_FAILED, which names the folder. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeOneByOne(folder);
  } catch (error) {
    throw storeError('make the data folder', folder, error);
  }
}

/** Not by Node's recursive mkdir, which never returns where a parent is there and takes no folders (`/proc`). */
async function makeOneByOne(folder: string): Promise<void> {
  const failure = await tryMake(folder);
  if (failure === null) return;
  const parent = dirname(folder);
  if (codeOf(failure) !== 'ENOENT' || parent === folder) throw failure;
  await makeOneByOne(parent);
  const second = await tryMake(folder);
  if (second !== null) throw second;
}

/** Null when the folder is there afterwards, whoever made it. */
async function tryMake(folder: string): Promise<unknown> {
  try {
    await mkdir(folder, { mode: MODE });
    return null;
  } catch (error) {
    return (await isFolder(folder)) ? null : error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    // Whatever hides it, the error of making the folder says more.
    if (error instanceof Error) return false;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
