import { bits, fromBits } from './float-arithmetic.ts';
import type { FuelCount } from './fuel-rules.ts';
import { bigOf, numberOf } from './numeric-operators.ts';
import { MEMORY_ACCESSES, type MemoryAccess } from './opcodes.ts';
import type { Instruction, Program, SizeLimits, Value, ValueType } from './program.ts';
import { Trap } from './trap.ts';

export const PAGE = 65_536;

/** An operator on stored state, with its operands in the order in which they were pushed. */
export interface StoreOperation {
  readonly op: string;
  readonly immediates: readonly number[];
  readonly operands: readonly Value[];
  /** What stands right before it: a constant there may be its size. */
  readonly previous: Instruction | undefined;
}

const ACCESS_BY_NAME: ReadonlyMap<string, MemoryAccess> = new Map(
  MEMORY_ACCESSES.map((access) => [access.op, access]),
);

const ARITY: Readonly<Record<string, number>> = {
  'memory.size': 0,
  'table.size': 0,
  'data.drop': 0,
  'elem.drop': 0,
  'global.get': 0,
  'global.set': 1,
  'memory.grow': 1,
  'table.get': 1,
  'table.set': 2,
  'table.grow': 2,
};
const BULK_ARITY = 3;

/** Memory, tables, globals and segments of one instance. */
export class Store {
  memory: Uint8Array;
  readonly globals: Value[];
  readonly #tables: Value[][];
  readonly #elements: (readonly Value[])[];
  readonly #data: (readonly number[])[];
  readonly #program: Program;
  readonly #fuel: FuelCount;

  constructor(program: Program, fuel: FuelCount) {
    this.#program = program;
    this.#fuel = fuel;
    this.memory = new Uint8Array(program.memory.minimum * PAGE);
    this.globals = program.globals.map(({ value }) => value);
    this.#tables = program.tables.map(({ minimum }) => new Array<Value>(minimum).fill(null));
    this.#elements = program.elements.map(({ mode, items, table, offset }) => {
      if (mode === 'passive') return items;
      this.table(table).splice(offset, items.length, ...items);
      return [];
    });
    this.#data = program.data.map(({ mode, items, offset }) => {
      if (mode === 'passive') return items;
      this.memory.set(items, offset);
      return [];
    });
  }

  table(index: number): Value[] {
    const table = this.#tables[index];
    if (table === undefined) throw new Error(`no table ${index}`);
    return table;
  }

  get tables(): readonly (readonly Value[])[] {
    return this.#tables;
  }

  arity(op: string): number {
    const access = ACCESS_BY_NAME.get(op);
    if (access !== undefined) return access.store ? 2 : 1;
    return ARITY[op] ?? BULK_ARITY;
  }

  execute(operation: StoreOperation): Value | undefined {
    const { op, immediates, operands } = operation;
    const [first = 0] = immediates;
    const access = ACCESS_BY_NAME.get(op);
    if (access !== undefined) return this.#access(access, operation);
    switch (op) {
      case 'global.get':
        return this.globals[first];
      case 'global.set':
        this.globals[first] = operands[0] ?? null;
        return undefined;
      case 'memory.size':
        return this.memory.length / PAGE;
      case 'memory.grow':
        return this.#growMemory(operation);
      case 'data.drop':
        this.#data[first] = [];
        return undefined;
      case 'elem.drop':
        this.#elements[first] = [];
        return undefined;
      default:
        return op.startsWith('memory.') ? this.#bulkMemory(operation) : this.#onTable(operation);
    }
  }

  #access(
    { type, bytes, signed, store }: MemoryAccess,
    { immediates, operands }: StoreOperation,
  ): Value | undefined {
    const [address, value] = operands;
    const start = (numberOf(address) >>> 0) + (immediates[1] ?? 0);
    if (start + bytes > this.memory.length) throw new Trap('memory access out of bounds');
    const view = new DataView(this.memory.buffer, start, bytes);
    if (store) {
      writeBytes(view, asInteger(type, value));
      return undefined;
    }
    const read = readBytes(view, signed);
    if (type === 'i64') return BigInt.asIntN(64, read);
    return type === 'i32'
      ? Number(BigInt.asIntN(32, read))
      : fromBits(type === 'f32' ? 'f32' : 'f64', BigInt.asIntN(bytes * 8, read));
  }

  #growMemory({ op, operands, previous }: StoreOperation): number {
    const pages = numberOf(operands[0]) >>> 0;
    const old = this.memory.length / PAGE;
    const fits = old + pages <= this.#program.memory.maximum;
    this.#fuel.payGrowth(op, pages, { previous, fits });
    if (!fits) return -1;
    const grown = new Uint8Array((old + pages) * PAGE);
    grown.set(this.memory);
    this.memory = grown;
    return old;
  }

  #bulkMemory({ op, immediates, operands, previous }: StoreOperation): undefined {
    const [to = 0, from = 0, size = 0] = operands.map((operand) => numberOf(operand) >>> 0);
    this.#fuel.payBySize(op, size, previous);
    const source =
      op === 'memory.copy'
        ? this.memory
        : op === 'memory.init'
          ? (this.#data[immediates[0] ?? 0] ?? [])
          : null;
    const beyond = source !== null && from + size > source.length;
    if (beyond || to + size > this.memory.length) throw new Trap('memory access out of bounds');
    if (source === null) this.memory.fill(from, to, to + size);
    else this.memory.set(source.slice(from, from + size), to);
  }

  #onTable(operation: StoreOperation): Value | undefined {
    const { op, immediates, operands } = operation;
    const index = immediates[op === 'table.init' ? 1 : 0] ?? 0;
    const table = this.table(index);
    if (op === 'table.size') return table.length;
    if (op === 'table.grow') return this.#growTable(table, this.#program.tables[index], operation);
    if (op !== 'table.get' && op !== 'table.set') return this.#bulkTable(table, operation);
    const at = numberOf(operands[0]) >>> 0;
    if (at >= table.length) throw new Trap('table index is out of bounds');
    if (op === 'table.get') return table[at];
    table[at] = operands[1] ?? null;
    return undefined;
  }

  #growTable(
    table: Value[],
    limits: SizeLimits | undefined,
    { op, operands, previous }: StoreOperation,
  ): number {
    const size = numberOf(operands[1]) >>> 0;
    const old = table.length;
    const fits = old + size <= (limits?.maximum ?? 0);
    this.#fuel.payGrowth(op, size, { previous, fits });
    if (!fits) return -1;
    table.push(...new Array<Value>(size).fill(operands[0] ?? null));
    return old;
  }

  #bulkTable(table: Value[], { op, immediates, operands, previous }: StoreOperation): undefined {
    const [to, second, size] = operands;
    const start = numberOf(to) >>> 0;
    const count = numberOf(size) >>> 0;
    this.#fuel.payBySize(op, count, previous);
    const beyond = start + count > table.length;
    if (op === 'table.fill') {
      if (beyond) throw new Trap('table index is out of bounds');
      table.fill(second ?? null, start, start + count);
      return;
    }
    const [first = 0, other = 0] = immediates;
    const source = op === 'table.copy' ? this.table(other) : (this.#elements[first] ?? []);
    const from = numberOf(second) >>> 0;
    if (beyond || from + count > source.length) throw new Trap('table index is out of bounds');
    table.splice(start, count, ...source.slice(from, from + count));
  }
}

function asInteger(type: ValueType, value: Value | undefined): bigint {
  if (type === 'i64') return bigOf(value);
  return type === 'f32' || type === 'f64' ? bits(type, numberOf(value)) : BigInt(numberOf(value));
}

function writeBytes(view: DataView, value: bigint): void {
  for (let at = 0; at < view.byteLength; at += 1) {
    view.setUint8(at, Number((value >> BigInt(8 * at)) & 0xffn));
  }
}

function readBytes(view: DataView, signed: boolean): bigint {
  let value = 0n;
  for (let at = view.byteLength - 1; at >= 0; at -= 1) value = value * 256n + BigInt(view.getUint8(at));
  return signed ? BigInt.asIntN(8 * view.byteLength, value) : value;
}
