import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Choices } from './generated-program.ts';
import { resultOf } from './runs.ts';

type Kind = 'bool' | 'i32' | 'i64' | 'f64';

/** An expression of the dialect with what it must give, reckoned here. */
interface Term {
  readonly kind: Kind;
  readonly source: string;
  /** i64 as a bigint, bool as 0 or 1. */
  readonly value: number | bigint;
  /** Made of decimal numbers alone, so that it takes the type of its place. */
  readonly literal?: boolean;
}

const LADDER: readonly Kind[] = ['bool', 'i32', 'i64', 'f64'];
const LEAVES: readonly [Term, ...Term[]] = [
  { kind: 'i32', source: '7', value: 7, literal: true },
  { kind: 'i32', source: '-3', value: -3, literal: true },
  { kind: 'i32', source: '2147483647', value: 2147483647, literal: true },
  { kind: 'i64', source: '5000000000', value: 5000000000n, literal: true },
  { kind: 'i64', source: '(i64 -1)', value: -1n },
  { kind: 'f64', source: '2.5', value: 2.5 },
  { kind: 'f64', source: '-1e20', value: -1e20 },
  { kind: 'f64', source: '0.0', value: 0 },
  { kind: 'i32', source: '(i32 "2147483647")', value: 2147483647 },
  { kind: 'i32', source: '(i32 "-2147483648")', value: -2147483648 },
  { kind: 'i64', source: '(i64 "9223372036854775807")', value: 9223372036854775807n },
  { kind: 'i64', source: '(i64 "-3000000000")', value: -3000000000n },
  { kind: 'bool', source: 'true', value: 1 },
  { kind: 'bool', source: 'false', value: 0 },
];

function wider(a: Kind, b: Kind): Kind {
  return LADDER[Math.max(LADDER.indexOf(a), LADDER.indexOf(b))] ?? 'f64';
}

function as({ kind, value }: Term, wanted: Kind): number | bigint {
  if (wanted === 'i64') return BigInt(value);
  if (wanted === 'f64' || kind !== 'i64') return Number(value);
  return value;
}

/** An i64 that no f64 is becomes one by a cast only. */
function fitting(term: Term, wanted: Kind): Term {
  const whole = term.value;
  const lost = wanted === 'f64' && typeof whole === 'bigint' && BigInt(Number(whole)) !== whole;
  return lost ? { kind: 'f64', source: `(f64 ${term.source})`, value: Number(whole) } : term;
}

const OPERATORS: Readonly<
  Record<
    string,
    readonly [onNumbers: (a: number, b: number) => number, onBig: (a: bigint, b: bigint) => bigint]
  >
> = {
  '+': [(a, b) => a + b, (a, b) => a + b],
  '-': [(a, b) => a - b, (a, b) => a - b],
  '*': [(a, b) => a * b, (a, b) => a * b],
  min: [Math.min, (a, b) => (a < b ? a : b)],
  max: [Math.max, (a, b) => (a > b ? a : b)],
};

/** What numbers alone come to, in no number of bits; null when that is beyond an i64. */
function exact(source: string, value: bigint): Term | null {
  if (value !== BigInt.asIntN(64, value)) return null;
  const small = value === BigInt.asIntN(32, value);
  return { kind: small ? 'i32' : 'i64', source, value: small ? Number(value) : value, literal: true };
}

function arithmetic(choices: Choices, depth: number): Term {
  const name = choices.of(['+', '-', '*', 'min', 'max']);
  let [a, b] = [term(choices, depth - 1), term(choices, depth - 1)];
  if (a.literal && b.literal && name.length === 1) {
    const [, reckon] = OPERATORS[name] ?? [Math.min, (x: bigint) => x];
    return exact(`(${name} ${a.source} ${b.source})`, reckon(BigInt(a.value), BigInt(b.value))) ?? a;
  }
  const common = wider(wider(a.kind, b.kind), 'i32');
  [a, b] = [fitting(a, common), fitting(b, common)];
  if (common === 'f64') [a, b] = [meantCut(a), meantCut(b)];
  const [onNumbers, onBig] = OPERATORS[name] ?? [Math.min, (x: bigint) => x];
  const [x, y] = [as(a, common), as(b, common)];
  const big = typeof x === 'bigint' && typeof y === 'bigint';
  const source = `(${name} ${a.source} ${b.source})`;
  if (common === 'f64') return { kind: common, source, value: onNumbers(Number(x), Number(y)) };
  return whole(choices, { kind: common, source }, big ? onBig(x, y) : onBig(BigInt(x), BigInt(y)));
}

/** Beside a fraction, a quotient of whole numbers has to say that it is meant. */
function meantCut(given: Term): Term {
  const isQuotient = given.kind !== 'f64' && given.source.startsWith('(/ ');
  return isQuotient ? { ...given, source: `(${given.kind} ${given.source})` } : given;
}

/** What does not fit fails, unless a place for an i64 takes it. */
function whole(choices: Choices, { kind, source }: Pick<Term, 'kind' | 'source'>, value: bigint): Term {
  if (value === BigInt.asIntN(kind === 'i32' ? 32 : 64, value))
    return { kind, source, value: kind === 'i32' ? Number(value) : value };
  const isLong = value === BigInt.asIntN(64, value);
  if (isLong && choices.of([true, false])) return { kind: 'i64', source: `(i64 ${source})`, value };
  return {
    kind,
    source: `(default EBOUND ${source} (${kind} 7))`,
    value: kind === 'i32' ? 7 : 7n,
  };
}

function division(choices: Choices, depth: number): Term {
  const a = term(choices, depth - 1);
  const name = choices.of(['/', '%']);
  const big = (n: bigint) => (name === '/' ? n / 7n : n % 7n);
  // A quotient of constants that is not whole is refused.
  if (a.literal && name === '/' && BigInt(a.value) % 7n !== 0n) return a;
  if (a.literal) return exact(`(${name} ${a.source} 7)`, big(BigInt(a.value))) ?? a;
  const kind = wider(a.kind, 'i32');
  const x = as(a, kind);
  const reckon = (): number | bigint => {
    if (typeof x === 'bigint') return big(x);
    if (name === '%') return kind === 'f64' ? x - Math.trunc(x / 7) * 7 : x % 7;
    return kind === 'f64' ? x / 7 : Math.trunc(x / 7);
  };
  return { kind, source: `(${name} ${a.source} 7)`, value: reckon() };
}

function comparison(choices: Choices, depth: number): Term {
  const name = choices.of(['=', '!=', '<', '<=', '>', '>=']);
  let [a, b] = [term(choices, depth - 1), term(choices, depth - 1)];
  const common = wider(a.kind, b.kind);
  [a, b] = [fitting(a, common), fitting(b, common)];
  const [x, y] = [as(a, common), as(b, common)];
  const holds =
    { '=': x === y, '!=': x !== y, '<': x < y, '<=': x <= y, '>': x > y, '>=': x >= y }[name] ?? false;
  return { kind: 'bool', source: `(${name} ${a.source} ${b.source})`, value: Number(holds) };
}

function truth(choices: Choices, depth: number): Term {
  const t = term(choices, depth);
  if (t.kind === 'bool') return t;
  return { kind: 'bool', source: `(bool ${t.source})`, value: Number(Boolean(t.value)) };
}

function logic(choices: Choices, depth: number): Term {
  const [a, b] = [truth(choices, depth - 1), truth(choices, depth - 1)];
  const name = choices.of(['and', 'or', 'not']);
  if (name === 'not') return { kind: 'bool', source: `(not ${a.source})`, value: Number(!a.value) };
  const value = name === 'and' ? Number(Boolean(a.value && b.value)) : Number(Boolean(a.value || b.value));
  return { kind: 'bool', source: `(${name} ${a.source} ${b.source})`, value };
}

function choice(choices: Choices, depth: number): Term {
  const test = truth(choices, depth - 1);
  let [a, b] = [term(choices, depth - 1), term(choices, depth - 1)];
  const kind = wider(a.kind, b.kind);
  [a, b] = [fitting(a, kind), fitting(b, kind)];
  const form = choices.of([
    '(if C A B)',
    '(if C (then A) (else B))',
    '(if (not C) B A)',
    '(if C (do A) (default B 0))',
  ]);
  const parts: Readonly<Record<string, Term>> = { C: test, A: a, B: b };
  const source = form.replaceAll(/\b[ABC]\b/g, (part) => parts[part]?.source ?? part);
  return { kind, source, value: as(test.value ? a : b, kind) };
}

function cast(choices: Choices, depth: number): Term {
  const a = term(choices, depth - 1);
  const kind = choices.of<Kind>(['i32', 'i64', 'f64']);
  const value = converted(a, kind);
  if (value !== null) return { kind, source: `(${kind} ${a.source})`, value };
  // A number of the body that does not fit is refused; what a program reckons fails.
  const isNumber = a.literal || /^[-\d]/.test(a.source);
  const reckoned = isNumber ? `(${a.kind} ${a.source})` : a.source;
  return { kind, source: `(default EBOUND (${kind} ${reckoned}) 7)`, value: kind === 'i64' ? 7n : 7 };
}

/** Null where it does not fit. */
function converted(a: Term, kind: Kind): number | bigint | null {
  if (kind === 'f64') return as(a, kind);
  if (a.kind !== 'f64' && kind === 'i64') return as(a, kind);
  if (!Number.isFinite(a.kind === 'f64' ? a.value : 0)) return null;
  const whole = a.kind === 'f64' ? BigInt(Math.trunc(Number(a.value))) : BigInt(a.value);
  if (whole !== (kind === 'i32' ? BigInt.asIntN(32, whole) : BigInt.asIntN(64, whole))) return null;
  return kind === 'i32' ? Number(whole) : whole;
}

function term(choices: Choices, depth: number): Term {
  if (depth <= 0) return choices.of(LEAVES);
  const make = choices.of([arithmetic, comparison, logic, choice, cast, division]);
  return make(choices, depth);
}

function shown({ kind, value }: Term): string {
  return kind === 'bool' ? String(Boolean(value)) : String(value);
}

describe('an expression over numbers', () => {
  it('means what it says, in every type and with every conversion', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9999), { minLength: 5, maxLength: 120 }), async (numbers) => {
        const { source, ...rest } = term(new Choices(numbers), 4);
        expect(await resultOf('() -> string', `(text ${source})`), source).toBe(shown({ source, ...rest }));
        const held = `(let $x ${source})\n(format "{$x}")`;
        expect(await resultOf('() -> string', held), held).toBe(shown({ source, ...rest }));
      }),
      { numRuns: 200 },
    );
  });
});
