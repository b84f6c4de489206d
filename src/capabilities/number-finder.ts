import { dateLength, isYear } from './amount-dates.ts';
import { type Amount, type Notation, readAmount, scaled } from './amount-notation.ts';
import { currencyOf, wordMeasure } from './amount-units.ts';
import { type AmountWord, amountWords } from './amount-words.ts';
import { MAX_ITEMS } from './values.ts';

/** A number in a text, or what has digits and is none. */
export interface FoundNumber {
  /** Null for a date, a time and whatever can be read in several ways. */
  readonly value: number | null;
  readonly unit: string;
  /** As it stands in the text, with what belongs to it. */
  readonly text: string;
}

/** A number as it was found; behind a bare one nothing stands that could be its unit. */
interface Found extends FoundNumber {
  readonly isBare?: boolean;
}

const JOINING = /^(?:and|or|und|oder|&|plus)$/;
const HAS_NUMBER = /\p{N}/u;
const LABELLED = /^[\p{L}_][\p{L}\p{N}_]*:(?!\/\/)(.+)$/u;
/** Such as Q1, v2.3 or m², or an address: its digits are no number. */
const NAME = /^[\p{L}_@/]/u;
const OF_A_CLOCK = /^(?:[ap]\.?m|o'clock|Uhr)$/i;
const OF_A_TIME = /^(?:in|on|by|since|until|till|from|before|after|year|am|im|seit|bis|vor|nach)$/i;
/** 2026-11-22, 22-11-2026, 2026-11 and 2025-2026. */
const DATE = /^(?:\d{4}-\d{1,2}(?:-\d{1,2})?|\d{1,2}-\d{1,2}-\d{4}|(?:19|20)\d\d-(?:19|20)\d\d)$/;
/** Kelvin or thousands, bytes or billions, tesla or trillions. */
const SCALE_OR_UNIT = /^[KBbTG]$/;
/** A thousand millions or a million millions, a million euros or a thousandth of one. */
const UNSURE_SCALE =
  /^(?:BILLION|Billion(?:en)?|TRILLION|Trillion(?:en)?|mil|Mill|MM|m(?:€|EUR|£|GBP|\$|USD))$/;
const LIST_NUMBER = /^\s*(\d{1,5})[.)]\s+(?=\S)/;
const RANGE = /^(?:\d+(?:\.\d+)?-)+\d+(?:\.\d+)?$/;
/** 12,5kg: commas between digits alone, and one unit behind them all. */
const BARE_TAIL = /^[-\d.,]*\d[^-\d.,][^\d]*$/;
const SCALED = /\d ?(?:[kKM]|bn|mn)$/;
const MONEY = /\p{Sc}|\b(?:EUR|USD|GBP|CHF)\b/u;
const COMMA_IS_POINT = /[;€]|\bEUR\b/;

/** 1.200,50: the point stands between thousands. */
const POINT_GROUPS = /(?:^|[^\d.,])[1-9]\d{0,2}(?:\.\d{3})+,\d{1,2}(?!\d)/;
/** 12.5, 0.123 and 1.2345, which no thousands are. */
const POINT_DECIMALS = /(?:^|[^\d.,])(?:\d+\.(?!\d{3}(?!\d))\d+|0\d*\.\d+|\d{4,}\.\d+)(?![\d.,]*\d)/;
const COMMA_DECIMALS = /(?:^|[^\d.,])\d+,\d{1,2}(?![\d.,]*\d)/;
/** Stands for the space in what may be thousands or several numbers. */
const LOOSE_SPACE = '\u2063';

/** All numbers of a text, in order. `decimalComma`: 12,5 is one number, also where the text does not show it. */
export function findNumbers(text: string, decimalComma: boolean): FoundNumber[] {
  const plain = plainSigns(withoutListNumbers(text));
  const isDecimal = decimalComma || COMMA_IS_POINT.test(plain) || POINT_GROUPS.test(plain);
  const notation = {
    decimalComma: isDecimal,
    isMoney: MONEY.test(plain),
    point: isDecimal ? pointIn(plain) : ('decimals' as const),
  };
  const words = amountWords(plain);
  return ofOneUnit(new Finder(words, notation).run()).map(({ value, unit, text: own }) => ({
    value,
    unit,
    text: own,
  }));
}

/** What the numbers of a text in which the comma is a point say of its points. */
function pointIn(text: string): Notation['point'] {
  const groups = POINT_GROUPS.test(text);
  if (groups && !POINT_DECIMALS.test(text)) return 'thousands';
  return groups || COMMA_DECIMALS.test(text) ? 'unclear' : 'decimals';
}

/** Lines that are numbered from 1 on have a number in front that is none of theirs. */
function withoutListNumbers(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const isNumbered =
    lines.length > 1 && lines.every((line, index) => LIST_NUMBER.exec(line)?.[1] === String(index + 1));
  return isNumbered ? lines.map((line) => line.replace(LIST_NUMBER, '')).join('\n') : text;
}

/** One sign for each meaning, and no signs between the thousands that are no commas and no points. */
function plainSigns(text: string): string {
  return text
    .replace(/[−–]/g, '-')
    .replace(/(\d)['’\u00a0\u202f](?=\d{3}(?!\d))/g, '$1')
    .replace(/(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d.,]?\d)/g, (run) =>
      / 0/.test(run) ? run.replaceAll(' ', '') : run,
    )
    .replace(/(?<![\p{L}\d.,]|\d )[1-9]\d?(?: \d{3})+(?! ?\d)/gu, (run) => run.replaceAll(' ', LOOSE_SPACE))
    .replace(/\s*(?<!\de)\+\s*/gi, ', ')
    .replace(/\bper cent\b/g, 'percent');
}

/** Goes from word to word, with an eye on those before and behind a number. */
class Finder {
  readonly #words: readonly AmountWord[];
  readonly #notation: Notation;
  /** Of the word behind the one that is read. */
  #at = 0;

  constructor(words: readonly AmountWord[], notation: Notation) {
    this.#words = words;
    this.#notation = notation;
  }

  run(): Found[] {
    const found: Found[] = [];
    while (this.#at < this.#words.length && found.length <= MAX_ITEMS) {
      const start = this.#at;
      this.#at += dateLength(this.#words, start, (at) => this.#isMeasured(at)) || 1;
      const words = this.#words.slice(start, this.#at);
      // What stands before a colon names what follows, be it a date or a word.
      if (words.at(-1)?.isLabel) continue;
      const read = words.length === 1 ? this.#read(words[0]?.text ?? '') : [unclear(written(words))];
      for (const one of read) found.push(one);
    }
    return found;
  }

  #read(text: string): readonly Found[] {
    if (!HAS_NUMBER.test(text)) return [];
    const amount = readAmount(text, this.#notation);
    if (amount) return [this.#inPlace(text, amount)];
    if (text.includes(',') && this.#isList(text)) return this.#readParts(text, text.split(','));
    const labelled = LABELLED.exec(text)?.[1];
    if (labelled !== undefined) return labelled.includes(':') ? [unclear(text)] : this.#read(labelled);
    if (RANGE.test(text) && !DATE.test(text)) return this.#readParts(text, text.split('-'));
    return NAME.test(text) ? [] : [unclear(text)];
  }

  /** Of 1-2 million nobody knows what the first is. */
  #readParts(text: string, parts: readonly string[]): readonly Found[] {
    const measure = this.#ends()
      ? null
      : wordMeasure(this.#words[this.#at]?.text ?? '', this.#notation.isMoney);
    if (measure && measure.factor !== 1) return [unclear(text)];
    return parts.flatMap((part) => this.#readPart(part));
  }

  #readPart(part: string): readonly Found[] {
    const bare = LABELLED.exec(part)?.[1] ?? part;
    const amount = readAmount(bare, this.#notation);
    if (amount) return [{ ...amount, text: bare, isBare: true }];
    return HAS_NUMBER.test(bare) && !NAME.test(bare) ? [unclear(bare)] : [];
  }

  /** Whether its commas stand between items: 12,50 may be one number or two, where other words stand beside it. */
  #isList(text: string): boolean {
    if (text.includes(LOOSE_SPACE)) return false;
    if (!/^[-\d.,]+$/.test(text)) return !BARE_TAIL.test(text);
    if (this.#notation.decimalComma) return false;
    return this.#words.length === 1 || !/^-?\d+,\d{1,2}$/.test(text);
  }

  #inPlace(text: string, amount: Amount): Found {
    const before = this.#words[this.#at - 2];
    const next = this.#ends() ? undefined : this.#words[this.#at];
    if (next && this.#isUnsure(text, next.text)) return unclear(`${text} ${next.text}`);
    if (this.#isOfATime(text, before, next) || this.#isOneOfManyThousands(text)) {
      return unclear(next && OF_A_CLOCK.test(next.text) ? `${text} ${next.text}` : text);
    }
    const currency = amount.unit === '' && before && !before.isLast ? currencyOf(before.text) : null;
    const own = currency === null ? amount : { ...amount, unit: currency };
    const whole = this.#withMeasures({ amount: own, text });
    const behind = this.#ends() ? '' : (this.#words[this.#at]?.text ?? '');
    const isBare = behind === '' || HAS_NUMBER.test(behind) || JOINING.test(behind);
    return { ...whole.amount, text: whole.text, isBare };
  }

  #isUnsure(text: string, next: string): boolean {
    if (UNSURE_SCALE.test(next)) return !/^-?[$£]/.test(text);
    return SCALE_OR_UNIT.test(next) && !this.#notation.isMoney;
  }

  /** With a scale and a unit behind it, as in 1.2 million €. */
  #withMeasures(start: { readonly amount: Amount; readonly text: string }): typeof start {
    let { amount, text } = start;
    while (!this.#ends()) {
      const word = this.#words[this.#at]?.text ?? '';
      const measure = word === '' ? null : this.#measure(word, amount.unit);
      const larger = measure && (measure.unit === '' || amount.unit === '') ? scaled(amount, measure) : null;
      if (larger === null) break;
      text = `${text} ${word}`;
      amount = larger;
      this.#at += 1;
    }
    return { amount, text };
  }

  #measure(word: string, unit: string) {
    const next = this.#words[this.#at];
    const closes = this.#at === this.#words.length - 1 || next?.isLast === true;
    if (word === 'in' && closes && unit === '') return { factor: 1, unit: 'in' };
    // A currency before the next number is that one's own: 5 € 3 is not clear, but EUR 5 EUR 3 is.
    return unit !== '' && currencyOf(word) !== null ? null : wordMeasure(word, this.#notation.isMoney);
  }

  /** Whether the part of a sentence ends behind the word that was read last, so that nothing behind belongs to it. */
  #ends(): boolean {
    const word = this.#words[this.#at - 1];
    return word === undefined || word.isLast;
  }

  #isOfATime(text: string, before: AmountWord | undefined, next: AmountWord | undefined): boolean {
    if (next && OF_A_CLOCK.test(next.text)) return true;
    return before !== undefined && OF_A_TIME.test(before.text) && isYear(text);
  }

  #isMeasured(at: number): boolean {
    const next = this.#words[at]?.mark === '' ? this.#words[at + 1] : undefined;
    return next !== undefined && wordMeasure(next.text, this.#notation.isMoney) !== null;
  }

  /** 100,200,300 alone is one number for who writes thousands, and three for who lists them. */
  #isOneOfManyThousands(text: string): boolean {
    return this.#words.length === 1 && !this.#notation.isMoney && /^\d{3}(?:,\d{3})+$/.test(text);
  }
}

function unclear(text: string): FoundNumber {
  return { value: null, unit: '', text: text.replaceAll(LOOSE_SPACE, ' ') };
}

/** As they stand in the text. */
function written(words: readonly AmountWord[]): string {
  return words.map(({ text, mark }, index) => (index < words.length - 1 ? text + mark : text)).join(' ');
}

/**
 * Bare numbers are of the one unit that the others have; but beside percent they are of none. Beside
 * 900k, 1.2m may be a million as well as metres.
 */
function ofOneUnit(found: readonly Found[]): readonly Found[] {
  const isScaled = found.some(({ text }) => SCALED.test(text));
  const clear = isScaled ? found.map((one): Found => (one.unit === 'm' ? unclear(one.text) : one)) : found;
  const units = new Set(clear.map(({ unit }) => unit).filter((unit) => unit !== ''));
  const [only] = units;
  if (only === undefined || units.size > 1 || only === '%') return clear;
  return clear.map((one) =>
    one.unit === '' && one.value !== null && one.isBare ? { ...one, unit: only } : one,
  );
}
