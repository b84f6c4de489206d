import { BinaryReader } from './binary-reader.ts';
import { readOperator, skipImmediate } from './instructions.ts';
import { valueType } from './value-types.ts';

const HEADER_SIZE = 8;
/** Parameters of a twin behind the function's own: the fuel, and the depth of calls that is left. */
export const HANDED_PARAMETERS = 2;
const SECTION = { custom: 0, type: 1, import: 2, function: 3, code: 10 };
const FUNCTION_TYPE = 0x60;
const CALL = 0x10;
const KIND = { function: 0, table: 1, memory: 2, global: 3 };
/** Longer functions spend their time elsewhere than in being called. */
const MOST_BODY_BYTES = 128;
/** With more, V8 passes fuel and depth in memory, which is where they come from otherwise. */
const MOST_PARAMETERS = 4;

/** A range of bytes that lists value types, and how many it lists. */
interface TypeList {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

/** A small function that calls itself: it gets a twin that is handed fuel and depth, and hands the fuel back. */
export interface Recursive {
  /** Which of the module's own functions it is. */
  readonly place: number;
  /** Range of its body. */
  readonly start: number;
  readonly end: number;
  readonly params: TypeList;
  readonly results: TypeList;
}

/**
 * The small functions that call themselves, found before the module is rewritten, since their twins are declared
 * before their code. Where something is not understood the search ends: the rewriting refuses it in its place.
 */
export function recursiveFunctions(bytes: Uint8Array): readonly Recursive[] {
  return new Survey(bytes).recursive;
}

class Survey {
  readonly recursive: Recursive[] = [];
  readonly #types: Pick<Recursive, 'params' | 'results'>[] = [];
  readonly #functionTypes: number[] = [];
  #imported = 0;

  constructor(bytes: Uint8Array) {
    const reader = new BinaryReader(bytes);
    reader.skip(HEADER_SIZE);
    let understood = true;
    while (understood && !reader.done) understood = this.#section(reader.byte(), reader.part(reader.u32()));
  }

  #section(id: number, reader: BinaryReader): boolean {
    if (id === SECTION.type) return every(reader, () => this.#type(reader));
    if (id === SECTION.import) return every(reader, () => this.#import(reader));
    if (id === SECTION.function) return every(reader, () => this.#functionTypes.push(reader.u32()) > 0);
    if (id === SECTION.code) {
      let place = 0;
      return every(reader, () => {
        this.#body(reader.part(reader.u32()), place);
        place += 1;
        return true;
      });
    }
    return true;
  }

  #type(reader: BinaryReader): boolean {
    if (reader.byte() !== FUNCTION_TYPE) return false;
    this.#types.push({ params: typeList(reader), results: typeList(reader) });
    return true;
  }

  #import(reader: BinaryReader): boolean {
    reader.skip(reader.u32());
    reader.skip(reader.u32());
    const kind = reader.byte();
    if (kind === KIND.function) this.#imported += 1;
    if (kind === KIND.table) reader.skip(1);
    if (kind === KIND.table || kind === KIND.memory) skipLimits(reader);
    else if (kind === KIND.global) reader.skip(2);
    else if (kind === KIND.function) reader.skipNumber();
    else return false;
    return true;
  }

  #body(body: BinaryReader, place: number): void {
    const type = this.#types[this.#functionTypes[place] ?? -1];
    if (type === undefined || body.end - body.position > MOST_BODY_BYTES) return;
    // V8 has registers for two results.
    if (type.params.count > MOST_PARAMETERS || type.results.count > 1) return;
    const { position: start, end } = body;
    if (callsItself(body, this.#imported + place)) this.recursive.push({ place, start, end, ...type });
  }
}

/** Also that it holds no tail call, behind which nothing can be handed back. */
function callsItself(body: BinaryReader, index: number): boolean {
  // Most small functions hold no such byte at all.
  if (!body.bytes.subarray(body.position, body.end).includes(CALL)) return false;
  for (let groups = body.u32(); groups > 0; groups -= 1) {
    body.skipNumber();
    valueType(body);
  }
  let found = false;
  while (!body.done) {
    const operator = readOperator(body);
    if (operator.name.startsWith('return_call')) return false;
    const { position } = body;
    skipImmediate(body, operator);
    if (operator.name === 'call') found ||= new BinaryReader(body.bytes, position).u32() === index;
  }
  return found;
}

/** Reads a vector for as long as its parts are understood. */
function every(reader: BinaryReader, read: () => boolean): boolean {
  for (let left = reader.u32(); left > 0; left -= 1) if (!read()) return false;
  return true;
}

function typeList(reader: BinaryReader): TypeList {
  const count = reader.u32();
  const start = reader.position;
  for (let left = count; left > 0; left -= 1) valueType(reader);
  return { start, end: reader.position, count };
}

function skipLimits(reader: BinaryReader): void {
  const withMaximum = (reader.byte() & 1) !== 0;
  reader.skipNumber();
  if (withMaximum) reader.skipNumber();
}
