import { currencyOf, type Measure, measureOf } from './amount-units.ts';

/** One number as it stands in a text. */
export interface Amount {
  readonly value: number;
  readonly unit: string;
}

/** How numbers are written in the text around. */
export interface Notation {
  /** `12,5` is one number, not two. */
  readonly decimalComma: boolean;
  /** Amounts of money, in which `1.2m` is a million. */
  readonly isMoney: boolean;
  /** What the point in `1.234` says. */
  readonly point: 'decimals' | 'thousands' | 'unclear';
}

const SIGNED =
  /^([A-Z]{0,3}\p{Sc}|[A-Z]{3}(?=[\d.-]))?([+-]?)(\p{Sc})?([\d.,]*\d)(e[+-]?\d+)?([^\d.,+-].*)?$/iu;
const PLAIN = /^(?:\d+(?:\.\d+)?|\.\d+)$/;
/** In threes, or in twos before the last three as in India. */
const ENGLISH = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$|^[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?$/;
const GERMAN = /^[1-9]\d{0,2}(?:\.\d{3})+,\d{1,2}$/;
const GERMAN_GROUPS = /^[1-9]\d{0,2}(?:\.\d{3}){2,}$/;
const COMMA_POINT = /^\d+,\d{1,2}$/;
/** A thousand for some and one and a bit for others. */
const EITHER = /^[1-9]\d{0,2}\.\d{3}$/;

/** Reads one number, perhaps with a currency before it and a unit behind; null for what is none or unclear. */
export function readAmount(text: string, notation: Notation): Amount | null {
  const match = SIGNED.exec(text);
  if (!match) return null;
  const [, before = '', sign = '', inner = '', digits = '', exponent = '', after = ''] = match;
  const currency = before + inner === '' ? '' : currencyOf(before + inner);
  const isMoney = notation.isMoney || currency !== '';
  const measure = measureOf(after, isMoney);
  const size = readDigits(digits, { ...notation, isMoney });
  if (currency === null || measure === null || size === null) return null;
  if (currency !== '' && measure.unit !== '') return null;
  return scaled({ value: Number(`${sign}${size}${exponent}`), unit: currency }, measure);
}

/** The number with what follows it taken into account; null where that makes no finite number. */
export function scaled({ value, unit }: Amount, measure: Measure): Amount | null {
  const product = measure.factor === 1 ? value : decimalProduct(value, measure.factor);
  return Number.isFinite(product) ? { value: product, unit: unit === '' ? measure.unit : unit } : null;
}

/** Digits as JavaScript reads them; null where it is not clear what separates them. */
function readDigits(digits: string, { decimalComma, isMoney, point }: Notation): string | null {
  if (EITHER.test(digits) && point === 'thousands') return digits.replace('.', '');
  if (EITHER.test(digits) && (point === 'unclear' || (isMoney && decimalComma))) return null;
  if (PLAIN.test(digits)) return digits;
  if (ENGLISH.test(digits)) return digits.replaceAll(',', '');
  if (GERMAN.test(digits)) return digits.replaceAll('.', '').replace(',', '.');
  if (GERMAN_GROUPS.test(digits)) return digits.replaceAll('.', '');
  return decimalComma && COMMA_POINT.test(digits) ? digits.replace(',', '.') : null;
}

/** Of a power of ten by moving the point, so that 1.1M is 1100000 and no fraction more. */
function decimalProduct(value: number, factor: number): number {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const zeros = Math.log10(factor);
  return Number.isInteger(zeros) ? Number(`${mantissa}e${Number(exponent) + zeros}`) : value * factor;
}
