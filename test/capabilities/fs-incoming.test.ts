import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sweepIncoming } from '../../src/capabilities/fs-incoming.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const NOW = Date.parse('2026-11-22T12:00:00Z');

let root: string;
const now = () => NOW;
const incoming = (...names: string[]) => join(root, '.incoming', ...names);

async function leave(path: string, ageMs: number): Promise<void> {
  await writeFile(path, 'half');
  await age(path, ageMs);
}

function age(path: string, ageMs: number): Promise<void> {
  return utimes(path, new Date(NOW - ageMs), new Date(NOW - ageMs));
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wattle-incoming-'));
});

afterEach(() => rm(root, { recursive: true }));

describe('sweepIncoming', () => {
  it('removes files that are older than a day, and no younger ones', async () => {
    await mkdir(incoming());
    await leave(incoming('old'), DAY_MS + 1);
    await leave(incoming('young'), DAY_MS - 1);
    expect(await sweepIncoming(root, now)).toBe(1);
    expect(await readdir(incoming())).toEqual(['young']);
  });

  it('leaves folders, and what is kept in the jails', async () => {
    await mkdir(incoming('folder'), { recursive: true });
    await age(incoming('folder'), 2 * DAY_MS);
    await mkdir(join(root, 'jail'));
    await leave(join(root, 'jail', 'note'), 2 * DAY_MS);
    expect(await sweepIncoming(root, now)).toBe(0);
    expect(await readdir(join(root, 'jail'))).toEqual(['note']);
  });

  it('follows no link out of the folder', async () => {
    await mkdir(join(root, 'elsewhere'));
    await leave(join(root, 'elsewhere', 'note'), 2 * DAY_MS);
    await symlink(join(root, 'elsewhere'), incoming());
    await expect(sweepIncoming(root, now)).rejects.toThrow(/ENOTDIR|ELOOP/);
    expect(await readdir(join(root, 'elsewhere'))).toEqual(['note']);
  });

  it('has nothing to do before the first write', async () => {
    expect(await sweepIncoming(root, now)).toBe(0);
    expect(await sweepIncoming(join(root, 'nowhere'), now)).toBe(0);
  });
});
