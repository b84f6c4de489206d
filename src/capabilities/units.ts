import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { excerpt } from './text.ts';
import { DIMENSIONS, type Unit } from './unit-table.ts';

const LONGEST_NAME = 100;

interface KnownUnit extends Unit {
  readonly dimension: string;
}

/** How many of one unit so many of another are. EPARSE for an unknown unit, ETRFM for two of different kinds. */
export function convertUnit(value: number, from: string, to: string): number | Failure {
  const source = findUnit(from);
  if ('ok' in source) return source;
  const target = findUnit(to);
  if ('ok' in target) return target;
  if (source.dimension !== target.dimension) {
    return fail(
      'ETRFM',
      `${excerpt(from)} is a ${source.dimension} and ${excerpt(to)} a ${target.dimension}`,
    );
  }
  if (source.factor === target.factor && source.zero === target.zero) return value;
  const common = value * source.factor + (source.zero ?? 0);
  const zero = target.zero ?? 0;
  const size = Math.max(Math.abs(common), zero) / target.factor;
  return withoutNoise(tidy((common - zero) / target.factor), zero === 0 ? 0 : size);
}

/** Without the digits that the larger part of a difference never had: 273.15 less 273.15 is 0, however it was reckoned. */
function withoutNoise(value: number, size: number): number {
  const digits = SIGNIFICANT_DIGITS - 1 - Math.floor(Math.log10(size));
  return digits >= 0 && digits <= 100 ? Number(value.toFixed(digits)) : value;
}

/** By its exact name, else in any case when that leads to one unit only, and no case could mean another. */
function findUnit(name: string): KnownUnit | Failure {
  // A long text is no name of a unit, and compared in lower case with each of them it takes its time.
  const wanted =
    name.length > LONGEST_NAME
      ? ''
      : name
          .trim()
          .replace(/^degrees? /i, '')
          .replaceAll(' ', '_');
  const exact = unitsNamed((it) => it === wanted);
  const lower = wanted.toLowerCase();
  const near = exact.length > 0 ? exact : unitsNamed((it) => it.toLowerCase() === lower);
  const [found, other] = near;
  if (found === undefined) {
    const kinds = DIMENSIONS.map((it) => it.name).join(', ');
    return fail('EPARSE', `unknown unit ${excerpt(name)}; there are units of ${kinds}`);
  }
  const isSure =
    exact.length > 0 || !found.names.some((it) => it.toLowerCase() === lower && isOtherSize(wanted, it));
  if (other === undefined && isSure) return found;
  const choices = near.map(({ names }) => names[0]).join(' or ');
  return fail('EPARSE', `unknown unit ${excerpt(name)}; did you mean ${choices}?`);
}

/** m is a thousandth and M a million, b a bit and B eight of them: mW is no MW, and Tb no TB. */
function isOtherSize(wanted: string, name: string): boolean {
  if (/b$/i.test(name) && name.length < 4 && wanted.at(-1) !== name.at(-1)) return true;
  if (!/^m/i.test(name) || wanted[0] === name[0]) return false;
  const rest = name.slice(1);
  const [whole] = unitsNamed((it) => it === name);
  return (
    rest === '' || unitsNamed((it) => it === rest).some(({ dimension }) => dimension === whole?.dimension)
  );
}

function unitsNamed(isWanted: (name: string) => boolean): readonly KnownUnit[] {
  return DIMENSIONS.flatMap(({ name: dimension, units }) =>
    units.filter(({ names }) => names.some(isWanted)).map((it) => ({ ...it, dimension })),
  );
}

const SIGNIFICANT_DIGITS = 14;

/** Without the last digits, in which the factors leave their traces: 98.60000000000001 is 98.6. */
function tidy(value: number): number {
  return Number(value.toPrecision(SIGNIFICANT_DIGITS));
}
