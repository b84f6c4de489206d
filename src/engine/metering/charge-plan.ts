import type { BinaryReader } from './binary-reader.ts';
import { type Charge, ChargeList, type LoopForm, type Prices, type Run } from './charges.ts';
import { readOperator, skipImmediate } from './instructions.ts';
import type { Operator } from './opcodes.ts';
import { Refusal } from './refusal.ts';
import { BOUNDARY } from './seams.ts';
import { HANDED_PARAMETERS } from './survey.ts';

/** An index in the code that may be another one in the metered code. */
export interface MovedIndex {
  readonly at: number;
  /** The loop that a branch leaves, or null for another index. */
  readonly leaves: LoopForm | null;
  /** What it becomes, where that is known: a local of a twin, or a twin. Null for the index of a function. */
  readonly becomes: number | null;
}

export interface FunctionPlan {
  /** In order of their offsets. */
  readonly charges: readonly Charge[];
  /** In order of their offsets. */
  readonly moved: readonly MovedIndex[];
  /** Whether it calls functions that may be the module's own, so that its frame lies below theirs. */
  readonly calls: boolean;
}

/** How the functions of a module are planned. */
export interface PlanTerms {
  readonly prices: Prices;
  /** Whether loops without a call keep the call for more fuel outside. */
  readonly outline: boolean;
  /** Functions below this are the host's. */
  readonly importedFunctions: number;
  /** For the functions that have a twin, its index in the metered module. */
  readonly twins: ReadonlyMap<number, number>;
  /** In a twin, from which one on its locals move up, to make room for two parameters; null elsewhere. */
  readonly firstMovedLocal: number | null;
}

interface Label {
  /** What a branch to it comes through. */
  readonly seam: number;
  /** Whether code behind its end can be reached other than by falling through. */
  joins: boolean;
  readonly loop: OpenLoop | null;
  /** The seam behind the condition of an `if` whose `else` has not come. */
  orElse: number | null;
}

interface OpenLoop {
  readonly form: LoopForm;
  /** Its place among the labels. */
  readonly label: number;
  /** Whether it holds no call and no other loop. */
  plain: boolean;
}

/** Block types from here on are no index of a type, so a block of that type takes nothing. */
const FIRST_PLAIN_TYPE = 0x40;

/**
 * Splits a function body into straight runs: code that is executed from its first operator to its
 * last or traps on the way. A run ends where control can leave (branches, calls, `if`) or join
 * (loop headers, the end of a block that is branched to), and before an operation that is paid by size.
 */
export function planCharges(reader: BinaryReader, terms: PlanTerms): FunctionPlan {
  return new Planner(reader, terms).plan();
}

class Planner {
  readonly #reader: BinaryReader;
  readonly #terms: PlanTerms;
  readonly #charges = new ChargeList();
  readonly #moved: MovedIndex[] = [];
  readonly #labels: Label[] = [{ seam: BOUNDARY, joins: true, loop: null, orElse: null }];
  readonly #loops: OpenLoop[] = [];
  #run: Run;
  /** The size that `i32.const` just left on the stack. */
  #constant: number | null = null;
  #calls = false;

  constructor(reader: BinaryReader, terms: PlanTerms) {
    this.#reader = reader;
    this.#terms = terms;
    this.#run = this.#charges.run('entry', reader.position, BOUNDARY);
    this.#run.cost = terms.prices.table.functionEntry;
  }

  plan(): FunctionPlan {
    while (this.#labels.length > 0) this.#step();
    if (!this.#reader.done) throw new Refusal('code behind the end of a function', this.#reader.position);
    return { charges: this.#charges.settled(), moved: this.#moved, calls: this.#calls };
  }

  #step(): void {
    const reader = this.#reader;
    const at = reader.position;
    const operator = readOperator(reader);
    this.#run.cost += this.#terms.prices.operators[operator.id] ?? 0;
    if (operator.traps) this.#run.prompt = true;
    if (operator.flow === 'plain') {
      this.#plain(operator);
      return;
    }
    const rate = this.#rate(operator);
    if (rate === null) this.#control(operator, at);
    else this.#sized(operator, at, rate);
    this.#constant = null;
  }

  #rate({ flow }: Operator): number | null {
    const { perByte, perElement, perPage } = this.#terms.prices.table;
    if (flow === 'bulkBytes') return perByte;
    if (flow === 'bulkElements' || flow === 'growTable') return perElement;
    return flow === 'growMemory' ? perPage : null;
  }

  #plain(operator: Operator): void {
    this.#constant = null;
    if (operator.immediate === 'i32') this.#constant = this.#reader.s33() >>> 0;
    else if (operator.immediate === 'function') this.#functionIndex();
    else if (this.#terms.firstMovedLocal !== null && operator.name.startsWith('local.')) this.#localIndex();
    else if (operator.immediate !== 'none') skipImmediate(this.#reader, operator);
  }

  #sized(operator: Operator, at: number, rate: number): void {
    const table = operator.flow === 'growTable' ? this.#reader.u32() : 0;
    if (operator.flow !== 'growTable') skipImmediate(this.#reader, operator);
    const fixed = this.#constant === null ? null : this.#constant * rate;
    if (fixed !== null && fixed <= this.#terms.prices.table.uncheckedBulk) {
      this.#run.cost += fixed;
      return;
    }
    this.#notPlain();
    const { flow } = operator;
    const kind = flow === 'growTable' || flow === 'growMemory' ? flow : 'bulk';
    this.#startRun(kind, at, BOUNDARY, { rate, table });
  }

  #control(operator: Operator, at: number): void {
    const reader = this.#reader;
    switch (operator.flow) {
      case 'block':
        skipImmediate(reader, operator);
        this.#labels.push({ seam: this.#charges.seams.open(), joins: false, loop: null, orElse: null });
        return;
      case 'loop':
        this.#loop(operator, at);
        return;
      case 'if':
        skipImmediate(reader, operator);
        this.#if();
        return;
      case 'else':
        this.#else();
        return;
      case 'end':
        this.#end();
        return;
      case 'call':
        this.#call(operator, at);
        return;
      default:
        this.#leave(operator, at);
    }
  }

  #call(operator: Operator, at: number): void {
    const callee = this.#callee(operator);
    const twin = this.#terms.twins.has(callee ?? -1);
    if (callee === null || callee >= this.#terms.importedFunctions) {
      this.#calls = true;
      this.#charges.frame(twin ? 'twinCall' : 'call', at, null);
    }
    this.#notPlain();
    this.#startRun('run', this.#reader.position, BOUNDARY, { source: twin ? 'stack' : 'counter' });
  }

  #loop(operator: Operator, at: number): void {
    const reader = this.#reader;
    const form = { blockType: reader.bytes[reader.position] ?? 0, outlined: false };
    skipImmediate(reader, operator);
    this.#notPlain();
    const plain = form.blockType >= FIRST_PLAIN_TYPE && form.blockType < 0x80;
    const loop = { form, label: this.#labels.length, plain };
    this.#loops.push(loop);
    this.#labels.push({ seam: BOUNDARY, joins: false, loop, orElse: null });
    this.#frame('beforeLoop', at, form);
    this.#startRun('loop', reader.position, BOUNDARY, { loop: form });
  }

  #if(): void {
    const condition = this.#charges.seams.open();
    this.#run.out = condition;
    this.#labels.push({ seam: this.#charges.seams.open(), joins: true, loop: null, orElse: condition });
    this.#startRun('run', this.#reader.position, condition);
  }

  #else(): void {
    const label = this.#labels.at(-1);
    if (label === undefined || label.orElse === null) throw new Refusal('an else', this.#reader.position);
    this.#run.out = label.seam;
    this.#startRun('run', this.#reader.position, label.orElse);
    label.orElse = null;
  }

  #end(): void {
    const label = this.#labels.pop();
    if (label === undefined || this.#labels.length === 0) return;
    if (label.loop !== null) {
      this.#loops.pop();
      label.loop.form.outlined = this.#terms.outline && label.loop.plain;
      this.#frame('behindLoop', this.#reader.position, label.loop.form);
    }
    if (!label.joins) return;
    if (label.orElse !== null) this.#charges.seams.join(label.orElse, label.seam);
    this.#run.out = label.seam;
    this.#startRun('run', this.#reader.position, label.seam);
  }

  /** What follows is reached by falling through behind `br_if`, and not at all behind the others. */
  #leave(operator: Operator, at: number): void {
    if (operator.name.startsWith('return_call')) this.#charges.frame('tailCall', at, null);
    if (operator.name === 'return') this.#charges.frame('return', at, null);
    const seam = this.#target(operator);
    this.#run.out = seam;
    if (operator.name === 'br_if') this.#startRun('run', this.#reader.position, seam);
    else this.#startRun('run', this.#reader.position, this.#charges.seams.open(), { dead: true });
  }

  /** Passes over what a branch or call goes to. Answers the seam that it goes through. */
  #target(operator: Operator): number {
    const reader = this.#reader;
    if (operator.immediate === 'label') return this.#branch(1);
    if (operator.immediate === 'labels') return this.#branch(reader.u32() + 1);
    this.#callee(operator);
    return BOUNDARY;
  }

  /** The function that a call names, or null where it goes through a table, or is none. */
  #callee(operator: Operator): number | null {
    if (operator.immediate === 'function') return this.#functionIndex(operator.name === 'call');
    skipImmediate(this.#reader, operator);
    return null;
  }

  #branch(labels: number): number {
    const seam = this.#charges.seams.open();
    for (let left = labels; left > 0; left -= 1) this.#charges.seams.join(seam, this.#label());
    return seam;
  }

  #label(): number {
    const at = this.#reader.position;
    const depth = this.#reader.u32();
    const place = this.#labels.length - 1 - depth;
    const label = this.#labels[place];
    if (label === undefined) throw new Refusal(`a branch to label ${depth}`, at);
    if (label.loop === null) label.joins = true;
    const loop = this.#loops.at(-1);
    if (loop?.plain && place < loop.label) this.#moved.push({ at, leaves: loop.form, becomes: null });
    return label.seam;
  }

  #functionIndex(called = false): number {
    const at = this.#reader.position;
    const index = this.#reader.u32();
    const becomes = called ? (this.#terms.twins.get(index) ?? null) : null;
    this.#moved.push({ at, leaves: null, becomes });
    return index;
  }

  #localIndex(): void {
    const at = this.#reader.position;
    const index = this.#reader.u32();
    if (index >= (this.#terms.firstMovedLocal ?? 0)) {
      this.#moved.push({ at, leaves: null, becomes: index + HANDED_PARAMETERS });
    }
  }

  #notPlain(): void {
    const loop = this.#loops.at(-1);
    if (loop !== undefined) loop.plain = false;
  }

  #frame(kind: 'beforeLoop' | 'behindLoop', at: number, loop: LoopForm): void {
    if (this.#terms.outline) this.#charges.frame(kind, at, loop);
  }

  #startRun(kind: Charge['kind'], at: number, into: number, more: Partial<Run> = {}): void {
    this.#run = this.#charges.run(kind, at, into, more);
  }
}
