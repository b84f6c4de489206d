import { BinaryReader } from './metering/binary-reader.ts';
import { readOperator, skipImmediate } from './metering/instructions.ts';
import type { Operator } from './metering/opcodes.ts';
import { EMPTY_BLOCK } from './metering/value-types.ts';
import { type FunctionCode, type FunctionType, ModuleShape } from './module-shape.ts';
import { NET_HEIGHT } from './operand-height.ts';

/**
 * About 10 to 25 ms of V8's time, when each function is called for the first time. It is the sum over all functions,
 * since a run can call one after the other without a look at stop and deadline; large real modules hold a tenth.
 */
const MOST_HELD = 1_000_000;

const NOTHING: FunctionType = { params: [], results: [] };

/**
 * Why V8 would take too long, or too much memory, to compile the functions: it does so at the first call of each,
 * without a check between, and notes at each block where it keeps each local and each operand below the block. Null
 * when all together are small enough. `bytes` must be a valid module of the feature set.
 */
export function effortProblem(bytes: Uint8Array): string | null {
  const shape = new ModuleShape(bytes);
  const atMost = shape.codes.reduce((sum, code) => sum + mostHeld(code, shape), 0);
  if (atMost <= MOST_HELD) return null;
  const functions = [...shape.importedFunctions.map(({ type }) => type), ...shape.ownTypes];
  let held = 0;
  for (const code of shape.codes) {
    held += new OperandHeights(bytes, code, { functions, types: shape.types }).held();
    if (held <= MOST_HELD) continue;
    return `the module is too large to compile: its functions and their blocks, each times the locals and operands beside it, come to more than ${MOST_HELD}`;
  }
  return null;
}

/** More than a function can hold, from its size alone: spares small modules a look at their instructions. */
function mostHeld({ start, end, locals }: FunctionCode, { widestList }: ModuleShape): number {
  const operators = (end - start) / 2;
  return locals + operators * (locals + operators * Math.max(1, widestList));
}

/** What the functions and the types of a module are, by their indices. */
interface Types {
  readonly functions: readonly FunctionType[];
  readonly types: readonly FunctionType[];
}

/** Follows the height of the operand stack through one function, never below the real one. */
class OperandHeights {
  readonly #reader: BinaryReader;
  readonly #types: Types;
  readonly #locals: number;
  /** For each open block, the height below its parameters, and its type. */
  readonly #blocks: { readonly base: number; readonly type: FunctionType }[];
  #height = 0;
  #held: number;

  constructor(bytes: Uint8Array, code: FunctionCode, types: Types) {
    this.#reader = new BinaryReader(bytes, code.start, code.end);
    this.#types = types;
    this.#locals = code.locals;
    this.#held = code.locals;
    this.#blocks = [{ base: 0, type: { params: [], results: code.type.results } }];
  }

  /** The sum of all values held, over the function itself and all blocks. */
  held(): number {
    while (!this.#reader.done && this.#held <= MOST_HELD) this.#step(readOperator(this.#reader));
    return this.#held;
  }

  #step(operator: Operator): void {
    const { position } = this.#reader;
    skipImmediate(this.#reader, operator);
    this.#move(NET_HEIGHT[operator.id] ?? 0);
    switch (operator.flow) {
      case 'block':
      case 'loop':
      case 'if':
        this.#open(this.#blockType(position));
        return;
      case 'else':
      case 'end':
        this.#close(operator.flow);
        return;
      case 'call':
        this.#call(operator, new BinaryReader(this.#reader.bytes, position));
    }
  }

  #open(type: FunctionType): void {
    this.#held += this.#locals + this.#height;
    this.#blocks.push({ base: Math.max(0, this.#height - type.params.length), type });
  }

  #close(flow: 'else' | 'end'): void {
    const block = this.#blocks.at(-1);
    if (block === undefined) return;
    const { params, results } = block.type;
    this.#height = block.base + (flow === 'else' ? params : results).length;
    if (flow === 'end') this.#blocks.pop();
  }

  #call({ immediate }: Operator, reader: BinaryReader): void {
    const index = reader.u32();
    const direct = immediate === 'function';
    const type = (direct ? this.#types.functions : this.#types.types)[index] ?? NOTHING;
    this.#move(type.results.length - type.params.length - (direct ? 0 : 1));
  }

  /** Behind a jump the stack may be taken below what the block found; it counts as empty then. */
  #move(by: number): void {
    this.#height = Math.max(this.#blocks.at(-1)?.base ?? 0, this.#height + by);
  }

  #blockType(position: number): FunctionType {
    const first = this.#reader.bytes[position] ?? EMPTY_BLOCK;
    if (first === EMPTY_BLOCK) return NOTHING;
    if (first > EMPTY_BLOCK && first < 0x80) return { params: [], results: [first] };
    return this.#types.types[new BinaryReader(this.#reader.bytes, position).s33()] ?? NOTHING;
  }
}
