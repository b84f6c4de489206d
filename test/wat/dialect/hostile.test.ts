import { describe, expect, it } from 'vitest';
import { kv } from '../../../src/capabilities/kv.ts';
import { createCapabilityHost } from '../../../src/capabilities/registry.ts';
import { loadAssembler } from '../../../src/wat/assemble.ts';

const SIZE = 200_000;
/** Far above what passes over 200 kB need on a busy machine; one that is quadratic takes ten times as long. */
const BOUND_MS = 5000;

function repeated(text: string, size = SIZE): string {
  return text.repeat(Math.floor(size / text.length));
}

function nested(open: string, inner: string, levels: number): string {
  return `${open.repeat(levels)}${inner}${')'.repeat(levels)}`;
}

const CHAIN = Array.from({ length: 4000 }, (_, index) => `(let $v${index} $v${index + 1})`).join('\n');

const BODIES: Readonly<Record<string, string>> = {
  sums: repeated('(let $x (+ $x 1))\n'),
  'wide sums': `(+ ${repeated('1 ', 1900)})`,
  calls: repeated('(kv.set "a" (string.upper (kv.get "b")))\n'),
  'loops in loops': nested('(for $i 0 9 ', '(let $x 1)', 30),
  'loops too deep': nested('(for $i 0 9 ', '(let $x 1)', 95),
  'catches too deep': nested('(catch $e ', '(kv.get "a")', 95),
  'sequences in sequences': nested('(do ', repeated('$x ', 180_000), 95),
  'ifs in ifs': nested('(if $x ', '"a"', 95),
  'locals that follow from others': `${CHAIN}(let $v4000 "a") $v0`,
  holes: `(format "${repeated('{}', 20_000)}" ${repeated('1 ', 20_000)})`,
  'holes of names': `(let $x 1)(format "${repeated('{$x}')}")`,
  objects: `(text (list ${repeated('1 ')}))`,
  'words that are none': repeated('(foo (let $x 1))'),
  'functions that are none': repeated('(kv.gte $x)'),
  'misused forms': repeated('(let ((x 1)) (format))'),
  'nested misuse': nested('(let ', repeated('(each)', 100_000), 95),
  'nested words that are none': nested('(foo ', repeated('(bar)', 100_000), 95),
  types: repeated('(let $x 1)(let $x "a")'),
};

const assembler = await loadAssembler();
const imports = createCapabilityHost([kv]).imports(['kv']);
const memory = { initialPages: 1, maximumPages: 16 };

describe('a large body of', () => {
  it.each(Object.entries(BODIES))('%s ends in a module or in mistakes, soon', async (_kind, body) => {
    const start = performance.now();
    const outcome = await assembler.assemble(body, { imports, memory });
    expect(performance.now() - start).toBeLessThan(BOUND_MS);
    if (outcome.ok) expect(WebAssembly.validate(outcome.bytes)).toBe(true);
    else expect(outcome.diagnostics.length).toBeGreaterThan(0);
  });

  it('forms nested too deep says so, and harms nobody', async () => {
    const body = nested('(for $i 0 9 ', '(kv.set "a" $i)', 60);
    const outcome = await assembler.assemble(body, { imports, memory });
    expect(outcome.ok ? [] : outcome.diagnostics.map(({ message }) => message)).toEqual([
      'blocks and expressions nest deeper than 100',
    ]);
    expect(await assembler.assemble('(+ 1 2)', { imports, memory })).toMatchObject({ ok: true });
  });
});
