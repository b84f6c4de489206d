import { ByteCursor, Unproven } from './byte-cursor.ts';

/** Where the host function that a check may end in is imported from. */
const HOST_MODULE = 'wattle';
const I64 = 0x7e;
const SECTION = {
  custom: 0,
  import: 2,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
};
const MOST_SECTION = 12;
/** What V8 allows at all. */
const MOST_PAGES = 65_536;
const MOST_ELEMENTS = 10_000_000;

/** A function's body: from its groups of locals to behind its last `end`. */
export interface Body {
  readonly start: number;
  readonly end: number;
}

/** What the proof needs to know of a module. */
export interface ModuleOutline {
  /** The imported function that gives more fuel, or null. */
  readonly hostFunction: number | null;
  readonly importedFunctions: number;
  /** The last global, which must be the counter. */
  readonly counter: number;
  /** Pages that the memory may have; 0 when there is none. */
  readonly memoryMaximum: number;
  /** Elements that each table may have. */
  readonly tableMaxima: readonly number[];
  readonly bodies: readonly Body[];
  /** Functions that something other than a `call` refers to: exports, elements, initial values. */
  readonly referenced: ReadonlySet<number>;
}

class Outliner {
  hostFunction: number | null = null;
  importedFunctions = 0;
  importedGlobals = 0;
  globals = 0;
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
    if (id === SECTION.import) this.#each(() => this.#import());
    else if (id === SECTION.table) this.#each(() => this.#table());
    else if (id === SECTION.memory) this.#each(() => this.#memory());
    else if (id === SECTION.global) this.#globals();
    else if (id === SECTION.export) this.#each(() => this.#export());
    else if (id === SECTION.element) this.#each(() => this.#elements());
    else if (id === SECTION.code) this.#each(() => this.#body());
  }

  #each(read: () => void): void {
    for (let left = this.#cursor.unsigned(); left > 0; left -= 1) read();
  }

  #import(): void {
    const cursor = this.#cursor;
    const start = cursor.at;
    const fromHost = cursor.text() === HOST_MODULE;
    cursor.text();
    const kind = cursor.next();
    if (fromHost && (kind !== 0 || this.hostFunction !== null)) {
      throw new Unproven(`a second import from ${HOST_MODULE}`, start);
    }
    if (fromHost) this.hostFunction = this.importedFunctions;
    this.#importedType(kind);
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

  #globals(): void {
    const cursor = this.#cursor;
    let last = 0;
    let mutable = 0;
    this.#each(() => {
      this.globals += 1;
      last = cursor.type();
      mutable = cursor.next();
      this.#constant();
    });
    if (last !== I64 || mutable !== 1) throw new Unproven('the last global is no counter', cursor.at);
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
    this.bodies.push({ start, end: start + size });
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
  if (outliner.globals === 0) throw new Unproven('no counter', bytes.length);
  return {
    hostFunction: outliner.hostFunction,
    importedFunctions: outliner.importedFunctions,
    counter: outliner.importedGlobals + outliner.globals - 1,
    memoryMaximum: outliner.memoryMaximum,
    tableMaxima: outliner.tableMaxima,
    bodies: outliner.bodies,
    referenced: outliner.referenced,
  };
}

const SECTION_READ: ReadonlySet<number> = new Set([
  SECTION.import,
  SECTION.table,
  SECTION.memory,
  SECTION.global,
  SECTION.export,
  SECTION.element,
  SECTION.code,
]);
