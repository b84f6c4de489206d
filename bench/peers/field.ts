import { readFile } from 'node:fs/promises';
import type { Contender } from './contender.ts';
import { EXTISM, extism, extismFreshWorker, extismWorker } from './extism.ts';
import { inMainThread } from './in-main-thread.ts';
import { inWorker } from './in-worker.ts';
import { ISOLATED_VM, isolatedVmMain, isolatedVmThread } from './isolated-vm.ts';
import { QUICKJS, quickJs } from './quickjs.ts';

/** A package with the ways of running it that are compared. */
export interface Peer {
  readonly package: string;
  readonly contenders: readonly Contender[];
}

export const PEERS: readonly Peer[] = [
  {
    package: EXTISM,
    contenders: [extismWorker, extismFreshWorker, inWorker(extism, 'extism'), inMainThread(extism)],
  },
  {
    package: QUICKJS,
    contenders: [inWorker(quickJs, 'quickjs'), inMainThread(quickJs)],
  },
  { package: ISOLATED_VM, contenders: [isolatedVmThread, isolatedVmMain] },
];

export type Presence =
  | { readonly package: string; readonly version: string }
  | { readonly package: string; readonly missing: string };

export const INSTALL = 'npm ci --prefix bench/peers';

const INSTALLED = new URL('./node_modules/', import.meta.url);

/** Whether a package is installed and loads on this machine, and if not, why. */
export async function lookUp(name: string, installed: URL = INSTALLED): Promise<Presence> {
  const folder = new URL(`${name}/`, installed);
  const version = await versionIn(folder);
  if (version === null) return { package: name, missing: `not installed: ${INSTALL}` };
  try {
    await import(name);
    return { package: name, version };
  } catch (error) {
    return { package: name, missing: `version ${version} does not load: ${firstLine(error)}` };
  }
}

/** The version of the package in a folder, or null where there is none. */
export async function versionIn(folder: URL): Promise<string | null> {
  try {
    const { version }: { readonly version: string } = JSON.parse(
      await readFile(new URL('package.json', folder), 'utf8'),
    );
    return version;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function firstLine(error: unknown): string {
  const [line = ''] = String(error).split('\n');
  return line;
}
