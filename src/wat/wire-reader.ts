import { WattleError } from '../errors.ts';

/** Takes values off the front of bytes; every one is checked against what is left. */
export class WireReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  /** Where these bytes begin in the whole value, for messages. */
  readonly #origin: number;
  #at = 0;

  constructor(bytes: Uint8Array, origin = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#origin = origin;
  }

  /** One byte that must be 0 or 1. */
  bit(what: string): boolean {
    const value = this.#view.getUint8(this.#take(1, what));
    if (value > 1) throw this.#invalid(`${what} must be 0 or 1, got ${value}`, this.#at - 1);
    return value === 1;
  }

  i32(): number {
    return this.#view.getInt32(this.#take(4, 'i32'), true);
  }

  i64(): bigint {
    return this.#view.getBigInt64(this.#take(8, 'i64'), true);
  }

  f64(): number {
    return this.#view.getFloat64(this.#take(8, 'f64'), true);
  }

  text(): string {
    const bytes = this.prefixed('string');
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch (cause) {
      throw this.#invalid('a string is not valid UTF-8', this.#at - bytes.length, cause);
    }
  }

  /** u32 length + so many bytes; a view, not a copy. */
  prefixed(what: string): Uint8Array {
    const size = this.#view.getUint32(this.#take(4, `the length of ${what}`), true);
    const start = this.#take(size, what);
    return this.#bytes.subarray(start, start + size);
  }

  /** A reader of the contents of a length-prefixed value. */
  within(what: string): WireReader {
    const contents = this.prefixed(what);
    return new WireReader(contents, this.#origin + this.#at - contents.length);
  }

  atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  end(what: string): void {
    const rest = this.#bytes.length - this.#at;
    if (rest > 0) throw this.#invalid(`${countOf(rest)} too many after ${what}`, this.#at);
  }

  #take(size: number, what: string): number {
    const start = this.#at;
    const left = this.#bytes.length - start;
    if (size > left) throw this.#invalid(`expected ${countOf(size)} for ${what}, got ${left}`, start);
    this.#at += size;
    return start;
  }

  #invalid(message: string, at: number, cause?: unknown): WattleError {
    const options = cause === undefined ? undefined : { cause };
    return new WattleError('WIRE_INVALID', `${message} (at byte ${this.#origin + at})`, options);
  }
}

function countOf(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${bytes} bytes`;
}
