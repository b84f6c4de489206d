import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCatalog } from '../../src/catalog/catalog.ts';
import { checkCatalog, type ExampleCheck } from '../../src/catalog/check.ts';
import type { Example, ProgramDefinition } from '../../src/catalog/port.ts';
import { defineProgram, openWorkbench, type Workbench } from './workbench.ts';

const RECALL = `(local $err i32) (local $value i32)
(argv 0 $key)
(call $kv.get (local.get $key))
(local.set $err)
(local.set $value)
(check $err)
(resv $value)`;

const EXAMPLE: Example = {
  args: ['day'],
  result: 'Thursday',
  says: null,
  host: [{ call: 'kv.get', args: ['day'], answer: { ok: true, value: 'Thursday' } }],
};

let bench: Workbench;

beforeAll(async () => {
  bench = await openWorkbench();
});

afterAll(async () => {
  await bench.engine.stop();
});

function recall(...examples: readonly Example[]): ProgramDefinition {
  return defineProgram('(key: string) -> string', RECALL, { name: 'recall', grants: ['kv'], examples });
}

function check(...programs: readonly ProgramDefinition[]): Promise<readonly ExampleCheck[]> {
  return checkCatalog(createCatalog(programs), { ...bench, signal: new AbortController().signal });
}

describe('checkCatalog', () => {
  it('passes an example that gives what it says, from its recorded answers', async () => {
    const passed = { program: 'recall', passed: true, expected: '"Thursday"', actual: '"Thursday"' };
    expect(await check(recall(EXAMPLE, EXAMPLE))).toEqual([
      { ...passed, example: 1 },
      { ...passed, example: 2 },
    ]);
  });

  it('checks every example of every program, each from its own start', async () => {
    const echo = defineProgram('(n: i32) -> i32', '(argv 0 $n) (resv $n)', {
      name: 'echo',
      examples: [1, 2].map((n) => ({ args: [n], result: n, says: null, host: [] })),
    });
    const checks = await check(recall(EXAMPLE, EXAMPLE), echo);
    expect(checks.map(({ program, example, passed }) => [program, example, passed])).toEqual([
      ['recall', 1, true],
      ['recall', 2, true],
      ['echo', 1, true],
      ['echo', 2, true],
    ]);
  });

  it('fails an example that expects another result', async () => {
    const [checked] = await check(recall({ ...EXAMPLE, result: 'Friday' }));
    expect(checked).toEqual({
      program: 'recall',
      example: 1,
      passed: false,
      expected: '"Friday"',
      actual: '"Thursday"',
    });
  });

  it('fails an example with a recorded answer that no call asks for', async () => {
    const [checked] = await check(recall({ ...EXAMPLE, host: [...EXAMPLE.host, ...EXAMPLE.host] }));
    expect(checked).toMatchObject({
      passed: false,
      actual: '"Thursday"; the recorded answer of kv.get was not asked for',
    });
  });

  it('fails an example whose program makes a call that was not recorded', async () => {
    const [checked] = await check(recall({ ...EXAMPLE, host: [] }));
    expect(checked?.passed).toBe(false);
    expect(checked?.actual).toContain('EREMOTE');
    expect(checked?.actual).toContain('call 1: kv.get("day") was not recorded');
  });

  it('fails an example whose program passes other arguments than recorded', async () => {
    const [checked] = await check(recall({ ...EXAMPLE, args: ['date'] }));
    expect(checked?.passed).toBe(false);
    expect(checked?.actual).toContain('expected kv.get("day") as recorded, got kv.get("date")');
  });

  it('fails an example that ends with another status than SUCCESS', async () => {
    const answer = { ok: false, status: 'ENOENT', message: 'nothing there' } as const;
    const [checked] = await check(recall({ ...EXAMPLE, host: [{ call: 'kv.get', answer }] }));
    expect(checked?.passed).toBe(false);
    expect(checked?.actual).toMatch(/ENOENT: .*, at 3:7$/);
  });

  it('fails a program that does not compile, with its mistakes', async () => {
    const [checked] = await check({ ...recall(EXAMPLE), body: '(resv $nothing)' });
    expect(checked?.passed).toBe(false);
    expect(checked?.actual).toMatch(/^invalid: 1:\d+: .*\$nothing/);
  });

  it('fails a program with fewer examples than two', async () => {
    const failed = { program: 'recall', example: null, passed: false, expected: 'at least two examples' };
    expect(await check(recall())).toEqual([{ ...failed, actual: 'none' }]);
    expect((await check(recall(EXAMPLE))).slice(1)).toEqual([{ ...failed, actual: '1' }]);
  });
});
