import { WattleError } from '../errors.ts';
import type { BodyScope } from './body-scope.ts';
import { checkBody } from './check-body.ts';
import { compileModule, type ModuleCompiler } from './compile-module.ts';
import { type Elaborated, elaborate } from './dialect/elaborate.ts';
import { emitBody, type PrintedBody } from './emit.ts';
import { type FlatBody, flattenBody, offsetOf } from './flat-body.ts';
import { ImportNames } from './import-names.ts';
import { Labels } from './labels.ts';
import { LineIndex, type Position } from './line-index.ts';
import { hoistLocals, Locals } from './locals.ts';
import { Problems } from './problems.ts';
import { readBody } from './reader.ts';
import { formatType } from './signature.ts';
import { StaticData } from './static-data.ts';
import type { Node } from './syntax.ts';
import { type ModuleFrame, printModule } from './template.ts';
import type {
  AssembledBody,
  AssembleOptions,
  AssembleOutcome,
  CodePlace,
  HostImport,
  ValueType,
} from './types.ts';
import { WabtCompiler } from './wabt-compiler.ts';

/** Counts up when bodies become other modules than before, so that a recording says what it is from. */
export const LANGUAGE_VERSION = 4;

/** A hundred times a long program; the passes over it hold up everything else for some tenths of a second at most. */
const MAX_BODY_BYTES = 256 * 1024;
const PAGE_BYTES = 64 * 1024;
const MAX_PAGES = 65_536;

/** Turns WAT-plus bodies into modules. Mistakes in a body are outcomes; it throws for wrong options only. */
export interface Assembler {
  assemble(body: string, options: AssembleOptions): Promise<AssembleOutcome>;
}

/** Loads wabt, which takes ten times what a body takes; what it gives can be used any number of times. */
export async function loadAssembler(): Promise<Assembler> {
  return createAssembler(await WabtCompiler.load());
}

export function createAssembler(compiler: ModuleCompiler): Assembler {
  const names = new ImportNames();
  return { assemble: async (body, options) => new Assembly(body, options, names).run(compiler) };
}

let shared: Promise<Assembler> | null = null;

/**
 * Assembles one body with an assembler that all callers share.
 * @throws WattleError CONFIG_INVALID for page numbers, INTERNAL for imports that cannot be named in WAT
 */
export async function assemble(body: string, options: AssembleOptions): Promise<AssembleOutcome> {
  const assembler = await loadShared();
  return assembler.assemble(body, options);
}

async function loadShared(): Promise<Assembler> {
  shared ??= loadAssembler();
  try {
    return await shared;
  } catch (error) {
    // The next caller tries again.
    shared = null;
    throw error;
  }
}

class Assembly {
  readonly #body: string;
  readonly #options: AssembleOptions;
  readonly #problems = new Problems();
  readonly #names: ImportNames;
  readonly #functions: ReadonlyMap<string, HostImport>;
  readonly #data: StaticData;
  readonly #index: LineIndex;

  constructor(body: string, options: AssembleOptions, names: ImportNames) {
    checkOptions(options);
    this.#body = body;
    this.#index = new LineIndex(body);
    this.#options = options;
    this.#names = names;
    this.#functions = names.byName(options.imports);
    this.#data = new StaticData(options.memory.maximumPages * PAGE_BYTES);
  }

  async run(compiler: ModuleCompiler): Promise<AssembleOutcome> {
    if (Buffer.byteLength(this.#body) > MAX_BODY_BYTES) {
      this.#problems.report(
        0,
        `the body is longer than ${MAX_BODY_BYTES} bytes`,
        'split the work over several programs',
      );
      return this.#failed();
    }
    const { nodes, sound } = readBody(this.#body, this.#problems);
    if (!sound) return this.#failed();
    const locals = new Locals(this.#problems);
    const hoisted = hoistLocals(nodes, locals, this.#problems);
    const {
      nodes: plain,
      result,
      unknown,
      excused,
    } = elaborate(hoisted, {
      locals,
      problems: this.#problems,
      functions: this.#functions,
      signature: this.#options.signature ?? null,
      lineOf: (at) => this.#index.lineOf(at),
    });
    const scope = this.#check(plain, locals, excused);
    if (!this.#problems.found) checkBody(unknown, scope);
    return this.#problems.found ? this.#failed() : this.#compile({ nodes: plain, result }, scope, compiler);
  }

  #check(nodes: readonly Node[], locals: Locals, excused: ReadonlySet<string>): BodyScope {
    const scope: BodyScope = {
      problems: this.#problems,
      locals,
      args: this.#options.signature?.params.map(({ name }) => `$${name}`) ?? [],
      functions: this.#functions,
      labels: new Labels(),
      used: new Set(),
      calls: new Map(),
      told: new Set(excused),
    };
    if (nodes.length === 0) this.#reportEmpty();
    checkBody(nodes, scope);
    return scope;
  }

  #reportEmpty(): void {
    if (this.#problems.found) return;
    const end = this.#body.trimEnd().length;
    const result = this.#options.signature?.result ?? null;
    const smallest =
      result === null
        ? 'the smallest program is (i32.const 0)'
        : `end with a value of type ${formatType(result)}, which is the result`;
    this.#problems.report(end, 'the body has no instructions', smallest);
  }

  async #compile(
    { nodes, result }: Pick<Elaborated, 'nodes' | 'result'>,
    scope: BodyScope,
    compiler: ModuleCompiler,
  ): Promise<AssembleOutcome> {
    const imports = [...this.#functions.values()]
      .filter((item) => scope.used.has(item))
      .map((item) => this.#names.named(item));
    const code = { nodes, data: this.#data, locals: scope.locals, imports };
    const flat = flattenBody(code);
    if (!this.#dataFits()) return this.#failed();
    const frame = { imports, pages: this.#pages(), data: this.#data, locals: scope.locals };
    const printed = { nodes, index: this.#index, data: this.#data };
    const bytes = await compileModule({ frame, flat, printed, calls: scope.calls }, compiler, this.#problems);
    if (bytes === null) return this.#failed();
    return new AssembledModule(bytes, { frame, printed, code, heapBase: this.#data.end, result });
  }

  #dataFits(): boolean {
    const { overflow, end } = this.#data;
    if (overflow === null) return true;
    const room = this.#options.memory.maximumPages * PAGE_BYTES;
    this.#problems.report(
      overflow.at,
      `the strings reach up to byte ${end}, but the memory has at most ${room} bytes`,
      'make them shorter, or read long texts from outside',
    );
    return false;
  }

  #pages(): { initial: number; maximum: number } {
    const { initialPages, maximumPages } = this.#options.memory;
    const forData = this.#data.items.length === 0 ? 0 : Math.ceil(this.#data.end / PAGE_BYTES);
    return { initial: Math.max(initialPages, forData), maximum: maximumPages };
  }

  #failed(): AssembleOutcome {
    return { ok: false, diagnostics: this.#problems.toDiagnostics(this.#body) };
  }
}

interface ModuleParts extends Pick<AssembledBody, 'heapBase' | 'result'> {
  readonly frame: ModuleFrame;
  readonly printed: PrintedBody;
  readonly code: FlatBody;
}

/** A class, as V8 keeps what the getter of an object literal can reach until it collects everything. */
class AssembledModule implements AssembledBody {
  readonly ok = true;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly heapBase: number;
  readonly result: ValueType | null;
  readonly #parts: ModuleParts;

  constructor(bytes: Uint8Array<ArrayBuffer>, parts: ModuleParts) {
    this.bytes = bytes;
    this.heapBase = parts.heapBase;
    this.result = parts.result;
    this.#parts = parts;
  }

  /** Few ask for it, and it costs a tenth of the whole. */
  get wat(): string {
    return printModule(this.#parts.frame, emitBody(this.#parts.printed)).wat;
  }

  sourceOf(place: CodePlace): Position | null {
    const { code, printed } = this.#parts;
    const offset = offsetOf(code, place);
    return offset === null ? null : printed.index.positionOf(offset);
  }
}

function checkOptions({ memory }: AssembleOptions): void {
  const { initialPages, maximumPages } = memory;
  const pages = [initialPages, maximumPages];
  if (!pages.every((count) => Number.isInteger(count) && count >= 0 && count <= MAX_PAGES))
    throw new WattleError(
      'CONFIG_INVALID',
      `memory pages must be integers from 0 to ${MAX_PAGES}, got ${pages.join(' and ')}`,
    );
  if (initialPages > maximumPages)
    throw new WattleError(
      'CONFIG_INVALID',
      `${initialPages} initial memory pages are more than the maximum of ${maximumPages}`,
    );
}
