import { z } from 'zod';
import { Failing, number, numbers, type Reference, reference } from './reference.ts';

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Rounded as a person would, half away from zero, on the decimal digits that the number is written with. */
function fixed(value: number, digits: number): string {
  const scale = 10 ** digits;
  const rounded = Math.round(Number((Math.abs(value) * scale).toPrecision(15))) / scale;
  return `${value < 0 && rounded > 0 ? '-' : ''}${rounded.toFixed(digits)}`;
}

function median(values: readonly number[]): number | Failing {
  if (values.length === 0) return new Failing('EBOUND');
  const sorted = [...values].sort((a, b) => a - b);
  const pick = (index: number): number => sorted[index] ?? Number.NaN;
  return (pick((sorted.length - 1) >> 1) + pick(sorted.length >> 1)) / 2;
}

function humanBytes(bytes: bigint): string {
  if (bytes < 1024n) return `${bytes} B`;
  const power = Math.min(4, Math.floor(Math.log2(Number(bytes)) / 10));
  return `${fixed(Number(bytes) / 1024 ** power, 1)} ${['', 'KiB', 'MiB', 'GiB', 'TiB'][power]}`;
}

function duration(all: number): string {
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  if (hours > 0) return `${hours}h ${two(minutes)}m ${two(seconds)}s`;
  return minutes > 0 ? `${minutes}m ${two(seconds)}s` : `${seconds}s`;
}

function percentChange(before: number, after: number): string {
  if (before === 0) return 'n/a';
  const percent = (100 * (after - before)) / before;
  return `${percent < 0 ? '' : '+'}${fixed(percent, 1)} %`;
}

function deviation(values: readonly number[]): string {
  if (values.length === 0) return 'n=0';
  const mean = sum(values) / values.length;
  const variance = sum(values.map((value) => (value - mean) ** 2)) / values.length;
  return `n=${values.length} mean=${fixed(mean, 2)} sd=${fixed(Math.sqrt(variance), 2)}`;
}

/** By breadth: which amounts can be made with one coin more. */
function coinChange(amount: number, coins: readonly number[]): number {
  let reached = new Set([0]);
  for (let count = 0; count <= amount; count += 1) {
    if (reached.has(amount)) return count;
    reached = new Set([...reached].flatMap((made) => coins.map((coin) => made + coin)));
    for (const made of reached) if (made > amount) reached.delete(made);
  }
  return -1;
}

function increasing(values: readonly number[]): number {
  const tails: number[] = [];
  for (const value of values) {
    const place = tails.findIndex((tail) => tail >= value);
    tails[place < 0 ? tails.length : place] = value;
  }
  return tails.length;
}

function collatz(n: bigint): number {
  let [left, steps] = [n, 0];
  while (left !== 1n) {
    left = left % 2n === 0n ? left / 2n : 3n * left + 1n;
    steps += 1;
  }
  return steps;
}

function fibonacci(n: number): bigint {
  let [a, b] = [0n, 1n];
  for (const _ of range(0, n)) [a, b] = [b, a + b];
  return a;
}

function pascal(n: number): bigint[] {
  const factorial = (k: number): bigint => range(1, k + 1).reduce((product, i) => product * BigInt(i), 1n);
  return range(0, n + 1).map((k) => factorial(n) / (factorial(k) * factorial(n - k)));
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

export const NUMBER_REFERENCES: Readonly<Record<string, Reference>> = {
  'sum-digits': reference([z.bigint()], (n) => sum([...String(n).replace('-', '')].map(Number))),
  'split-bill': reference([number, number, number], (total, tip, people) =>
    people < 1
      ? 'Nobody pays'
      : `Each of ${people} pays ${fixed((total * (1 + tip / 100)) / people, 2)} (tip ${fixed((total * tip) / 100, 2)})`,
  ),
  'human-bytes': reference([z.bigint()], humanBytes),
  'duration-text': reference([number], duration),
  'percent-change': reference([number, number], percentChange),
  'primes-below': reference([number], (n) =>
    range(2, n).filter((it) => range(2, it).every((divisor) => it % divisor !== 0)),
  ),
  fibonacci: reference([number], (n) => (n < 0 ? new Failing('EBOUND') : fibonacci(n))),
  'sort-distinct': reference([numbers], (values) => [...new Set(values)].sort((a, b) => b - a)),
  median: reference([numbers], median),
  'temperature-text': reference(
    [number],
    (celsius) => `${fixed(celsius, 1)} °C = ${fixed((celsius * 9) / 5 + 32, 1)} °F`,
  ),
  'compound-interest': reference([number, number, number], (principal, rate, years) =>
    range(1, years + 1)
      .map((year) => `year ${year}: ${fixed(principal * (1 + rate / 100) ** year, 2)}`)
      .join('\n'),
  ),
  'collatz-steps': reference([z.bigint()], collatz),
  'greatest-common-divisor': reference([numbers], (values) => values.reduce(gcd, 0)),
  'coin-change': reference([number, numbers], coinChange),
  'increasing-subsequence': reference([numbers], increasing),
  'moving-average': reference([numbers, number], (values, width) =>
    width < 1
      ? new Failing('EBOUND')
      : range(0, values.length - width + 1).map((at) => sum(values.slice(at, at + width)) / width),
  ),
  'row-sums': reference([z.array(numbers)], (rows) => rows.map(sum)),
  'deviation-report': reference([numbers], deviation),
  'pascal-row': reference([number], pascal),
};
