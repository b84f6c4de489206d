import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProgramDefinition, ProgramRun, SavedProgram } from '../../src/catalog/port.ts';
import { createProgramRunner } from '../../src/catalog/program-runner.ts';
import {
  defineSaved,
  hashSource,
  keepRun,
  readKeptRun,
  readSavedProgram,
} from '../../src/catalog/saved-program.ts';
import { sessionContext } from '../capabilities/session-context.ts';
import { defineProgram, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;

beforeAll(async () => {
  bench = await openWorkbench();
});

afterAll(async () => {
  await bench.engine.stop();
});

const RECALL = `(local $err i32) (local $value i32)
(call $kv.get (local.get $key)) (local.set $err) (local.set $value) (check $err) (resv $value)`;
const ECHO = defineProgram('(text: string) -> string', '(argv 0 $text) (resv $text)', {
  description: 'Echo',
});
const READER = defineProgram('(key: string) -> string', `(argv 0 $key) ${RECALL}`, {
  grants: ['http', 'kv'],
});

async function run(program: ProgramDefinition, args: readonly unknown[]): Promise<ProgramRun> {
  const signal = new AbortController().signal;
  const context = sessionContext();
  await context.kv.set('colour', 'teal');
  return createProgramRunner(bench).run({ program, args, signal, context });
}

function saved(changes: Partial<SavedProgram> = {}): SavedProgram {
  const source = { signature: '(text: string) -> string', grants: ['kv'], body: '(resv "a")' };
  const rest = { name: 'a', description: 'A.', example: null, savedBy: 'memory:u1', savedAt: 1 };
  return { ...source, ...rest, hash: hashSource(source), ...changes };
}

describe('effects', () => {
  it('names the functions with effects that the body calls, and no other that it was granted', async () => {
    const runner = createProgramRunner(bench);
    expect(await runner.effects(READER)).toMatchObject([{ capability: 'kv', name: 'get', effect: 'read' }]);
    expect(await runner.effects({ ...ECHO, grants: ['http', 'kv'] })).toEqual([]);
  });

  it('names none for a body that does not compile', async () => {
    const broken = { ...READER, body: '(call $kv.got)' };
    expect(await createProgramRunner(bench).effects(broken)).toEqual([]);
  });
});

describe('keepRun', () => {
  it('keeps the program, with what it was called on where it had no effect', async () => {
    const kept = keepRun(ECHO, ['hä'], await run(ECHO, ['hä']));
    expect(kept).toMatchObject({ title: 'Echo', signature: '(text: string) -> string', body: ECHO.body });
    expect(readKeptRun(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    const source = { signature: kept?.signature ?? '', grants: [], body: kept?.body ?? '' };
    const program = saved({ ...source, example: kept?.example ?? null, hash: hashSource(source) });
    expect(defineSaved(program, [])?.examples).toEqual([
      { args: ['hä'], result: 'hä', says: null, host: [] },
    ]);
  });

  it('keeps no example of a run that called the host, as it would not give the same again', async () => {
    const outcome = await run(READER, ['colour']);
    expect(outcome).toMatchObject({ outcome: 'ok', result: 'teal' });
    expect(keepRun(READER, ['colour'], outcome)).toMatchObject({ example: null });
  });

  it('keeps no example that is large, and no program that is', async () => {
    const text = 'a'.repeat(5_000);
    expect(keepRun(ECHO, [text], await run(ECHO, [text]))).toMatchObject({ example: null });
    const large = { ...ECHO, body: `${ECHO.body} ;; ${'a'.repeat(33_000)}` };
    expect(keepRun(large, ['a'], await run(ECHO, ['a']))).toBeNull();
  });
});

describe('readSavedProgram', () => {
  it('gives back what was written', () => {
    expect(readSavedProgram(JSON.parse(JSON.stringify(saved())))).toEqual({ ok: true, program: saved() });
  });

  it.each([
    [{ ...saved(), grants: ['http', 'kv'] }, 'its hash is not the one'],
    [{ ...saved(), body: '(resv "b")' }, 'its hash is not the one'],
    [{ ...saved(), savedAt: 'now' }, 'savedAt'],
    [null, 'expected object'],
  ])('refuses what was changed or is of another shape', (stored, reason) => {
    expect(readSavedProgram(stored)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });
});

describe('defineSaved', () => {
  it('leaves out the grants that are given no more', () => {
    expect(defineSaved(saved(), ['http', 'kv'])?.grants).toEqual(['kv']);
    expect(defineSaved(saved(), ['http'])?.grants).toEqual([]);
  });

  it('is null for a signature that cannot be read', () => {
    expect(defineSaved(saved({ signature: 'text' }), [])).toBeNull();
  });
});
