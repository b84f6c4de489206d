import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { readDecimal } from './number-text.ts';
import { boundText, excerpt } from './text.ts';

export const MAX_DIGITS = 20;
/** The most that the formatter can be asked for. */
const ALL_DIGITS = 100;
const CURRENCY_OR_SPACE = /[\p{Sc}\s\u00a0\u202f]/gu;
/** Groups begin with one to three digits; after that come three each, or two as in India. */
const GROUPED = /^[+-]?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?$/;
const LONGEST_NUMBER = 400;

/** With so many digits after the point, or as many as it has for -1, and a separator for thousands. */
export function formatNumber(value: number, digits: number, separator: string): string | Failure {
  if (!Number.isFinite(value)) return String(value);
  const format = new Intl.NumberFormat('en-US', {
    minimumFractionDigits: Math.max(0, digits),
    maximumFractionDigits: digits < 0 ? ALL_DIGITS : digits,
    useGrouping: separator !== '',
  });
  const text = format.format(value).replaceAll(',', () => separator);
  // A negative number that rounds to zero has lost what made it negative.
  return boundText(/^-[0.]+$/.test(text) ? text.slice(1) : text);
}

/** With so many digits after the point, all others written out; rounded as by `formatNumber`. */
export function fixedNumber(value: number | bigint, digits: number): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  const [mantissa = '0', exponent = '0'] = String(value).replace(/^-/, '').split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const shift = Number(exponent) - fraction.length + digits;
  const written = BigInt(whole + fraction);
  const scale = 10n ** BigInt(Math.abs(shift));
  const scaled = shift < 0 ? (written + scale / 2n) / scale : written * scale;
  const text = String(scaled).padStart(digits + 1, '0');
  const point = digits === 0 ? '' : `.${text.slice(-digits)}`;
  // A negative number that rounds to zero has lost what made it negative.
  return `${value < 0 && scaled !== 0n ? '-' : ''}${text.slice(0, text.length - digits)}${point}`;
}

/** By the decimal digits that the number is written with, halves away from zero: 2.675 to 2 digits is 2.68. */
export function roundTo(value: number, digits: number): number {
  if (!Number.isFinite(value)) return value;
  const shifted = Math.round(shift(Math.abs(value), digits));
  const rounded = shift(shifted, -digits);
  return Number.isFinite(rounded) ? Math.sign(value) * rounded || 0 : value;
}

function shift(value: number, digits: number): number {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  return Number(`${mantissa}e${Number(exponent) + digits}`);
}

/** Reads a number with the group and decimal signs of a locale; currency signs and spaces are let pass. */
export function parseLocalNumber(text: string, locale: string): number | Failure {
  const signs = signsOf(locale);
  if ('ok' in signs) return signs;
  if (text.length > LONGEST_NUMBER) return notANumber(text, locale);
  const bare = text.replace(CURRENCY_OR_SPACE, '').replaceAll('−', '-');
  const plain = bare
    .replaceAll('’', "'")
    .replaceAll(signs.group, '\u0000')
    .replaceAll(signs.decimal, '.')
    .replaceAll('\u0000', ',');
  if (plain.includes(',') && !GROUPED.test(plain)) return notANumber(text, locale);
  const value = readDecimal(plain.replaceAll(',', ''));
  return typeof value === 'number' || value.status !== 'EPARSE' ? value : notANumber(text, locale);
}

interface Signs {
  readonly group: string;
  readonly decimal: string;
}

function signsOf(locale: string): Signs | Failure {
  const [known] = supportedLocale(locale);
  if (known === undefined) {
    return fail('EPARSE', `expected a locale such as en, de or fr-CH, got ${excerpt(locale)}`);
  }
  const parts = new Intl.NumberFormat(known).formatToParts(-1_234_567.5);
  const signOf = (type: string) => parts.find((part) => part.type === type)?.value ?? ',';
  return { group: signOf('group').replace('’', "'"), decimal: signOf('decimal') };
}

function supportedLocale(locale: string): readonly string[] {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale);
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function notANumber(text: string, locale: string): Failure {
  return fail('EPARSE', `expected a number as ${locale} writes it, got ${excerpt(text)}`);
}
