import { CONSTANT_OPCODES, OPCODES, TYPE_CODES } from './opcodes.ts';
import {
  type Constant,
  type DefinedFunction,
  type FunctionType,
  type Instruction,
  type Program,
  type Segment,
  type SizeLimits,
  type Structured,
  typeAt,
  type Value,
  type ValueType,
} from './program.ts';

export interface PrintOptions {
  /** Writes a name section with a name for each function and local. */
  readonly names?: boolean;
  /** What global 0 holds at first, in place of what the program says. */
  readonly turns?: number;
  /** Exports the last function as `run` too, as the engine wants it. */
  readonly run?: boolean;
}

const HEADER = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const END = 0x0b;
const EMPTY_BLOCK = 0x40;
/** A declarative segment, so that `ref.func 0` is valid; all other functions are exported. */
const DECLARE_IMPORT = [3, 0, 1, 0];

export function unsignedLeb(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) + 0x80, ...unsignedLeb(Math.floor(value / 0x80))];
}

function signedLeb(value: bigint): number[] {
  if (value >= -64n && value < 64n) return [Number(value & 0x7fn)];
  return [Number(value & 0x7fn) + 0x80, ...signedLeb(value >> 7n)];
}

const text = (value: string): number[] => [...unsignedLeb(value.length), ...Buffer.from(value)];
const vector = <T>(items: readonly T[], print: (item: T, index: number) => readonly number[]): number[] => [
  ...unsignedLeb(items.length),
  ...items.flatMap(print),
];
const section = (id: number, contents: readonly number[]): number[] => [
  id,
  ...unsignedLeb(contents.length),
  ...contents,
];

function constant({ type, value }: Pick<Constant, 'type' | 'value'>): number[] {
  const view = new DataView(new ArrayBuffer(type === 'f64' ? 8 : 4));
  if (type === 'f64') view.setFloat64(0, Number(value), true);
  else if (type === 'f32') view.setFloat32(0, Number(value), true);
  else return [CONSTANT_OPCODES[type], ...signedLeb(BigInt(value))];
  return [CONSTANT_OPCODES[type], ...new Uint8Array(view.buffer)];
}

function initialValue(type: ValueType, value: Value): number[] {
  if (type !== 'funcref') return [...constant({ type, value: value ?? 0 }), END];
  return value === null ? [0xd0, TYPE_CODES.funcref, END] : [0xd2, ...unsignedLeb(Number(value)), END];
}

class BodyPrinter {
  readonly out: number[] = [];
  readonly #program: Program;

  constructor(program: Program) {
    this.#program = program;
  }

  all(body: readonly Instruction[]): void {
    for (const instruction of body) this.#one(instruction);
  }

  #one(instruction: Instruction): void {
    if (instruction.kind === 'constant') this.out.push(...constant(instruction));
    else if (instruction.kind === 'structured') this.#structured(instruction);
    else {
      this.#operator(instruction.op);
      for (const immediate of instruction.immediates) this.out.push(...unsignedLeb(immediate));
    }
  }

  #operator(op: string): void {
    const bytes = OPCODES.get(op);
    if (bytes === undefined) throw new Error(`no opcode for ${op}`);
    this.out.push(...bytes);
  }

  #structured({ op, type, body, otherwise }: Structured): void {
    this.#operator(op);
    this.out.push(...this.#blockType(type));
    this.all(body);
    if (otherwise !== null) {
      this.#operator('else');
      this.all(otherwise);
    }
    this.#operator('end');
  }

  #blockType(index: number): number[] {
    const { params, results } = typeAt(this.#program, index);
    const [only] = results;
    if (params.length > 0 || results.length > 1) return signedLeb(BigInt(index));
    return [only === undefined ? EMPTY_BLOCK : TYPE_CODES[only]];
  }
}

function functionBody(program: Program, { locals, body }: DefinedFunction): number[] {
  const printer = new BodyPrinter(program);
  printer.all(body);
  const printed = [...vector(locals, (type) => [1, TYPE_CODES[type]]), ...printer.out, END];
  return [...unsignedLeb(printed.length), ...printed];
}

const functionType = ({ params, results }: FunctionType): number[] => [
  0x60,
  ...vector(params, (type) => [TYPE_CODES[type]]),
  ...vector(results, (type) => [TYPE_CODES[type]]),
];

const sizes = ({ minimum, maximum }: SizeLimits): number[] => [
  1,
  ...unsignedLeb(minimum),
  ...unsignedLeb(maximum),
];

/** Segments without a null are written as plain indices, the others as expressions. */
function elementSegment({ mode, table, offset, items }: Segment<number | null>): number[] {
  const expressions = items.includes(null);
  const form = (mode === 'passive' ? 1 : table === 0 ? 0 : 2) + (expressions ? 4 : 0);
  const kind = form === 0 || form === 4 ? [] : [expressions ? TYPE_CODES.funcref : 0];
  return [
    ...unsignedLeb(form),
    ...(mode === 'active' && table !== 0 ? unsignedLeb(table) : []),
    ...(mode === 'active' ? initialValue('i32', offset) : []),
    ...kind,
    ...vector(items, (item) => (expressions ? initialValue('funcref', item) : unsignedLeb(item ?? 0))),
  ];
}

function dataSegment({ mode, offset, items }: Segment<number>): number[] {
  const where = mode === 'active' ? [0, ...initialValue('i32', offset)] : [1];
  return [...where, ...vector(items, (byte) => [byte])];
}

const exported = (name: string, kind: number, index: number): number[] => [
  ...text(name),
  kind,
  ...unsignedLeb(index),
];

function exports(program: Program, run: boolean): number[] {
  const entries = [
    ...(run ? [exported('run', 0, program.functions.length)] : []),
    ...program.functions.map((_, index) => exported(`f${index + 1}`, 0, index + 1)),
    ...program.tables.map((_, index) => exported(`t${index}`, 1, index)),
    exported('memory', 2, 0),
    ...program.globals.map((_, index) => exported(`g${index}`, 3, index)),
  ];
  return vector(entries, (entry) => entry);
}

function nameSection({ functions }: Program): number[] {
  const nameOf = (index: number) => [...unsignedLeb(index), ...text(functionName(index))];
  const localsOf = (index: number) => [...unsignedLeb(index), 1, 0, ...text(`x${index}`)];
  const indices = [0, ...functions.map((_, index) => index + 1)];
  return section(0, [
    ...text('name'),
    ...section(0, text('random')),
    ...section(1, vector(indices, nameOf)),
    ...section(2, vector(indices, localsOf)),
  ]);
}

export const functionName = (index: number): string => `name${index}`;

/** The module in the binary format. */
export function printProgram(program: Program, options: PrintOptions = {}): Uint8Array<ArrayBuffer> {
  const { types, functions, tables, memory, globals, elements, data } = program;
  const initial = (value: Value, index: number): Value => (index === 0 ? (options.turns ?? value) : value);
  return Uint8Array.from([
    ...HEADER,
    ...section(1, vector(types, functionType)),
    ...section(2, [1, ...text('h'), ...text('seen'), 0, 0]),
    ...section(
      3,
      vector(functions, ({ type }) => unsignedLeb(type)),
    ),
    ...section(
      4,
      vector(tables, (table) => [TYPE_CODES.funcref, ...sizes(table)]),
    ),
    ...section(5, [1, ...sizes(memory)]),
    ...section(
      6,
      vector(globals, ({ type, value }, index) => [
        TYPE_CODES[type],
        1,
        ...initialValue(type, initial(value, index)),
      ]),
    ),
    ...section(7, exports(program, options.run ?? false)),
    ...section(9, [
      ...unsignedLeb(elements.length + 1),
      ...elements.flatMap(elementSegment),
      ...DECLARE_IMPORT,
    ]),
    ...section(12, unsignedLeb(data.length)),
    ...section(
      10,
      vector(functions, (defined) => functionBody(program, defined)),
    ),
    ...section(11, vector(data, dataSegment)),
    ...(options.names ? nameSection(program) : []),
  ]);
}
