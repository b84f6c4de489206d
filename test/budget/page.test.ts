import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createGuard } from '../../src/agent/guard.ts';
import { guardQuestions, OVERLAP, PIECE } from '../../src/agent/guard-questions.ts';
import { MAXIMUM_JUDGED } from '../../src/agent/guard-rules.ts';
import { WARNING_SHARE } from '../../src/budget/counter.ts';
import { estimateTokens } from '../../src/budget/metered-model.ts';
import { LIST_PRICES, type TokenPrices } from '../../src/budget/prices.ts';
import { LEAST_REPLY_TOKENS, LEAST_RUN_FUEL } from '../../src/budget/room.ts';
import { createTally } from '../../src/budget/tally.ts';
import { createSettings } from '../../src/config/settings.ts';
import { ALL_RANGES } from '../../src/engine/engine-limits.ts';
import { createScriptedModel, says } from '../agent/scripted-model.ts';

const path = resolve(import.meta.dirname, '../../docs/budgets.md');
const page = readFileSync(path, 'utf8');
const settings = createSettings(ALL_RANGES);

function row(name: string, { input, output, cacheRead, cacheWrite }: TokenPrices): string {
  return `| ${[name, input, output, cacheRead, cacheWrite].join(' | ')} |`;
}

const PRICE_TABLE = [
  '| model | input | output | cache read | cache write |',
  '|---|---|---|---|---|',
  ...Object.entries(LIST_PRICES).flatMap(([model, price]) => [
    row(`\`${model}\``, price),
    ...(price.longPrompt === undefined
      ? []
      : [
          row(
            `the same, prompts over ${price.longPrompt.over.toLocaleString('en-US')} tokens`,
            price.longPrompt,
          ),
        ]),
  ]),
].join('\n');

describe('docs/budgets.md', () => {
  it('has the table of prices as it is', () => {
    expect(page).toContain(PRICE_TABLE);
  });

  it('has the numbers of the code', () => {
    expect(page).toContain(
      `room for, down to ${LEAST_REPLY_TOKENS}; a run gets the fuel that is left, down to ${LEAST_RUN_FUEL.toLocaleString('en-US')}.`,
    );
    expect(page.match(/\d+ %/g)).toEqual([`${WARNING_SHARE * 100} %`, `${WARNING_SHARE * 100} %`]);
  });

  it('says how much the guard may ask beyond a limit', () => {
    const counted = (amount: number): string => amount.toLocaleString('en-US');
    const words = page.replace(/\s+/g, ' ');
    expect(words).toContain(`A text of up to ${counted(PIECE)} characters is one question`);
    expect(words).toContain(
      `for each further ${counted(PIECE - OVERLAP)}, and beyond ${counted(MAXIMUM_JUDGED)}`,
    );
    const questions = [0, 1_000, 12_000, 12_001, 100_000, MAXIMUM_JUDGED].map((decoded) => {
      const shown = 'x'.repeat(MAXIMUM_JUDGED - decoded);
      return guardQuestions('pre', { shown, decoded: [{ form: 'base64', text: 'x'.repeat(decoded) }] })
        .length;
    });
    expect(words).toContain(`at most about ${Math.max(...questions)} questions a text`);
  });

  it('says how long one question of the guard may be', async () => {
    const model = createScriptedModel([says('{"category":"SAFE","severity":"none"}')]);
    const guard = createGuard({ model, onError: 'closed', enabled: true });
    await guard.classify('x', 'pre', { signal: new AbortController().signal, account: createTally() });
    const [request] = model.requests;
    if (request === undefined) throw new Error('expected a question');
    const words = page.replace(/\s+/g, ' ');
    expect(words).toContain(`a reply of at most ${request.maxTokens.toLocaleString('en-US')}`);
    const instructions = Number(/some (\d+) tokens of instructions/.exec(words)?.[1]);
    expect(Math.abs(estimateTokens(request) - instructions)).toBeLessThan(100);
  });

  it('shows settings that are read as they stand there', () => {
    const byName = new Map(Object.values(settings).map((setting) => [setting.name, setting]));
    const examples = [...page.matchAll(/^([A-Z_]+)='(.*)'$/gm)];
    expect(examples.map(([, name]) => name)).toEqual([
      'BUDGET_RUN',
      'BUDGET_TURN',
      'BUDGET_USER',
      'BUDGET_CHANNEL',
      'BUDGET_WORKSPACE',
      'PRICES',
    ]);
    for (const [, name = '', value = ''] of examples)
      expect(byName.get(name)?.parse(value).ok, name).toBe(true);
  });

  it('names the settings that exist', () => {
    const names = Object.values(settings).map(({ name }) => name);
    const named = [...page.matchAll(/`([A-Z]+_[A-Z_]+)`/g)].map(([, name]) => name);
    expect(names).toEqual(expect.arrayContaining(named));
  });

  it('links to pages that exist', () => {
    const links = [...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(existsSync(resolve(dirname(path), link)), link).toBe(true);
  });
});
