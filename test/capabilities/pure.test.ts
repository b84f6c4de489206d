import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pureCapabilities } from '../../src/capabilities/pure.ts';

const ENTRY = resolve(import.meta.dirname, '../../src/capabilities/pure.ts');

/** What gives another answer at another time, in another process or under other settings of the machine. */
const CHANGING =
  /\bDate\.now\b|\bDate\(\)|Math\.random|\bperformance\b|\bhrtime\b|\brandom(?:UUID|Bytes|Int)\b|getRandomValues|\bset(?:Timeout|Interval|Immediate)\b|\bprocess\b|localeCompare|toLocale\w*\(\)|getTimezoneOffset|\bIntl\.\w+\(\)/;

/** The sources that the entry imports, and those that they import, as far as they are ours. */
function reachable(file: string, known = new Map<string, string>()): ReadonlyMap<string, string> {
  if (known.has(file)) return known;
  const text = readFileSync(file, 'utf8');
  known.set(file, text);
  for (const [, specifier = ''] of text.matchAll(/^(?:import|export)\s+(?!type\b)[^']*'(\.[^']+)'/gm)) {
    reachable(resolve(dirname(file), specifier), known);
  }
  return known;
}

describe('the capabilities beside the program', () => {
  it('read no clock, roll no dice and ask for no settings of the machine', () => {
    const sources = [...reachable(ENTRY)];
    expect(sources.length).toBeGreaterThan(pureCapabilities.length);
    const found = sources.flatMap(([file, text]) => (CHANGING.exec(text) ?? []).map((word) => [file, word]));
    expect(found).toEqual([]);
  });

  it('have functions without effects only', () => {
    const effects = pureCapabilities.flatMap(({ imports }) => imports.map(({ effect }) => effect));
    expect(new Set(effects)).toEqual(new Set(['pure']));
  });
});
