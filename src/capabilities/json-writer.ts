import type { Failure } from './capability.ts';
import type { Json } from './json-value.ts';
import { byteLength, refuseSize } from './text.ts';

/** What one level of the text looks like. */
interface Layout {
  readonly open: string;
  readonly between: string;
  readonly close: string;
}

/** The value as JSON text: compact, or with each level indented by so many spaces. EBOUND when it is too long. */
export function writeJson(value: Json, indent = 0): string | Failure {
  const writer = new JsonWriter(indent);
  writer.write(value, 0);
  return writer.text();
}

/** The text of a string itself, any other value as JSON. */
export function plainText(value: Json): string | Failure {
  return typeof value === 'string' ? value : writeJson(value);
}

class JsonWriter {
  readonly #indent: number;
  readonly #pieces: string[] = [];
  /** In code units, which are never more than the bytes. */
  #length = 0;

  constructor(indent: number) {
    this.#indent = indent;
  }

  text(): string | Failure {
    const tooLong = refuseSize(this.#length);
    if (tooLong) return tooLong;
    const text = this.#pieces.join('');
    return refuseSize(byteLength(text)) ?? text;
  }

  write(value: Json, depth: number): void {
    // A text that will be refused is not written on.
    if (refuseSize(this.#length) !== null) return;
    if (Array.isArray(value) && value.length > 0) this.#array(value, depth);
    else if (value instanceof Map && value.size > 0) this.#object(value, depth);
    else if (value instanceof Map) this.#add('{}');
    else this.#add(typeof value === 'bigint' ? String(value) : JSON.stringify(value));
  }

  #array(items: readonly Json[], depth: number): void {
    const { open, between, close } = this.#layout(depth);
    for (const [index, item] of items.entries()) {
      this.#add(index === 0 ? `[${open}` : between);
      this.write(item, depth + 1);
    }
    this.#add(`${close}]`);
  }

  #object(object: ReadonlyMap<string, Json>, depth: number): void {
    const { open, between, close } = this.#layout(depth);
    const colon = this.#indent === 0 ? ':' : ': ';
    let before = `{${open}`;
    for (const [key, member] of object) {
      this.#add(`${before}${JSON.stringify(key)}${colon}`);
      this.write(member, depth + 1);
      before = between;
    }
    this.#add(`${close}}`);
  }

  #layout(depth: number): Layout {
    if (this.#indent === 0) return { open: '', between: ',', close: '' };
    const inner = `\n${' '.repeat(this.#indent * (depth + 1))}`;
    return { open: inner, between: `,${inner}`, close: `\n${' '.repeat(this.#indent * depth)}` };
  }

  #add(piece: string): void {
    this.#length += piece.length;
    this.#pieces.push(piece);
  }
}
