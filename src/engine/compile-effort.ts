import { BinaryReader } from './metering/binary-reader.ts';
import { readOperator, skipImmediate } from './metering/instructions.ts';
import type { Operator } from './metering/opcodes.ts';
import { Refusal } from './metering/refusal.ts';
import { EMPTY_BLOCK } from './metering/value-types.ts';
import { type FunctionCode, type FunctionType, ModuleShape } from './module-shape.ts';
import { NET_HEIGHT } from './operand-height.ts';
import { FLAT_COST, LABEL_COST, MOST_COST, SLOT_COST } from './operator-cost.ts';

/** Nanoseconds of V8's time, beside those that the size of the code explains. */
const MOST_OF_FUNCTION = 50_000_000;
/** A run can call one function after the other, each for the first time, without a look at stop and deadline. */
const MOST_OF_MODULE = 100_000_000;
/** What the size of the code explains: compilers' own takes 28 to 33 ns a byte. */
const COST_OF_BYTE = 40;
/** Slots that cost next to nothing. Compilers keep nearly all functions below, so large real modules hold a tenth. */
const FREE_SLOTS = 64;
/** Of an operator that pushes, opens a block, branches or is dear; one of a byte costs less than half as much. */
const LEAST_BYTES = 2;

const NOTHING: FunctionType = { params: [], results: [] };
const DEARNESS = 'its operators, and the locals and operands beside each, come to more than';

/**
 * Why V8 would take too long to compile the functions: it does so at the first call of each, without a check between,
 * and goes through all locals and operands at many operators. Null when it is quick. Takes any bytes that have a
 * readable shape, valid or not, since V8 takes as long to find out; what it cannot read is refused with the offset.
 */
export function effortProblem(bytes: Uint8Array): string | null {
  try {
    return costProblem(bytes, new ModuleShape(bytes));
  } catch (error) {
    if (error instanceof Refusal) {
      return `the module cannot be metered: ${error.message} (byte ${error.offset})`;
    }
    throw error;
  }
}

function costProblem(bytes: Uint8Array, shape: ModuleShape): string | null {
  const atMost = shape.codes.reduce((sum, code) => sum + mostCost(code, shape), 0);
  if (atMost <= MOST_OF_FUNCTION) return null;
  const functions = [...shape.importedFunctions.map(({ type }) => type), ...shape.ownTypes];
  let total = 0;
  for (const [place, code] of shape.codes.entries()) {
    const cost = new FunctionEffort(bytes, code, { functions, types: shape.types }).cost();
    total += cost;
    if (cost > MOST_OF_FUNCTION) {
      const name = `function ${shape.importedFunctions.length + place}`;
      return `${name} is too large to compile: ${DEARNESS} ${MOST_OF_FUNCTION}`;
    }
    if (total > MOST_OF_MODULE) return `the module is too large to compile: ${DEARNESS} ${MOST_OF_MODULE}`;
  }
  return null;
}

/** More than a function can cost, from its size alone: spares small modules a look at their instructions. */
function mostCost({ start, end, locals }: FunctionCode, { widestList }: ModuleShape): number {
  const operators = (end - start) / LEAST_BYTES;
  const slots = Math.max(0, locals + operators * Math.max(1, widestList) - FREE_SLOTS);
  return (
    entryCost(locals) + operators * (MOST_COST.slot * slots + 2 * widestList + operators + MOST_COST.flat)
  );
}

function entryCost(locals: number): number {
  return Math.max(0, locals - FREE_SLOTS) * MOST_COST.slot;
}

/** What the functions and the types of a module are, by their indices. */
interface Types {
  readonly functions: readonly FunctionType[];
  readonly types: readonly FunctionType[];
}

interface Block {
  /** The height below its parameters. */
  readonly base: number;
  readonly type: FunctionType;
  /** How many operands a branch to it takes along. */
  readonly arity: number;
}

/** Follows the height of the operand stack through one function, never below the real one. */
class FunctionEffort {
  readonly #reader: BinaryReader;
  readonly #types: Types;
  readonly #locals: number;
  readonly #blocks: Block[];
  #height = 0;
  /** Beside what the operators cost by themselves. */
  #cost: number;
  #flat: number;

  constructor(bytes: Uint8Array, code: FunctionCode, types: Types) {
    this.#reader = new BinaryReader(bytes, code.start, code.end);
    this.#types = types;
    this.#locals = code.locals;
    this.#cost = entryCost(code.locals);
    this.#flat = (code.start - code.end) * COST_OF_BYTE;
    const { results } = code.type;
    this.#blocks = [{ base: 0, type: { params: [], results }, arity: results.length }];
  }

  cost(): number {
    while (!this.#reader.done && this.#cost <= MOST_OF_FUNCTION) this.#step(readOperator(this.#reader));
    return this.#cost + Math.max(0, this.#flat);
  }

  #step(operator: Operator): void {
    const { position } = this.#reader;
    skipImmediate(this.#reader, operator);
    const slots = Math.max(0, this.#locals + this.#height - FREE_SLOTS);
    this.#cost += slots * (SLOT_COST[operator.id] ?? 0);
    this.#flat += FLAT_COST[operator.id] ?? 0;
    this.#move(NET_HEIGHT[operator.id] ?? 0);
    switch (operator.flow) {
      case 'block':
      case 'loop':
      case 'if':
        this.#open(this.#blockType(position), operator.flow === 'loop');
        return;
      case 'else':
      case 'end':
        this.#close(operator.flow);
        return;
      case 'call':
        this.#call(operator, this.#immediates(position));
        return;
      case 'leave':
        this.#leave(operator, this.#immediates(position), slots);
    }
  }

  #open(type: FunctionType, loops: boolean): void {
    const params = type.params.length;
    const base = Math.max(this.#base, this.#height - params);
    this.#height = base + params;
    this.#cost += params;
    this.#blocks.push({ base, type, arity: loops ? params : type.results.length });
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
    const { functions, types } = this.#types;
    const { params, results } = (direct ? functions : types)[index] ?? NOTHING;
    this.#move(-params.length - (direct ? 0 : 1));
    this.#height += results.length;
    this.#cost += params.length;
  }

  #leave(operator: Operator, reader: BinaryReader, slots: number): void {
    const { immediate } = operator;
    if (immediate === 'function' || immediate === 'twoIndices') {
      this.#call(operator, reader);
    } else if (immediate === 'label') {
      this.#cost += this.#arity(reader.u32());
    } else if (immediate === 'labels') {
      // V8 keeps a list of all open blocks for each.
      this.#cost += this.#blocks.length;
      for (let left = reader.u32() + 1; left > 0; left -= 1) {
        this.#cost += slots * LABEL_COST + this.#arity(reader.u32());
      }
    }
  }

  #arity(label: number): number {
    return this.#blocks[this.#blocks.length - 1 - label]?.arity ?? 0;
  }

  get #base(): number {
    return this.#blocks.at(-1)?.base ?? 0;
  }

  /** Behind a jump the stack may be taken below what the block found; it counts as empty then. */
  #move(by: number): void {
    this.#height = Math.max(this.#base, this.#height + by);
  }

  #immediates(position: number): BinaryReader {
    return new BinaryReader(this.#reader.bytes, position, this.#reader.end);
  }

  #blockType(position: number): FunctionType {
    const first = this.#reader.bytes[position] ?? EMPTY_BLOCK;
    if (first === EMPTY_BLOCK) return NOTHING;
    if (first > EMPTY_BLOCK && first < 0x80) return { params: [], results: [first] };
    return this.#types.types[this.#immediates(position).s33()] ?? NOTHING;
  }
}
