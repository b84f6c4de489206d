import { BinaryReader } from './metering/binary-reader.ts';
import { Refusal } from './metering/refusal.ts';
import { valueType } from './metering/value-types.ts';
import type { ModuleLimits } from './port.ts';

const HEADER_SIZE = 8;
const FUNCTION_TYPE = 0x60;
const SECTION = { type: 1, import: 2, function: 3, table: 4, code: 10 };
const KIND = { function: 0, table: 1, memory: 2, global: 3 };

/**
 * Why a module is larger than its limits allow, before any work is spent on it: what was found, and the
 * limit. Null when it fits. What cannot be read is refused with the offset.
 */
export function shapeProblem(
  bytes: Uint8Array,
  limits: Pick<ModuleLimits, 'moduleBytes' | 'functions' | 'locals' | 'tables'>,
): string | null {
  if (bytes.length > limits.moduleBytes) {
    return `a module of ${bytes.length} bytes; at most ${limits.moduleBytes} are allowed (moduleBytes)`;
  }
  try {
    const { functions, locals, tables } = new ModuleShape(bytes);
    if (functions > limits.functions) {
      return `a module of ${functions} functions; at most ${limits.functions} are allowed (functions)`;
    }
    if (locals > limits.locals) {
      return `a function with ${locals} locals; at most ${limits.locals} are allowed (locals)`;
    }
    if (tables <= limits.tables) return null;
    return `a module of ${tables} tables; at most ${limits.tables} are allowed (tables)`;
  } catch (error) {
    if (error instanceof Refusal) {
      return `the module cannot be metered: ${error.message} (byte ${error.offset})`;
    }
    throw error;
  }
}

/** Counts what a module has of everything that is bounded, without a look at its instructions. */
class ModuleShape {
  functions = 0;
  tables = 0;
  /** The most that one function has, its parameters included. */
  locals = 0;
  readonly #parameters: number[] = [];
  readonly #types: number[] = [];

  constructor(bytes: Uint8Array) {
    const reader = new BinaryReader(bytes);
    reader.skip(HEADER_SIZE);
    while (!reader.done) this.#section(reader.byte(), reader.part(reader.u32()));
  }

  #section(id: number, reader: BinaryReader): void {
    if (id === SECTION.type) each(reader, () => this.#type(reader));
    else if (id === SECTION.import) each(reader, () => this.#import(reader));
    else if (id === SECTION.function) each(reader, () => this.#function(reader.u32()));
    else if (id === SECTION.table) this.tables += reader.u32();
    else if (id === SECTION.code) each(reader, (place) => this.#body(reader.part(reader.u32()), place));
  }

  #type(reader: BinaryReader): void {
    const offset = reader.position;
    const form = reader.byte();
    if (form !== FUNCTION_TYPE) throw new Refusal(`GC (type form 0x${form.toString(16)})`, offset);
    this.#parameters.push(each(reader, () => valueType(reader)));
    each(reader, () => valueType(reader));
  }

  #import(reader: BinaryReader): void {
    reader.skip(reader.u32());
    reader.skip(reader.u32());
    const kind = reader.byte();
    if (kind === KIND.function) {
      this.functions += 1;
      reader.u32();
    } else if (kind === KIND.global) {
      reader.skip(2);
    } else if (kind === KIND.table) {
      this.tables += 1;
      reader.skip(1);
      skipLimits(reader);
    } else if (kind === KIND.memory) {
      skipLimits(reader);
    } else {
      throw new Refusal('exceptions (an imported tag)', reader.position);
    }
  }

  #function(type: number): void {
    this.functions += 1;
    this.#types.push(type);
  }

  #body(reader: BinaryReader, place: number): void {
    let locals = this.#parameters[this.#types[place] ?? 0] ?? 0;
    each(reader, () => {
      locals += reader.u32();
      valueType(reader);
    });
    this.locals = Math.max(this.locals, locals);
  }
}

/** Reads a vector; answers how many it has. */
function each(reader: BinaryReader, read: (place: number) => void): number {
  const count = reader.u32();
  for (let place = 0; place < count; place += 1) read(place);
  return count;
}

function skipLimits(reader: BinaryReader): void {
  const withMaximum = (reader.byte() & 1) !== 0;
  reader.skipNumber();
  if (withMaximum) reader.skipNumber();
}
