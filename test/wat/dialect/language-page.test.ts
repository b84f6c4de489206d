import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMS } from '../../../src/wat/dialect/forms.ts';
import { STATUS_NAMES } from '../../../src/wat/status.ts';
import { renderPage } from './render-language.ts';
import { runBody } from './runs.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/language.md'), 'utf8');

/** Arguments for the examples, by type. */
const ARGUMENTS: Readonly<Record<string, unknown>> = {
  i32: 7,
  i64: '7',
  f64: 7.5,
  bool: true,
  string: 'x',
  'list<string>': ['a', 'b'],
  'list<i32>': [1, 2],
  'list<f64>': [1.5],
};

describe('docs/language.md', () => {
  it('has the forms as they are, with what they become', async () => {
    expect(page, 'write it anew with: node test/wat/dialect/write-language.ts').toBe(await renderPage(page));
  });
});

describe('the example of', () => {
  it.each([...FORMS.values()].map(({ name, example }) => ({ name, ...example })))(
    '$name runs',
    async ({ signature, body }) => {
      const types = [...signature.matchAll(/\w+: ([\w<>]+)(?=.*\) ->)/g)].map(([, type = '']) => type);
      const run = await runBody(
        signature,
        body,
        types.map((type) => ARGUMENTS[type]),
      );
      expect(run).toMatchObject({ outcome: expect.stringMatching(/^(ok|status)$/), diagnostics: [] });
    },
  );
});

describe('the words for statuses', () => {
  it.each(STATUS_NAMES)('%s is the code that the engine calls so', async (name) => {
    expect((await runBody('()', `(return ${name})`)).status).toBe(name);
  });
});
