import type { Param, Signature, ValueType } from '../wat/types.ts';
import type { Literal, LiteralArguments } from './literal-reader.ts';

const NONE: ReadonlyMap<string, Literal> = new Map();

/** Arguments of a text form: what they mean depends in part on the signature of what is called. */
export class WrittenArguments implements LiteralArguments {
  readonly inOrder: readonly Literal[];
  readonly named: ReadonlyMap<string, Literal>;
  /** What stands between the brackets, for a program that takes one text; null where it has to be in quotes. */
  readonly #raw: string | null;
  /** Why it is no list of values, so that it can only be one text. */
  readonly #explain: (() => string) | null;

  constructor(args: LiteralArguments, raw: string | null = null, explain: (() => string) | null = null) {
    this.inOrder = args.inOrder;
    this.named = args.named;
    this.#raw = raw;
    this.#explain = explain;
  }

  /** One text without quotes, and why it is no list of values. */
  static bare(raw: string, explain: () => string): WrittenArguments {
    return new WrittenArguments({ inOrder: [raw], named: NONE }, raw, explain);
  }

  /** The same for one signature, or why it can't be: text without quotes is for a program of one parameter. */
  readFor({ params }: Signature): LiteralArguments | string {
    const [only] = params;
    if (this.#raw === null || only === undefined || params.length > 1) return this.#explain?.() ?? this;
    if (this.#explain !== null || !isText(only.type) || this.#isAsWritten(only)) return this;
    return { inOrder: [this.#raw], named: NONE };
  }

  /** Where one text is wanted, `@use echo(42)` means the text and not the number; null is none where that may be. */
  #isAsWritten({ name, type }: Param): boolean {
    if (type.kind === 'option' && this.inOrder.length === 1 && this.inOrder[0] === null) return true;
    if (this.named.has(name) || (this.inOrder.length === 0 && this.named.size === 0)) return true;
    return this.inOrder.some((value) => typeof value === 'string');
  }
}

function isText(type: ValueType): boolean {
  return type.kind === 'string' || (type.kind === 'option' && type.of.kind === 'string');
}
