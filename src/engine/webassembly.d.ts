/** The WebAssembly JavaScript interface of Node 24, JSPI included; TypeScript has it only in its DOM library. */
declare namespace WebAssembly {
  type ExternKind = 'function' | 'table' | 'memory' | 'global';
  type ValueKind = 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'externref' | 'anyfunc';

  interface ModuleImportDescriptor {
    readonly module: string;
    readonly name: string;
    readonly kind: ExternKind;
  }

  interface ModuleExportDescriptor {
    readonly name: string;
    readonly kind: ExternKind;
  }

  class Module {
    constructor(bytes: BufferSource);
    static imports(module: Module): ModuleImportDescriptor[];
    static exports(module: Module): ModuleExportDescriptor[];
    static customSections(module: Module, name: string): ArrayBuffer[];
  }

  /** Only the module knows the types of its imports and exports. */
  type ImportedFunction = (...args: never[]) => unknown;
  type ExportedFunction = (...args: unknown[]) => unknown;
  type ImportValue = ImportedFunction | Suspending | Memory | Global | Table | number | bigint;
  type ImportObject = Readonly<Record<string, Readonly<Record<string, ImportValue>>>>;
  type ExportValue = ExportedFunction | Memory | Global | Table;

  class Instance {
    constructor(module: Module, imports?: ImportObject);
    readonly exports: Readonly<Record<string, ExportValue>>;
  }

  interface MemoryDescriptor {
    /** Pages of 64 KiB. */
    readonly initial: number;
    readonly maximum?: number;
  }

  class Memory {
    constructor(descriptor: MemoryDescriptor);
    readonly buffer: ArrayBuffer;
    /** Adds pages and answers how many there were; throws a RangeError when there is no room. */
    grow(pages: number): number;
  }

  interface GlobalDescriptor {
    readonly value: ValueKind;
    readonly mutable?: boolean;
  }

  class Global {
    constructor(descriptor: GlobalDescriptor, value?: unknown);
    value: unknown;
    valueOf(): unknown;
  }

  interface TableDescriptor {
    readonly element: 'anyfunc' | 'externref';
    readonly initial: number;
    readonly maximum?: number;
  }

  class Table {
    constructor(descriptor: TableDescriptor, value?: unknown);
    readonly length: number;
    get(index: number): unknown;
    set(index: number, value?: unknown): void;
    grow(by: number, value?: unknown): number;
  }

  class CompileError extends Error {}
  class LinkError extends Error {}
  class RuntimeError extends Error {}

  /** An import that suspends the calling stack until the promise of its function settles. */
  class Suspending {
    constructor(implementation: ImportedFunction);
  }

  interface InstantiatedSource {
    readonly module: Module;
    readonly instance: Instance;
  }

  function validate(bytes: BufferSource): boolean;
  function compile(bytes: BufferSource): Promise<Module>;
  function instantiate(bytes: BufferSource, imports?: ImportObject): Promise<InstantiatedSource>;
  function instantiate(module: Module, imports?: ImportObject): Promise<Instance>;
  /** Wraps an exported function so that it may suspend: it answers a promise of its result. */
  function promising(exported: ExportedFunction): (...args: unknown[]) => Promise<unknown>;
}
