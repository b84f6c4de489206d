import { NUMERIC_OPERATORS } from './numeric-operators.ts';
import type { ValueType } from './program.ts';

/** One access to memory: how many bytes, and the type on the stack. */
export interface MemoryAccess {
  readonly op: string;
  readonly opcode: number;
  readonly type: ValueType;
  readonly bytes: 1 | 2 | 4 | 8;
  readonly signed: boolean;
  readonly store: boolean;
}

const ACCESSES =
  'i32.load i64.load f32.load f64.load i32.load8_s i32.load8_u i32.load16_s i32.load16_u i64.load8_s ' +
  'i64.load8_u i64.load16_s i64.load16_u i64.load32_s i64.load32_u i32.store i64.store f32.store f64.store ' +
  'i32.store8 i32.store16 i64.store8 i64.store16 i64.store32';

const WIDTHS = [1, 2, 4, 8] as const;
const NUMBERS = ['i32', 'i64', 'f32', 'f64'] as const;

export const MEMORY_ACCESSES: readonly MemoryAccess[] = ACCESSES.split(' ').map((op, index) => {
  const type = NUMBERS.find((name) => op.startsWith(name)) ?? 'i32';
  const width = Number(/(?:load|store)(\d+)/.exec(op)?.[1] ?? type.slice(1)) / 8;
  const bytes = WIDTHS.find((candidate) => candidate === width) ?? 1;
  return { op, opcode: 0x28 + index, type, bytes, signed: op.endsWith('_s'), store: op.includes('store') };
});

const PLAIN: Readonly<Record<string, readonly number[]>> = {
  unreachable: [0x00],
  nop: [0x01],
  block: [0x02],
  loop: [0x03],
  if: [0x04],
  else: [0x05],
  end: [0x0b],
  br: [0x0c],
  br_if: [0x0d],
  br_table: [0x0e],
  return: [0x0f],
  call: [0x10],
  call_indirect: [0x11],
  return_call: [0x12],
  return_call_indirect: [0x13],
  drop: [0x1a],
  select: [0x1b],
  select_t: [0x1c],
  'local.get': [0x20],
  'local.set': [0x21],
  'local.tee': [0x22],
  'global.get': [0x23],
  'global.set': [0x24],
  'table.get': [0x25],
  'table.set': [0x26],
  'memory.size': [0x3f],
  'memory.grow': [0x40],
  'ref.null': [0xd0],
  'ref.is_null': [0xd1],
  'ref.func': [0xd2],
  'memory.init': [0xfc, 8],
  'data.drop': [0xfc, 9],
  'memory.copy': [0xfc, 10],
  'memory.fill': [0xfc, 11],
  'table.init': [0xfc, 12],
  'elem.drop': [0xfc, 13],
  'table.copy': [0xfc, 14],
  'table.grow': [0xfc, 15],
  'table.size': [0xfc, 16],
  'table.fill': [0xfc, 17],
};

/** The bytes of each operator that has no constant behind it. */
export const OPCODES: ReadonlyMap<string, readonly number[]> = new Map([
  ...Object.entries(PLAIN),
  ...MEMORY_ACCESSES.map(({ op, opcode }): [string, readonly number[]] => [op, [opcode]]),
  ...NUMERIC_OPERATORS.map(({ name, bytes }): [string, readonly number[]] => [name, bytes]),
]);

export const CONSTANT_OPCODES = { i32: 0x41, i64: 0x42, f32: 0x43, f64: 0x44 } as const;
export const TYPE_CODES = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, funcref: 0x70 } as const;
