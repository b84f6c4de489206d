/** A value that must never reach a log, an error or a screen. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself, for the one place that sends it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}

export type Parsed<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false };

/** One environment variable: how it is read, and what the README and `.env.example` say of it. */
export interface Setting<Value> {
  /** The variable's name. */
  readonly name: string;
  /** What a value has to look like, to finish the sentence "expected ...". */
  readonly expected: string;
  readonly about: string;
  /** As it would be written in the environment; empty means that unset stays unset. */
  readonly fallback: string;
  readonly secret: boolean;
  parse(text: string): Parsed<Value>;
}

export type SettingText = Pick<Setting<unknown>, 'name' | 'about'> & { readonly fallback?: string };

export interface Range {
  readonly least: number;
  readonly most: number;
}

const DURATION_UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A text that matches a pattern. */
export function text(pattern: RegExp, expected: string, said: SettingText): Setting<string> {
  return setting(expected, said, (value) => (pattern.test(value) ? accept(value) : REFUSED));
}

/** Like `text`, but kept as a Secret. */
export function secret(pattern: RegExp, expected: string, said: SettingText): Setting<Secret> {
  const plain = setting<Secret>(expected, said, (value) =>
    pattern.test(value) ? accept(new Secret(value)) : REFUSED,
  );
  return { ...plain, secret: true };
}

/** A value that is read out of a text. */
export function parsed<Value>(
  parse: (text: string) => Parsed<Value>,
  expected: string,
  said: SettingText,
): Setting<Value> {
  return setting(expected, said, parse);
}

/** A value that is read out of a text of which nothing may be shown. */
export function secretly<Value>(
  parse: (text: string) => Parsed<Value>,
  expected: string,
  said: SettingText,
): Setting<Value> {
  return { ...setting(expected, said, parse), secret: true };
}

export function oneOf<const Choice extends string>(
  choices: readonly Choice[],
  said: SettingText,
): Setting<Choice> {
  return setting(`one of ${choices.join(', ')}`, said, (value) => {
    const choice = choices.find((candidate) => candidate === value);
    return choice === undefined ? REFUSED : accept(choice);
  });
}

export function integer(range: Range, said: SettingText): Setting<number> {
  const expected = `a whole number from ${range.least} to ${range.most}`;
  return setting(expected, said, (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    return number >= range.least && number <= range.most ? accept(number) : REFUSED;
  });
}

/** A duration such as `90s`, `30m` or `1h`, in milliseconds. */
export function duration(range: Range, said: SettingText): Setting<number> {
  const expected = `a duration such as 90s, 30m or 1h, from ${formatDuration(range.least)} to ${formatDuration(range.most)}`;
  return setting(expected, said, (value) => {
    const match = /^(\d+)(ms|s|m|h|d)$/.exec(value);
    const unit = DURATION_UNITS[match?.[2] ?? ''];
    if (match === null || unit === undefined) return REFUSED;
    const milliseconds = Number(match[1]) * unit;
    return milliseconds >= range.least && milliseconds <= range.most ? accept(milliseconds) : REFUSED;
  });
}

/** An http or https address without a query or user name. */
export function url(said: SettingText): Setting<string> {
  return setting('an http:// or https:// address', said, (value) => {
    const address = URL.canParse(value) ? new URL(value) : null;
    const isPlain = address?.username === '' && address.search === '' && address.hash === '';
    const isHttp = address?.protocol === 'http:' || address?.protocol === 'https:';
    return isPlain && isHttp ? accept(value.replace(/\/$/, '')) : REFUSED;
  });
}

/** The address of a server of the Messages API, to which its paths are added. */
export function serverUrl(said: SettingText): Setting<string> {
  const address = url(said);
  return setting(`${address.expected} without /v1 at its end`, said, (value) => {
    const parsed = address.parse(value);
    return parsed.ok && /\/v1(?:\/messages)?$/.test(parsed.value) ? REFUSED : parsed;
  });
}

/** Items separated by commas or blanks; every item has to pass. */
export function list<Item>(
  item: (text: string) => Parsed<Item>,
  expected: string,
  said: SettingText,
): Setting<readonly Item[]> {
  return setting(expected, said, (value) => {
    const items = value
      .split(/[\s,]+/)
      .filter((part) => part !== '')
      .map(item);
    const values = items.flatMap((parsed) => (parsed.ok ? [parsed.value] : []));
    return values.length === items.length ? accept(Object.freeze(values)) : REFUSED;
  });
}

export function accept<Value>(value: Value): Parsed<Value> {
  return { ok: true, value };
}

export const REFUSED: Parsed<never> = { ok: false };

function setting<Value>(
  expected: string,
  said: SettingText,
  parse: (text: string) => Parsed<Value>,
): Setting<Value> {
  return { fallback: '', ...said, expected, secret: false, parse };
}

function formatDuration(milliseconds: number): string {
  const unit = Object.entries(DURATION_UNITS).findLast(([, size]) => milliseconds % size === 0);
  return unit === undefined ? `${milliseconds}ms` : `${milliseconds / unit[1]}${unit[0]}`;
}
