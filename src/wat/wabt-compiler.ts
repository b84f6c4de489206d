import loadWabt from 'wabt';
import { WattleError } from '../errors.ts';

/** One error as wabt reports it, at a place in the module text; lines and columns from 0. */
export interface WabtError {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type CompileOutcome =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly errors: readonly WabtError[] };

type Wabt = Awaited<ReturnType<typeof loadWabt>>;
type WabtModule = ReturnType<Wabt['parseWat']>;

const FEATURES = {
  mutable_globals: true,
  sat_float_to_int: true,
  sign_extension: true,
  multi_value: true,
  bulk_memory: true,
  exceptions: false,
  simd: false,
  threads: false,
  function_references: false,
  tail_call: false,
  reference_types: false,
  annotations: false,
  code_metadata: false,
  gc: false,
  memory64: false,
  extended_const: false,
  relaxed_simd: false,
};
/** wabt's errors begin with this; the source lines that it quotes are indented, and so never look like one. */
const FILE = 'module';
const ERROR_LINE = /^module:(\d+):(\d+): error: (.*)$/gm;
const REFUSED = /^(parseWat|validate) failed:\n/;
const MAX_ERRORS = 100;

/** Compiles module text with one loaded wabt. */
export class WabtCompiler {
  readonly #wabt: Wabt;

  constructor(wabt: Wabt) {
    this.#wabt = wabt;
  }

  static async load(): Promise<WabtCompiler> {
    return new WabtCompiler(await loadWabt());
  }

  /** `wat` must be ASCII: wabt's binding writes one byte a character. */
  compile(wat: string): CompileOutcome {
    let module: WabtModule | null = null;
    try {
      module = this.#wabt.parseWat(FILE, wat, FEATURES);
      module.validate();
      return { ok: true, bytes: new Uint8Array(module.toBinary({}).buffer) };
    } catch (error) {
      return { ok: false, errors: errorsIn(error) };
    } finally {
      module?.destroy();
    }
  }
}

function errorsIn(error: unknown): WabtError[] {
  const text = error instanceof Error ? error.message : '';
  const errors: WabtError[] = [];
  for (const [, line, column, message = ''] of REFUSED.test(text) ? text.matchAll(ERROR_LINE) : []) {
    if (errors.length === MAX_ERRORS) break;
    errors.push({ line: Number(line) - 1, column: Number(column) - 1, message });
  }
  if (errors.length === 0) throw new WattleError('INTERNAL', 'the assembler wabt failed', { cause: error });
  return errors;
}
