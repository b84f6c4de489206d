import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sweepFiles } from '../../src/composition/sweep-files.ts';
import { createLogger } from '../../src/log.ts';

async function sweep(prepare: (incoming: string) => Promise<void>) {
  const root = await mkdtemp(join(tmpdir(), 'wattle-sweep-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const incoming = join(root, '.incoming');
  await prepare(incoming);
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => lines.push(JSON.parse(line)) };
  await sweepFiles(root, () => Date.now(), createLogger({ level: 'info', destination, secrets: [] }));
  return { lines, incoming };
}

describe('sweepFiles', () => {
  it('says how many files it removed', async () => {
    const { lines, incoming } = await sweep(async (folder) => {
      await mkdir(folder);
      await writeFile(join(folder, 'old'), 'half');
      await utimes(join(folder, 'old'), new Date(0), new Date(0));
    });
    expect(lines).toMatchObject([{ removed: 1 }]);
    expect(await readdir(incoming)).toEqual([]);
  });

  it('logs that it could not, and goes on', async () => {
    const { lines } = await sweep((folder) => writeFile(folder, 'no folder'));
    expect(lines).toMatchObject([{ level: 40, err: { code: 'ENOTDIR' } }]);
  });

  it('says nothing where there is nothing to do', async () => {
    expect((await sweep(async () => undefined)).lines).toEqual([]);
  });
});
