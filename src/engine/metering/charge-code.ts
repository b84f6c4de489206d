import type { BinaryWriter } from './binary-writer.ts';
import type { Charge } from './charge-plan.ts';
import { EMPTY_BLOCK } from './value-types.ts';

const UNREACHABLE = 0x00;
const IF = 0x04;
const END = 0x0b;
const CALL = 0x10;
const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const LOCAL_TEE = 0x22;
const GLOBAL_GET = 0x23;
const GLOBAL_SET = 0x24;
const MEMORY_SIZE = 0x3f;
const TABLE_SIZE = [0xfc, 16] as const;
const I64_CONST = 0x42;
const I64_LE_U = 0x58;
const I64_LE_S = 0x57;
const I64_ADD = 0x7c;
const I64_SUB = 0x7d;
const I64_MUL = 0x7e;
const I64_EXTEND_I32_U = 0xad;

/** What the added code refers to, by index. */
export interface MeterIndices {
  /** The counter: a mutable i64 global that holds the fuel left. */
  readonly counter: number;
  /** The function that asks the host for more, or null when an empty counter traps. */
  readonly refuel: number | null;
  /** An i64 local of the function's own that equals the counter, so that loops need not load it. */
  readonly fuel: number;
  /** An i32 local that holds a size while it is paid for. */
  readonly size: number;
  /** Pages that the memory may have. */
  readonly memoryMaximum: number;
  /** Elements that each table may have. */
  readonly tableMaxima: readonly number[];
}

function indexed(writer: BinaryWriter, opcode: number, index: number): void {
  writer.byte(opcode);
  writer.u32(index);
}

function constant(writer: BinaryWriter, value: number): void {
  writer.byte(I64_CONST);
  writer.signed(value);
}

function subtract(writer: BinaryWriter, amount: number): void {
  if (amount === 0) return;
  constant(writer, amount);
  writer.byte(I64_SUB);
}

/** Keeps what is on the stack as the fuel left, in the local and in the counter. */
function keep(writer: BinaryWriter, indices: MeterIndices): void {
  indexed(writer, LOCAL_TEE, indices.fuel);
  indexed(writer, GLOBAL_SET, indices.counter);
}

/** Takes a fixed amount; at least brings the local up to date when it may be stale. */
function writeTake(writer: BinaryWriter, indices: MeterIndices, amount: number, stale: boolean): void {
  if (stale) indexed(writer, GLOBAL_GET, indices.counter);
  else if (amount !== 0) indexed(writer, LOCAL_GET, indices.fuel);
  if (amount !== 0) {
    subtract(writer, amount);
    keep(writer, indices);
  } else if (stale) {
    indexed(writer, LOCAL_SET, indices.fuel);
  }
}

/** Takes `rate` for each unit of the size that was kept, and `fixed` beside it. */
function writeTakeBySize(writer: BinaryWriter, indices: MeterIndices, rate: number, fixed: number): void {
  indexed(writer, LOCAL_GET, indices.fuel);
  indexed(writer, LOCAL_GET, indices.size);
  writer.byte(I64_EXTEND_I32_U);
  if (rate !== 1) {
    constant(writer, rate);
    writer.byte(I64_MUL);
  }
  writer.byte(I64_SUB);
  subtract(writer, fixed);
  keep(writer, indices);
}

/** Begins a block that is entered when the memory or table may grow by the size that was kept. */
function writeIfItFits(writer: BinaryWriter, indices: MeterIndices, charge: Charge): void {
  const memory = charge.kind === 'growMemory';
  indexed(writer, LOCAL_GET, indices.size);
  writer.byte(I64_EXTEND_I32_U);
  if (memory) writer.bytes(MEMORY_SIZE, 0);
  else {
    writer.bytes(...TABLE_SIZE);
    writer.u32(charge.table);
  }
  writer.bytes(I64_EXTEND_I32_U, I64_ADD);
  constant(writer, memory ? indices.memoryMaximum : (indices.tableMaxima[charge.table] ?? 0));
  writer.bytes(I64_LE_U, IF, EMPTY_BLOCK);
}

/** Stops here unless there was fuel left before `ahead` was taken for the run that follows. */
function writeCheck(writer: BinaryWriter, indices: MeterIndices, ahead: number): void {
  indexed(writer, LOCAL_GET, indices.fuel);
  constant(writer, -ahead);
  writer.bytes(I64_LE_S, IF, EMPTY_BLOCK);
  if (indices.refuel === null) {
    writer.byte(UNREACHABLE);
  } else {
    constant(writer, ahead);
    indexed(writer, CALL, indices.refuel);
    indexed(writer, LOCAL_SET, indices.fuel);
  }
  writer.byte(END);
}

/**
 * The code of one charge. A check and the charge of the run behind it share one write of the counter,
 * except for growth, which is only paid for when it can succeed, as in Wasmtime.
 */
export function writeCharge(
  writer: BinaryWriter,
  charge: Charge,
  indices: MeterIndices,
  functionEntry: number,
): void {
  const { kind, cost, rate, stale } = charge;
  switch (kind) {
    case 'run':
      writeTake(writer, indices, cost, stale);
      return;
    case 'entry':
      writeTake(writer, indices, functionEntry + cost, stale);
      writeCheck(writer, indices, cost);
      return;
    case 'loop':
      writeTake(writer, indices, cost, stale);
      writeCheck(writer, indices, cost);
      return;
    case 'bulk':
      indexed(writer, LOCAL_TEE, indices.size);
      writeTakeBySize(writer, indices, rate, cost);
      writeCheck(writer, indices, cost);
      return;
    default:
      indexed(writer, LOCAL_TEE, indices.size);
      writeIfItFits(writer, indices, charge);
      writeTakeBySize(writer, indices, rate, 0);
      writeCheck(writer, indices, 0);
      writer.byte(END);
      writeTake(writer, indices, cost, stale);
  }
}

/**
 * The body of the function that a check calls, `(i64 ahead) -> (i64 left)`: it gives back what was
 * taken ahead, so that the host sees what was really used, asks for more and takes it again.
 */
export function writeRefuelBody(writer: BinaryWriter, counter: number, hostFunction: number): void {
  const noLocals = 0;
  const ahead = 0;
  writer.byte(noLocals);
  indexed(writer, GLOBAL_GET, counter);
  indexed(writer, LOCAL_GET, ahead);
  writer.byte(I64_ADD);
  indexed(writer, CALL, hostFunction);
  indexed(writer, LOCAL_GET, ahead);
  writer.byte(I64_SUB);
  indexed(writer, LOCAL_TEE, ahead);
  indexed(writer, GLOBAL_SET, counter);
  indexed(writer, LOCAL_GET, ahead);
  writer.byte(END);
}
