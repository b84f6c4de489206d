import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { link, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFs } from '../../src/capabilities/fs.ts';
import type { JailLimits } from '../../src/capabilities/fs-jail.ts';
import type { HostValue } from '../../src/engine/port.ts';
import { openHost } from './open-capability.ts';
import { hostContext } from './session-context.ts';

let folder: string;
let root: string;
let outside: string;
let clock: number;

/** The jail of the workspace that a context has where a test names no other. */
const jail = (...names: string[]) => join(root, 'workspace%3Atest%3Aw', ...names);

function open(limits: Partial<JailLimits> = {}, workspace = 'workspace:test:w') {
  const fs = createFs({ root, limits, now: () => clock, newId: randomUUID });
  return openHost(fs, hostContext({ workspace }));
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wattle-fs-'));
  root = join(folder, 'files');
  outside = join(folder, 'outside');
  clock = 0;
  await mkdir(outside);
  await mkdir(jail(), { recursive: true });
  await writeFile(join(outside, 'f'), 'SECRET');
});

afterEach(() => rm(folder, { recursive: true }));

const done = { ok: true, value: null };
const gave = (value: HostValue) => ({ ok: true, value });
const refused = (status: string) => expect.objectContaining({ ok: false, status });

describe('fs', () => {
  it('reads what it wrote, byte for byte', async () => {
    const call = open();
    for (const text of ['héllo\n', '', '\u0000\r\n']) {
      expect(await call('write', 'a/b/notes.md', text)).toEqual(done);
      expect(await call('read', 'a/b/notes.md')).toEqual(gave(text));
    }
    expect(await readFile(jail('a/b/notes.md'), 'utf8')).toBe('\u0000\r\n');
  });

  it('appends, and makes what is not there', async () => {
    const call = open();
    await call('append', 'log/day.txt', 'one\n');
    await call('append', 'log/day.txt', 'two\n');
    expect(await call('read', 'log/day.txt')).toEqual(gave('one\ntwo\n'));
  });

  it('loses none of many appends at once', async () => {
    const call = open();
    await Promise.all(Array.from({ length: 30 }, (_, line) => call('append', 'log', `${line}\n`)));
    const answer = await call('read', 'log');
    const lines = String(answer.ok && answer.value)
      .trim()
      .split('\n');
    expect(lines.map(Number).sort((a, b) => a - b)).toEqual([...Array(30).keys()]);
  });

  it('lists names in order, folders with a slash', async () => {
    const call = open();
    expect(await call('list', '')).toEqual(gave('[]'));
    for (const path of ['b.txt', 'a/x', 'a/y/z', '.c']) await call('write', path, '');
    expect(await call('list', '')).toEqual(gave('[".c","a/","b.txt"]'));
    expect(await call('list', 'a')).toEqual(gave('["x","y/"]'));
    expect(await call('list', 'a/y/')).toEqual(gave('["z"]'));
  });

  it('tells of files and folders', async () => {
    const call = open();
    await call('write', 'a/x', 'héllo');
    const { mtimeMs } = await stat(jail('a/x'));
    const about = await call('stat', 'a/x');
    expect(JSON.parse(String(about.ok && about.value))).toEqual({
      type: 'file',
      bytes: 6,
      modified: Math.floor(mtimeMs),
    });
    for (const path of ['a', 'a/', '']) {
      const answer = await call('stat', path);
      expect(JSON.parse(String(answer.ok && answer.value))).toMatchObject({ type: 'folder', bytes: 0 });
    }
    expect(await call('exists', 'a/x')).toEqual(gave(true));
    expect(await call('exists', 'a')).toEqual(gave(true));
    expect(await call('exists', 'a/y')).toEqual(gave(false));
    expect(await call('exists', 'b/y')).toEqual(gave(false));
  });

  it('deletes files and empty folders, and not the jail itself', async () => {
    const call = open();
    await call('write', 'a/x', '');
    expect(await call('delete', 'a')).toEqual(refused('EACCESS'));
    expect(await call('delete', 'a/x')).toEqual(done);
    expect(await call('delete', 'a/x')).toEqual(refused('ENOENT'));
    expect(await call('delete', 'a')).toEqual(done);
    expect(await call('delete', '')).toEqual(refused('EACCESS'));
    expect(await readdir(jail())).toEqual([]);
  });

  it.each<[string, HostValue[], string]>([
    ['read', ['none'], 'ENOENT'],
    ['read', ['none/x'], 'ENOENT'],
    ['stat', ['none'], 'ENOENT'],
    ['list', ['none'], 'ENOENT'],
    ['delete', ['none'], 'ENOENT'],
    ['read', ['folder'], 'EACCESS'],
    ['write', ['folder', ''], 'EACCESS'],
    ['append', ['folder', ''], 'EACCESS'],
    ['list', ['file'], 'EACCESS'],
    ['read', ['file/x'], 'EACCESS'],
    ['write', ['file/x', ''], 'EACCESS'],
    ['read', ['latin1'], 'ETRFM'],
  ])('%s of %j answers %s', async (name, args, status) => {
    await mkdir(jail('folder'));
    await writeFile(jail('file'), 'text');
    await writeFile(jail('latin1'), Buffer.from([0x68, 0xe9]));
    expect(await open()(name, ...args)).toEqual(refused(status));
  });

  it('keeps the files of one workspace from another', async () => {
    await open({}, 'workspace:slack:T1')('write', 'x', 'of T1');
    await open({}, 'workspace:slack:T2')('write', 'x', 'of T2');
    expect(await open({}, 'workspace:slack:T1')('read', 'x')).toEqual(gave('of T1'));
    expect(await readdir(root)).toEqual(
      expect.arrayContaining(['workspace%3Aslack%3AT1', 'workspace%3Aslack%3AT2']),
    );
  });

  it.each(['..', '../outside', '.', '', '*', 'x'.repeat(5_000), '/etc', 'a\u0000b'])(
    'has a folder in the root for the workspace %j',
    async (workspace) => {
      expect(await open({}, workspace)('write', 'f', 'inside')).toEqual(done);
      expect(await open({}, workspace)('read', 'f')).toEqual(gave('inside'));
      expect(await readFile(join(outside, 'f'), 'utf8')).toBe('SECRET');
      expect(await readdir(folder)).toEqual(['files', 'outside']);
    },
  );
});

describe('the jail', () => {
  const every: [string, ...HostValue[]][] = [
    ['read'],
    ['write', 'x'],
    ['append', 'x'],
    ['list'],
    ['stat'],
    ['exists'],
    ['delete'],
  ];

  it.each(every)('%s refuses every path that leads out by its spelling', async (name, ...rest) => {
    const call = open();
    for (const path of [
      '../../outside/f',
      `${outside}/f`,
      'a/../../../outside/f',
      '..\\..\\outside\\f',
      'a\u0000b',
    ]) {
      expect(await call(name, path, ...rest)).toEqual(refused('EACCESS'));
    }
    expect(await readFile(join(outside, 'f'), 'utf8')).toBe('SECRET');
  });

  it.each(every)('%s follows no link to a file, wherever it leads', async (name, ...rest) => {
    if (name === 'list') return;
    await symlink(join(outside, 'f'), jail('out'));
    await symlink('inside', jail('in'));
    await writeFile(jail('inside'), 'inside');
    for (const path of ['out', 'in']) expect(await open()(name, path, ...rest)).toEqual(refused('EACCESS'));
    expect(await readFile(join(outside, 'f'), 'utf8')).toBe('SECRET');
    expect((await readdir(jail())).sort()).toEqual(['in', 'inside', 'out']);
  });

  it.each(every)('%s follows no link to a folder, at the end or on the way', async (name, ...rest) => {
    await symlink(outside, jail('out'));
    await symlink(join(folder, 'nowhere'), jail('nowhere'));
    const call = open();
    for (const path of ['out', 'out/f', 'out/new', 'nowhere', 'nowhere/x']) {
      expect(await call(name, path, ...rest)).toEqual(refused('EACCESS'));
    }
    expect(await readdir(outside)).toEqual(['f']);
    expect(await readdir(folder)).toEqual(['files', 'outside']);
  });

  it('is not entered where its own folder is a link', async () => {
    await symlink(outside, join(root, 'workspace%3Aslack%3AT9'));
    const call = open({}, 'workspace:slack:T9');
    expect(await call('read', 'f')).toEqual(refused('EACCESS'));
    expect(await call('write', 'g', '')).toEqual(refused('EACCESS'));
    expect(await readdir(outside)).toEqual(['f']);
  });

  it('gives and takes no file that has another name elsewhere', async () => {
    await link(join(outside, 'f'), jail('hard'));
    const call = open();
    for (const [name, ...rest] of every.filter(([it]) => it !== 'list')) {
      expect(await call(name, 'hard', ...rest)).toEqual(refused('EACCESS'));
    }
    expect(await readFile(join(outside, 'f'), 'utf8')).toBe('SECRET');
  });

  it('neither waits for a pipe nor lists one', async () => {
    execFileSync('mkfifo', [jail('pipe')]);
    const call = open();
    for (const [name, ...rest] of every.filter(([it]) => it !== 'list')) {
      expect(await call(name, 'pipe', ...rest)).toEqual(refused('EACCESS'));
    }
    expect(await call('list', '')).toEqual(gave('[]'));
  });

  it('holds while somebody swaps a folder for a link, again and again', async () => {
    await mkdir(jail('d'));
    await writeFile(jail('d', 'f'), 'inside');
    const swapper = new Worker(SWAP, {
      eval: true,
      workerData: { jail: jail(), outside, trash: join(folder, 'trash') },
    });
    const call = open({ entries: 100_000 });
    const seen = new Set<string>();
    const end = performance.now() + 1_500;
    while (performance.now() < end) {
      for (const [name, ...args] of [
        ['read', 'd/f'],
        ['write', 'd/g', 'x'],
        ['append', 'd/h', 'x'],
        ['delete', 'd/g'],
        ['list', 'd'],
      ] as const) {
        const answer = await call(name, ...args);
        seen.add(answer.ok ? String(answer.value) : answer.status);
      }
    }
    await swapper.terminate();
    // Both sides of the race were met, or it proved nothing.
    expect([...seen]).toEqual(expect.arrayContaining(['inside', 'EACCESS']));
    expect([...seen].filter((it) => it.includes('SECRET'))).toEqual([]);
    expect(await readdir(outside)).toEqual(['f']);
    expect(await readFile(join(outside, 'f'), 'utf8')).toBe('SECRET');
  });
});

/** A write may make the folder anew while it is away; then that one is put out of the way. */
const SWAP = `
  const { mkdirSync, renameSync, symlinkSync, unlinkSync } = require('node:fs');
  const { join } = require('node:path');
  const { jail, outside, trash } = require('node:worker_threads').workerData;
  const [there, aside] = [join(jail, 'd'), join(jail, 'aside')];
  let round = 0;
  const attempt = (work) => {
    try {
      work();
      return true;
    } catch {
      return false;
    }
  };
  const inPlace = (work) => {
    while (!attempt(work)) attempt(() => renameSync(there, join(trash, String(round++))));
  };
  mkdirSync(trash);
  for (;;) {
    renameSync(there, aside);
    inPlace(() => symlinkSync(outside, there));
    unlinkSync(there);
    inPlace(() => renameSync(aside, there));
  }
`;

describe('the quotas', () => {
  it('hold the bytes of a file at the bite and just below', async () => {
    const call = open({ fileBytes: 10 });
    expect(await call('write', 'a', 'é'.repeat(5))).toEqual(done);
    expect(await call('write', 'b', `${'é'.repeat(5)}x`)).toEqual({
      ok: false,
      status: 'EBOUND',
      message: 'a file may have 10 bytes, and this one has 11',
    });
    expect(await call('append', 'a', 'x')).toEqual(refused('EBOUND'));
    expect(await call('read', 'a')).toEqual(gave('é'.repeat(5)));
    await writeFile(jail('large'), 'x'.repeat(11));
    expect(await call('read', 'large')).toEqual(refused('EBOUND'));
  });

  it('hold the bytes of all files, those replaced and deleted not counted', async () => {
    const call = open({ totalBytes: 10 });
    await call('write', 'a', '123456');
    expect(await call('write', 'b', '12345')).toEqual(refused('EBOUND'));
    expect(await call('write', 'a', '12345')).toEqual(done);
    expect(await call('write', 'b', '12345')).toEqual(done);
    expect(await call('append', 'b', '6')).toEqual(refused('EBOUND'));
    await call('delete', 'a');
    expect(await call('append', 'b', '6')).toEqual(done);
  });

  it('hold the number of files and folders, made on the way too', async () => {
    const call = open({ entries: 3 });
    expect(await call('write', 'a/b/c', '')).toEqual(done);
    expect(await call('write', 'd', '')).toEqual(refused('EBOUND'));
    expect(await call('write', 'e/f', '')).toEqual(refused('EBOUND'));
    expect(await call('write', 'a/b/c', 'again')).toEqual(done);
    await call('delete', 'a/b/c');
    expect(await call('write', 'a/b/d', '')).toEqual(done);
    expect((await readdir(jail(), { recursive: true })).sort()).toEqual(['a', 'a/b', 'a/b/d']);
  });

  it('count what was there before and what the operator adds', async () => {
    await writeFile(jail('before'), '12345');
    const call = open({ totalBytes: 10 });
    expect(await call('write', 'a', '123456')).toEqual(refused('EBOUND'));
    await rm(jail('before'));
    clock += 30_000;
    expect(await call('write', 'a', '123456')).toEqual(done);
  });

  it('count all of many writes at once', async () => {
    const call = open({ entries: 5 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => call('write', `f${index}`, '')),
    );
    expect(answers.filter(({ ok }) => ok).length).toBe(5);
    expect((await readdir(jail())).length).toBe(5);
  });

  it('leave no half-written file behind', async () => {
    const call = open({ fileBytes: 10 });
    await call('write', 'a', 'x'.repeat(11));
    await call('write', 'b', 'x');
    expect(await readdir(join(root, '.incoming'))).toEqual([]);
  });
});
