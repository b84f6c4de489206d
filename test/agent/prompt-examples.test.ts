import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../src/agent/prompt-language.ts';
import { createCatalog } from '../../src/catalog/catalog.ts';
import { checkCatalog } from '../../src/catalog/check.ts';
import type { Example } from '../../src/catalog/port.ts';
import { defineProgram, openWorkbench, type Workbench } from '../catalog/workbench.ts';

type Answer = Example['host'][number];

const given = (call: string, args: Answer['args'], value: string | null = null): Answer => ({
  call,
  ...(args !== undefined && { args }),
  answer: { ok: true, value },
});
const absent = (call: string, args: Answer['args']): Answer => ({
  call,
  ...(args !== undefined && { args }),
  answer: { ok: false, status: 'ENOENT', message: 'nothing is there' },
});
const run = (args: Example['args'], result: string, ...host: readonly Answer[]): Example => ({
  args,
  result,
  says: null,
  host,
});

/** In the order of the prompt: two runs of each of its examples, with what the host answers. */
const RUNS: readonly (readonly Example[])[] = [
  [
    run(
      ['https://shop.example/list'],
      'lamp for 12.50',
      given(
        'http.get_json',
        ['https://shop.example/list'],
        '{"items": [{"name": "pen", "price": 2}, {"name": "lamp", "price": 12.5}]}',
      ),
      given('kv.set', ['dearest', 'lamp']),
    ),
    run(
      ['https://shop.example/one'],
      'pen for 0.00',
      given('http.get_json', ['https://shop.example/one'], '{"items": [{"name": "pen", "price": 0}]}'),
      given('kv.set', ['dearest', 'pen']),
    ),
  ],
  [run(['ab c\n\nAB d\nx'], 'ab: 2\nx: 1'), run([''], '')],
  [
    run(['coffee', 2], 'coffee is 5', given('kv.get', ['coffee'], '3'), given('kv.set', ['coffee', '5'])),
    run(['tea', 1], 'tea is 1', absent('kv.get', ['tea']), given('kv.set', ['tea', '1'])),
  ],
];

describe('the examples of the prompt', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench();
  });
  afterAll(() => bench.engine.stop());

  it.each(EXAMPLES.map((example, index) => ({ ...example, index })))(
    'do what they say: $task',
    async ({ body, calls, index, signature }) => {
      const examples = RUNS[index] ?? [];
      const grants = ['http', 'kv'].filter((name) => calls.some((call) => call.startsWith(`${name}.`)));
      const program = defineProgram(signature, body, { name: 'example', grants, examples });
      const checks = await checkCatalog(createCatalog([program]), {
        ...bench,
        signal: new AbortController().signal,
      });
      expect(checks.filter(({ passed }) => !passed)).toEqual([]);
      expect(checks).toHaveLength(2);
    },
  );
});
