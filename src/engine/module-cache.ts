import { effortProblem } from './compile-effort.ts';
import { COUNTER_EXPORT } from './host-module.ts';
import { heapBytesOf } from './instance-size.ts';
import { meter } from './meter.ts';
import { WASMTIME_COSTS } from './metering/costs.ts';
import { importMemory } from './metering/memory-import.ts';
import { shapeProblem } from './module-shape.ts';
import type { CompiledProgram, PrepareOutcome, PrepareRequest } from './port.ts';
import { ProgramHasher } from './program-hash.ts';
import { typeProblem } from './type-problem.ts';
import { verify } from './verify.ts';

export interface ModuleCacheOptions {
  /** Bounds of what is kept; the least recently used goes first. */
  readonly programs: number;
  readonly bytes: number;
}

export interface CacheStats {
  readonly hits: number;
  readonly misses: number;
  readonly programs: number;
  /** Bytes of the metered modules. */
  readonly bytes: number;
}

interface Entry {
  readonly program: CompiledProgram;
  readonly size: number;
}

/**
 * V8 takes a module of this size in well under a millisecond. To hand it to another thread and to wait for that
 * thread costs more, and on a busy machine many times more.
 */
const AT_ONCE_BYTES = 16 * 1024;

type Refused = Extract<PrepareOutcome, { readonly ok: false }>;
type Compiled = { readonly ok: true; readonly entry: Entry } | Refused;

/** Prepares programs, and keeps them by the hash of all that they are made from. */
export class ModuleCache {
  readonly #options: ModuleCacheOptions;
  readonly #hasher = new ProgramHasher();
  /** In order of use. */
  readonly #entries = new Map<string, Entry>();
  readonly #building = new Map<string, Promise<Compiled>>();
  #bytes = 0;
  #hits = 0;
  #misses = 0;

  constructor(options: ModuleCacheOptions) {
    this.#options = options;
  }

  get stats(): CacheStats {
    return { hits: this.#hits, misses: this.#misses, programs: this.#entries.size, bytes: this.#bytes };
  }

  async prepare(request: PrepareRequest): Promise<PrepareOutcome> {
    const hash = this.#hasher.hash(request, WASMTIME_COSTS);
    const kept = this.#entries.get(hash);
    if (kept !== undefined) {
      this.#hits += 1;
      this.#entries.delete(hash);
      this.#entries.set(hash, kept);
      return { ok: true, program: kept.program, cached: true };
    }
    const underWay = this.#building.get(hash);
    if (underWay !== undefined) {
      this.#hits += 1;
      return outcome(await underWay, true);
    }
    this.#misses += 1;
    return outcome(await this.#build(hash, request), false);
  }

  async #build(hash: string, request: PrepareRequest): Promise<Compiled> {
    const building = compile(hash, request);
    this.#building.set(hash, building);
    try {
      const compiled = await building;
      if (compiled.ok) this.#keep(hash, compiled.entry);
      return compiled;
    } finally {
      this.#building.delete(hash);
    }
  }

  #keep(hash: string, entry: Entry): void {
    this.#entries.set(hash, entry);
    this.#bytes += entry.size;
    for (const [oldest, { size }] of this.#entries) {
      if (this.#entries.size <= this.#options.programs && this.#bytes <= this.#options.bytes) return;
      this.#entries.delete(oldest);
      this.#bytes -= size;
    }
  }
}

function outcome(compiled: Compiled, cached: boolean): PrepareOutcome {
  return compiled.ok ? { ok: true, program: compiled.entry.program, cached } : compiled;
}

/** Build, meter, verify, compile: nothing that was not verified is ever compiled. */
async function compile(hash: string, request: PrepareRequest): Promise<Compiled> {
  const built = await request.build();
  if (!built.ok) return built;
  // V8 itself looks at the bytes for the first time when they are metered.
  const problem = shapeProblem(built.bytes, request.limits) ?? effortProblem(built.bytes);
  if (problem !== null) return refused(problem);
  const metered = meter(built.bytes, {
    exportCounter: COUNTER_EXPORT,
    onEmpty: 'call',
    maximumPages: request.limits.memoryPages,
    maximumTableElements: request.limits.tableElements,
    maximumCallDepth: request.limits.callDepth,
  });
  if (!metered.ok) return refused(`the module cannot be metered: ${metered.reason} (byte ${metered.offset})`);
  const unfit = typeProblem(built.bytes, request.imports);
  if (unfit !== null) return refused(unfit);
  const { bytes, memory } = importMemory(metered.bytes);
  const verified = verify(bytes, { maximumCallDepth: request.limits.callDepth });
  if (!verified.ok)
    return refused(`the metered module is refused: ${verified.reason} (byte ${verified.offset})`);
  const atOnce = bytes.length <= AT_ONCE_BYTES;
  const module = atOnce ? new WebAssembly.Module(bytes) : await WebAssembly.compile(bytes);
  const program = Object.freeze({
    hash,
    module,
    code: bytes,
    heapBase: built.heapBase,
    heapBytes: heapBytesOf(built.bytes, request.limits),
    memory,
    imports: request.imports,
  });
  return { ok: true, entry: { program, size: bytes.length } };
}

/** What is wrong with a whole module has no place in the source. */
function refused(message: string): Refused {
  return { ok: false, diagnostics: [{ line: 1, column: 1, message, hint: null }] };
}
