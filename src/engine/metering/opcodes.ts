/** What follows an opcode. */
export type Immediate =
  | 'none'
  | 'blockType'
  | 'label'
  | 'labels'
  | 'function'
  | 'index'
  | 'twoIndices'
  | 'memory'
  | 'twoMemories'
  | 'indexMemory'
  | 'memarg'
  | 'memargLane'
  | 'lane'
  | 'i32'
  | 'i64'
  | 'f32'
  | 'f64'
  | 'v128'
  | 'valueTypes'
  | 'heapType';

/** What an operator means for the bill: where a straight run of code ends, and what is paid by size. */
export type Flow =
  | 'plain'
  | 'block'
  | 'loop'
  | 'if'
  | 'else'
  | 'end'
  /** May go on elsewhere: the run ends behind it. */
  | 'leave'
  /** Goes on behind it once another function is done. */
  | 'call'
  | 'bulkBytes'
  | 'bulkElements'
  | 'growMemory'
  | 'growTable';

export interface Operator {
  /** Its place in a list of prices. */
  readonly id: number;
  readonly name: string;
  readonly immediate: Immediate;
  readonly flow: Flow;
  /** Whether it may trap. Calls and branches, behind which a new run starts, are not asked. */
  readonly traps: boolean;
}

type Row = readonly [code: number, name: string, immediate: Immediate, flow: Flow];

const CONTROL: readonly Row[] = [
  [0x00, 'unreachable', 'none', 'leave'],
  [0x01, 'nop', 'none', 'plain'],
  [0x02, 'block', 'blockType', 'block'],
  [0x03, 'loop', 'blockType', 'loop'],
  [0x04, 'if', 'blockType', 'if'],
  [0x05, 'else', 'none', 'else'],
  [0x0b, 'end', 'none', 'end'],
  [0x0c, 'br', 'label', 'leave'],
  [0x0d, 'br_if', 'label', 'leave'],
  [0x0e, 'br_table', 'labels', 'leave'],
  [0x0f, 'return', 'none', 'leave'],
  [0x10, 'call', 'function', 'call'],
  [0x11, 'call_indirect', 'twoIndices', 'call'],
  [0x12, 'return_call', 'function', 'leave'],
  [0x13, 'return_call_indirect', 'twoIndices', 'leave'],
  [0x40, 'memory.grow', 'memory', 'growMemory'],
];

const DATA: readonly (readonly [code: number, immediate: Immediate, names: string])[] = [
  [0x1a, 'none', 'drop select'],
  [0x1c, 'valueTypes', 'select_t'],
  [0x20, 'index', 'local.get local.set local.tee global.get global.set table.get table.set'],
  [0x28, 'memarg', 'i32.load i64.load f32.load f64.load i32.load8_s i32.load8_u i32.load16_s i32.load16_u'],
  [0x30, 'memarg', 'i64.load8_s i64.load8_u i64.load16_s i64.load16_u i64.load32_s i64.load32_u'],
  [0x36, 'memarg', 'i32.store i64.store f32.store f64.store i32.store8 i32.store16 i64.store8 i64.store16'],
  [0x3e, 'memarg', 'i64.store32'],
  [0x3f, 'memory', 'memory.size'],
  [0x41, 'i32', 'i32.const'],
  [0x42, 'i64', 'i64.const'],
  [0x43, 'f32', 'f32.const'],
  [0x44, 'f64', 'f64.const'],
  [
    0x45,
    'none',
    'i32.eqz i32.eq i32.ne i32.lt_s i32.lt_u i32.gt_s i32.gt_u i32.le_s i32.le_u i32.ge_s i32.ge_u',
  ],
  [
    0x50,
    'none',
    'i64.eqz i64.eq i64.ne i64.lt_s i64.lt_u i64.gt_s i64.gt_u i64.le_s i64.le_u i64.ge_s i64.ge_u',
  ],
  [0x5b, 'none', 'f32.eq f32.ne f32.lt f32.gt f32.le f32.ge f64.eq f64.ne f64.lt f64.gt f64.le f64.ge'],
  [
    0x67,
    'none',
    'i32.clz i32.ctz i32.popcnt i32.add i32.sub i32.mul i32.div_s i32.div_u i32.rem_s i32.rem_u',
  ],
  [0x71, 'none', 'i32.and i32.or i32.xor i32.shl i32.shr_s i32.shr_u i32.rotl i32.rotr'],
  [
    0x79,
    'none',
    'i64.clz i64.ctz i64.popcnt i64.add i64.sub i64.mul i64.div_s i64.div_u i64.rem_s i64.rem_u',
  ],
  [0x83, 'none', 'i64.and i64.or i64.xor i64.shl i64.shr_s i64.shr_u i64.rotl i64.rotr'],
  [0x8b, 'none', 'f32.abs f32.neg f32.ceil f32.floor f32.trunc f32.nearest f32.sqrt'],
  [0x92, 'none', 'f32.add f32.sub f32.mul f32.div f32.min f32.max f32.copysign'],
  [0x99, 'none', 'f64.abs f64.neg f64.ceil f64.floor f64.trunc f64.nearest f64.sqrt'],
  [0xa0, 'none', 'f64.add f64.sub f64.mul f64.div f64.min f64.max f64.copysign'],
  [0xa7, 'none', 'i32.wrap_i64 i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u'],
  [
    0xac,
    'none',
    'i64.extend_i32_s i64.extend_i32_u i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u',
  ],
  [0xb2, 'none', 'f32.convert_i32_s f32.convert_i32_u f32.convert_i64_s f32.convert_i64_u f32.demote_f64'],
  [0xb7, 'none', 'f64.convert_i32_s f64.convert_i32_u f64.convert_i64_s f64.convert_i64_u f64.promote_f32'],
  [0xbc, 'none', 'i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64'],
  [0xc0, 'none', 'i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s i64.extend32_s'],
  [0xd0, 'heapType', 'ref.null'],
  [0xd1, 'none', 'ref.is_null'],
  [0xd2, 'function', 'ref.func'],
];

const SATURATING =
  'i32.trunc_sat_f32_s i32.trunc_sat_f32_u i32.trunc_sat_f64_s i32.trunc_sat_f64_u ' +
  'i64.trunc_sat_f32_s i64.trunc_sat_f32_u i64.trunc_sat_f64_s i64.trunc_sat_f64_u';

const BULK: readonly Row[] = [
  [8, 'memory.init', 'indexMemory', 'bulkBytes'],
  [9, 'data.drop', 'index', 'plain'],
  [10, 'memory.copy', 'twoMemories', 'bulkBytes'],
  [11, 'memory.fill', 'memory', 'bulkBytes'],
  [12, 'table.init', 'twoIndices', 'bulkElements'],
  [13, 'elem.drop', 'index', 'plain'],
  [14, 'table.copy', 'twoIndices', 'bulkElements'],
  [15, 'table.grow', 'index', 'growTable'],
  [16, 'table.size', 'index', 'plain'],
  [17, 'table.fill', 'index', 'bulkElements'],
];

/** The vector operators that have an immediate; all others up to 0xff have none. */
const VECTOR: readonly (readonly [first: number, last: number, immediate: Immediate])[] = [
  [0, 11, 'memarg'],
  [12, 13, 'v128'],
  [21, 34, 'lane'],
  [84, 91, 'memargLane'],
  [92, 93, 'memarg'],
];

/** Codes of one table; relaxed SIMD begins behind the last vector operator. */
const TABLE_SIZE = 0x100;

const TRAPPING_IMMEDIATES: ReadonlySet<Immediate> = new Set(['memarg', 'memargLane']);
const TRAPPING_NAMES =
  /^(i(32|64)\.(div|rem|trunc_f)|table\.[gs]et|(memory|table)\.(init|copy|fill))|^unreachable/;

function listed(first: number, immediate: Immediate, names: string): Row[] {
  return names.split(' ').map((name, index) => [first + index, name, immediate, 'plain']);
}

function vectorRow(code: number): Row {
  const range = VECTOR.find(([first, last]) => code >= first && code <= last);
  return [code, `vector operator ${code}`, range?.[2] ?? 'none', 'plain'];
}

function tableOf(firstId: number, rows: readonly Row[]): readonly (Operator | undefined)[] {
  const table: (Operator | undefined)[] = new Array(TABLE_SIZE).fill(undefined);
  for (const [code, name, immediate, flow] of rows) {
    const traps = TRAPPING_IMMEDIATES.has(immediate) || TRAPPING_NAMES.test(name);
    table[code] = Object.freeze({ id: firstId + code, name, immediate, flow, traps });
  }
  return Object.freeze(table);
}

/** Operators of one byte. */
export const OPERATORS = tableOf(0, [...CONTROL, ...DATA.flatMap((row) => listed(...row))]);

/** Operators behind the prefix 0xfc. */
export const MISC_OPERATORS = tableOf(TABLE_SIZE, [...listed(0, 'none', SATURATING), ...BULK]);

/** Operators behind the prefix 0xfd. */
export const VECTOR_OPERATORS = tableOf(
  2 * TABLE_SIZE,
  Array.from({ length: TABLE_SIZE }, (_, code) => vectorRow(code)),
);

/** Every operator of the feature set; an id is a place in an array of `OPERATOR_IDS`. */
export const ALL_OPERATORS: readonly Operator[] = [
  ...OPERATORS,
  ...MISC_OPERATORS,
  ...VECTOR_OPERATORS,
].filter((operator) => operator !== undefined);
export const OPERATOR_IDS = 3 * TABLE_SIZE;

const FOREIGN: Readonly<Record<string, readonly number[]>> = {
  exceptions: [0x06, 0x07, 0x08, 0x09, 0x0a, 0x18, 0x19, 0x1f],
  'typed function references': [0x14, 0x15, 0xd4, 0xd5, 0xd6],
  GC: [0xd3, 0xfb],
  threads: [0xfe],
};

/** What an opcode outside the feature set belongs to, for the refusal. */
export function foreignFeature(prefix: number, code: number): string {
  if (prefix === 0xfd && code >= TABLE_SIZE) return `relaxed SIMD (operator 0xfd ${code})`;
  const feature = Object.entries(FOREIGN).find(([, codes]) => codes.includes(code));
  const shown = prefix === 0 ? `0x${code.toString(16)}` : `0x${prefix.toString(16)} ${code}`;
  return prefix === 0 && feature ? `${feature[0]} (opcode ${shown})` : `unknown opcode ${shown}`;
}
