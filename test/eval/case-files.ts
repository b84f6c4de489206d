import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Capability, HostContext, SessionContext } from '../../src/capabilities/capability.ts';
import { createFs } from '../../src/capabilities/fs.ts';
import { openHost } from '../capabilities/open-capability.ts';

type Texts = Readonly<Record<string, string>>;

/** The files of one case, in a folder of their own. */
export interface CaseFiles {
  readonly capability: Capability<HostContext>;
  /** Texts by path. */
  content(): Promise<Texts>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Lays the files out through the capability itself, so that they are where a program looks for them. */
export async function openCaseFiles(files: Texts, now: number, context: SessionContext): Promise<CaseFiles> {
  const root = await mkdtemp(join(tmpdir(), 'wattle-eval-'));
  const capability = createFs({ root, now: () => now, newId: randomUUID });
  const call = openHost(capability, { ...context, signal: new AbortController().signal });
  for (const [path, text] of Object.entries(files)) {
    const answer = await call('write', path, text);
    if (!answer.ok) throw new TypeError(`${path}: ${answer.message}`);
  }
  return {
    capability,
    content: () => readAll(root),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true }),
  };
}

/** Beside the folder of the workspace there are only hidden ones, of the capability itself. */
async function readAll(root: string): Promise<Texts> {
  const workspace = (await readdir(root)).find((name) => !name.startsWith('.'));
  if (workspace === undefined) return {};
  const top = join(root, workspace);
  const entries = await readdir(top, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = paths.map(async (path) => [relative(top, path), await readFile(path, 'utf8')] as const);
  return Object.fromEntries(await Promise.all(texts));
}
