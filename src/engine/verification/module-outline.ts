import { ByteCursor, Unproven } from './byte-cursor.ts';

/** Where the host functions that a check may end in are imported from. */
const HOST_MODULE = 'wattle';
const REFUEL = 'refuel';
const EXHAUSTED = 'exhausted';
const I32 = 0x7f;
const I64 = 0x7e;
const V128 = 0x7b;
const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
};
const MOST_SECTION = 12;
const FUNCTION_TYPE = 0x60;
const I32_CONST = 0x41;
/** What V8 allows at all. */
const MOST_PAGES = 65_536;
const MOST_ELEMENTS = 10_000_000;

/** A function's body: from its groups of locals to behind its last `end`. */
export interface Body {
  readonly start: number;
  readonly end: number;
  /** The function's index. */
  readonly index: number;
  readonly parameterCount: number;
  /** Room for the parameters, in words of 8 bytes. */
  readonly parameterWords: number;
}

/** The depth of calls, where it is limited. */
export interface OutlinedDepth {
  /** The global that holds what is left of it. */
  readonly global: number;
  readonly limit: number;
  /** The imported function that ends a run, or null. */
  readonly exhausted: number | null;
}

/** What the proof needs to know of a module. */
export interface ModuleOutline {
  /** The imported function that gives more fuel, or null. */
  readonly hostFunction: number | null;
  readonly importedFunctions: number;
  /** The last global, or the one before the depth of calls. */
  readonly counter: number;
  readonly depth: OutlinedDepth | null;
  /** Pages that the memory may have; 0 when there is none. */
  readonly memoryMaximum: number;
  /** Elements that each table may have. */
  readonly tableMaxima: readonly number[];
  readonly bodies: readonly Body[];
  /** Functions that something other than a `call` refers to: exports, elements, initial values. */
  readonly referenced: ReadonlySet<number>;
}

/** A global that the module defines. */
interface OwnGlobal {
  readonly type: number;
  readonly mutable: boolean;
  /** What it holds at first, when it is an i32. */
  readonly value: number | null;
}

class Outliner {
  hostFunction: number | null = null;
  exhausted: number | null = null;
  importedFunctions = 0;
  importedGlobals = 0;
  readonly globals: OwnGlobal[] = [];
  readonly exportedGlobals = new Set<number>();
  readonly #parameters: Pick<Body, 'parameterCount' | 'parameterWords'>[] = [];
  readonly #functionTypes: number[] = [];
  memoryMaximum = 0;
  readonly tableMaxima: number[] = [];
  readonly bodies: Body[] = [];
  readonly referenced = new Set<number>();
  readonly #cursor: ByteCursor;

  constructor(cursor: ByteCursor) {
    this.#cursor = cursor;
  }

  section(id: number): void {
    const cursor = this.#cursor;
    if (id === SECTION.start) throw new Unproven('a start function', cursor.at);
    if (id > MOST_SECTION) throw new Unproven(`a section ${id} that is not known`, cursor.at);
    if (id === SECTION.type) this.#each(() => this.#type());
    else if (id === SECTION.function) this.#each(() => this.#functionTypes.push(cursor.unsigned()));
    else if (id === SECTION.import) this.#each(() => this.#import());
    else if (id === SECTION.table) this.#each(() => this.#table());
    else if (id === SECTION.memory) this.#each(() => this.#memory());
    else if (id === SECTION.global) this.#each(() => this.#global());
    else if (id === SECTION.export) this.#each(() => this.#export());
    else if (id === SECTION.element) this.#each(() => this.#elements());
    else if (id === SECTION.code) this.#each(() => this.#body());
  }

  #each(read: () => void): void {
    for (let left = this.#cursor.unsigned(); left > 0; left -= 1) read();
  }

  #type(): void {
    const cursor = this.#cursor;
    if (cursor.next() !== FUNCTION_TYPE) throw new Unproven('a type of an unknown form', cursor.at - 1);
    let parameterCount = 0;
    let parameterWords = 0;
    this.#each(() => {
      parameterCount += 1;
      parameterWords += cursor.type() === V128 ? 2 : 1;
    });
    this.#parameters.push({ parameterCount, parameterWords });
    this.#each(() => cursor.type());
  }

  #import(): void {
    const cursor = this.#cursor;
    const start = cursor.at;
    const fromHost = cursor.text() === HOST_MODULE;
    const name = cursor.text();
    const kind = cursor.next();
    if (fromHost) this.#hostImport(name, kind, start);
    this.#importedType(kind);
  }

  #hostImport(name: string, kind: number, at: number): void {
    if (kind !== 0 || (name !== REFUEL && name !== EXHAUSTED)) {
      throw new Unproven(`an import from ${HOST_MODULE} that is not known`, at);
    }
    const known = name === REFUEL ? this.hostFunction : this.exhausted;
    if (known !== null) throw new Unproven(`a second import of ${HOST_MODULE}.${name}`, at);
    if (name === REFUEL) this.hostFunction = this.importedFunctions;
    else this.exhausted = this.importedFunctions;
  }

  #importedType(kind: number): void {
    const cursor = this.#cursor;
    if (kind === 0) {
      this.importedFunctions += 1;
      cursor.unsigned();
    } else if (kind === 3) {
      this.importedGlobals += 1;
      cursor.type();
      cursor.move(1);
    } else if (kind === 1) {
      this.#table();
    } else if (kind === 2) {
      this.#memory();
    } else {
      throw new Unproven(`an import of kind ${kind}`, cursor.at);
    }
  }

  #table(): void {
    this.#cursor.type();
    this.tableMaxima.push(this.#maximum(MOST_ELEMENTS));
  }

  #memory(): void {
    this.memoryMaximum = this.#maximum(MOST_PAGES);
  }

  #maximum(most: number): number {
    const cursor = this.#cursor;
    const flags = cursor.next();
    if (flags > 1) throw new Unproven('limits of an unknown form', cursor.at - 1);
    cursor.unsigned();
    return flags === 1 ? Math.min(cursor.unsigned(), most) : most;
  }

  #global(): void {
    const cursor = this.#cursor;
    const type = cursor.type();
    const mutable = cursor.next() === 1;
    const start = cursor.at;
    this.#constant();
    const end = cursor.at;
    cursor.at = start;
    const value = cursor.next() === I32_CONST ? cursor.signed() : null;
    cursor.at = end;
    this.globals.push({ type, mutable, value });
  }

  #constant(): void {
    const cursor = this.#cursor;
    const opcode = cursor.next();
    if (opcode === 0xd2) this.referenced.add(cursor.unsigned());
    else if (opcode === 0x43) cursor.move(4);
    else if (opcode === 0x44) cursor.move(8);
    else if (opcode === 0xd0) cursor.type();
    else if (opcode === 0x41 || opcode === 0x42 || opcode === 0x23) cursor.signed();
    else if (opcode === 0xfd && cursor.unsigned() === 12) cursor.move(16);
    else throw new Unproven('an initial value of an unknown form', cursor.at);
    if (cursor.next() !== 0x0b) throw new Unproven('an initial value of an unknown form', cursor.at);
  }

  #export(): void {
    const cursor = this.#cursor;
    cursor.text();
    const kind = cursor.next();
    const index = cursor.unsigned();
    if (kind === 0) this.referenced.add(index);
    if (kind === 3) this.exportedGlobals.add(index);
  }

  #elements(): void {
    const cursor = this.#cursor;
    const flags = cursor.unsigned();
    if (flags > 7) throw new Unproven('elements of an unknown form', cursor.at);
    const passive = (flags & 1) !== 0;
    const named = (flags & 2) !== 0;
    const expressions = (flags & 4) !== 0;
    if (!passive && named) cursor.unsigned();
    if (!passive) this.#constant();
    if (passive || named) cursor.next();
    this.#each(() => {
      if (expressions) this.#constant();
      else this.referenced.add(cursor.unsigned());
    });
  }

  #body(): void {
    const size = this.#cursor.unsigned();
    const start = this.#cursor.at;
    this.#cursor.move(size);
    const type = this.#functionTypes[this.bodies.length] ?? -1;
    const parameters = this.#parameters[type];
    if (parameters === undefined) throw new Unproven('a function without a type', start);
    const index = this.importedFunctions + this.bodies.length;
    this.bodies.push({ start, end: start + size, index, ...parameters });
  }
}

/** Reads what the proof needs, and refuses what it does not understand. */
export function outlineOf(bytes: Uint8Array): ModuleOutline {
  const header = 8;
  const cursor = new ByteCursor(bytes, header);
  const outliner = new Outliner(cursor);
  while (cursor.at < bytes.length) {
    const id = cursor.next();
    const end = cursor.unsigned() + cursor.at;
    if (id === SECTION.custom) cursor.at = end;
    else outliner.section(id);
    if (SECTION_READ.has(id) && cursor.at !== end)
      throw new Unproven(`section ${id} ends elsewhere`, cursor.at);
    cursor.at = end;
  }
  return {
    hostFunction: outliner.hostFunction,
    importedFunctions: outliner.importedFunctions,
    ...addedGlobals(outliner, bytes.length),
    memoryMaximum: outliner.memoryMaximum,
    tableMaxima: outliner.tableMaxima,
    bodies: outliner.bodies,
    referenced: outliner.referenced,
  };
}

/** The counter is the last i64; an i32 behind it is the depth of calls. */
function addedGlobals(
  { globals, importedGlobals, exportedGlobals, exhausted }: Outliner,
  end: number,
): Pick<ModuleOutline, 'counter' | 'depth'> {
  const last = globals.at(-1);
  const limited = last?.type === I32;
  const counter = limited ? globals.at(-2) : last;
  if (counter === undefined) throw new Unproven('no counter', end);
  if (counter.type !== I64 || !counter.mutable) throw new Unproven('the last global is no counter', end);
  const index = importedGlobals + globals.length - 1;
  if (!limited) return { counter: index, depth: null };
  const { mutable, value } = last;
  if (!mutable || value === null || value < 0)
    throw new Unproven('the last global is no depth of calls', end);
  if (exportedGlobals.has(index)) throw new Unproven('the depth of calls is exported', end);
  return { counter: index - 1, depth: { global: index, limit: value, exhausted } };
}

const SECTION_READ: ReadonlySet<number> = new Set([
  SECTION.type,
  SECTION.function,
  SECTION.import,
  SECTION.table,
  SECTION.memory,
  SECTION.global,
  SECTION.export,
  SECTION.element,
  SECTION.code,
]);
