import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import type { Capability, Failure, HostContext } from './capability.ts';
import { fail } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';
import { diskFailure, isMissing } from './fs-failure.ts';
import { DESCRIPTORS } from './fs-folder.ts';
import { Jail, type JailLimits, type JailOptions } from './fs-jail.ts';
import { readPath } from './fs-path.ts';
import { excerpt } from './text.ts';

const MAX_NAME_LENGTH = 200;

export const DEFAULT_JAIL_LIMITS: JailLimits = Object.freeze({
  fileBytes: 1024 * 1024,
  totalBytes: 64 * 1024 * 1024,
  entries: 2_000,
});

export interface FsOptions extends Pick<JailOptions, 'root' | 'now' | 'newId'> {
  /** Of each workspace; what is not given is as in `DEFAULT_JAIL_LIMITS`. */
  readonly limits?: Partial<JailLimits>;
}

type Names = readonly string[];
type Kind = 'file' | 'folder';

/** What a path comes to that is refused or on a disk that fails, and one that is not there, or taken away meanwhile. */
const REACHING = ['EACCESS', 'EBOUND', 'EREMOTE'] as const;
const FINDING = [...REACHING, 'ENOENT'] as const;

const read = hostFunction<Jail>('read');
const write = hostFunction<Jail>('write');

const functions = {
  read: read({
    summary: 'The text of a file. ENOENT if absent, ETRFM if it is not UTF-8.',
    fails: [...FINDING, 'ETRFM'],
    params: { path: 'string' },
    result: 'string',
    run: ({ path }, jail) =>
      onDisk(path, 'file', async (names) => {
        const bytes = await jail.read(names);
        return bytes instanceof Uint8Array ? decode(path, bytes) : bytes;
      }),
  }),
  write: write({
    summary: 'Writes a file in place of any before; folders on the way are made. EBOUND past the quota.',
    fails: FINDING,
    params: { path: 'string', text: 'string' },
    result: 'none',
    run: ({ path, text }, jail) =>
      onDisk(path, 'file', async (names) => (await jail.write(names, Buffer.from(text))) ?? undefined),
  }),
  append: write({
    summary: 'Adds to the end of a file, which is made if absent. EBOUND past the quota.',
    fails: FINDING,
    params: { path: 'string', text: 'string' },
    result: 'none',
    run: ({ path, text }, jail) =>
      onDisk(path, 'file', async (names) => (await jail.append(names, Buffer.from(text))) ?? undefined),
  }),
  list: read({
    summary: 'The names in a folder, in order, as a JSON array; those of folders end with a slash.',
    fails: FINDING,
    params: { path: { type: 'string', default: '' } },
    result: 'json',
    run: ({ path }, jail) => onDisk(path, 'folder', async (names) => JSON.stringify(await jail.list(names))),
  }),
  stat: read({
    summary: '{type: "file" or "folder", bytes, modified: milliseconds since 1970}. ENOENT if absent.',
    fails: FINDING,
    params: { path: 'string' },
    result: 'json',
    gives: 'object',
    run: ({ path }, jail) => onDisk(path, 'folder', (names) => describe(jail, names)),
  }),
  exists: read({
    summary: 'Whether there is a file or folder.',
    fails: REACHING,
    params: { path: 'string' },
    result: 'bool',
    run: ({ path }, jail) => onDisk(path, 'folder', (names) => exists(jail, names)),
  }),
  delete: write({
    summary: 'Removes a file or an empty folder. ENOENT if absent.',
    fails: FINDING,
    params: { path: 'string' },
    result: 'none',
    run: ({ path }, jail) =>
      onDisk(path, 'folder', async (names) => {
        if (names.length === 0) return fail('EACCESS', 'the folder of the workspace itself stays');
        return (await jail.remove(names)) ?? undefined;
      }),
  }),
};

/**
 * Files of the workspace, in a folder that no path leaves. It needs the open folders of a process under
 * `/proc` and refuses all calls on a system that has none.
 */
export function createFs(options: FsOptions): Capability<HostContext> {
  const jails = new Map<string, Jail>();
  const limits = { ...DEFAULT_JAIL_LIMITS, ...options.limits };
  return defineCapability({
    name: 'fs',
    // One jail for all runs of a workspace, so that they share its count and its order.
    open: ({ workspace }: HostContext): Jail => {
      const jail = jails.get(workspace) ?? new Jail({ ...options, limits, name: folderName(workspace) });
      jails.set(workspace, jail);
      return jail;
    },
    functions,
  });
}

async function onDisk<T>(
  path: string,
  kind: Kind,
  work: (names: Names) => Promise<T | Failure>,
): Promise<T | Failure> {
  const read = readPath(path, kind);
  if ('ok' in read) return read;
  try {
    await access(DESCRIPTORS);
  } catch {
    return fail('EACCESS', `files need a system with ${DESCRIPTORS}, which keeps paths inside their folder`);
  }
  try {
    return await work(read.names);
  } catch (error) {
    return diskFailure(error, path);
  }
}

function decode(path: string, bytes: Uint8Array): string | Failure {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return fail('ETRFM', `${excerpt(path)} is not UTF-8 text`);
  }
}

async function describe(jail: Jail, names: Names): Promise<string | Failure> {
  const stats = await jail.stat(names);
  if ('ok' in stats) return stats;
  const isFile = stats.isFile();
  const modified = Math.floor(stats.mtimeMs);
  return JSON.stringify({ type: isFile ? 'file' : 'folder', bytes: isFile ? stats.size : 0, modified });
}

async function exists(jail: Jail, names: Names): Promise<boolean | Failure> {
  try {
    const stats = await jail.stat(names);
    return 'ok' in stats ? stats : true;
  } catch (error) {
    if (!isMissing(error)) throw error;
    return false;
  }
}

/** One name that no other workspace has, and that the operator can read where it is not too long. */
function folderName(workspace: string): string {
  const name = encodeURIComponent(workspace).replaceAll('.', '%2E').replaceAll('*', '%2A');
  return name.length <= MAX_NAME_LENGTH ? name : createHash('sha256').update(workspace).digest('hex');
}
