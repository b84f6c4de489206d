import { limitProblem } from '../engine/limits.ts';
import { neverBegan } from '../engine/never-began.ts';
import type { CompiledProgram, Engine, HostAnswer, HostCall, Limits, RunResult } from '../engine/port.ts';
import { WattleError } from '../errors.ts';
import { type Assembler, LANGUAGE_VERSION } from '../wat/assemble.ts';
import { renderDiagnostics } from '../wat/diagnostics.ts';
import type { Position } from '../wat/line-index.ts';
import { Problems } from '../wat/problems.ts';
import { readBody } from '../wat/reader.ts';
import { formatSignature, formatType } from '../wat/signature.ts';
import type { AssembleOutcome, Diagnostic, HostImport, ValueType, WireValue } from '../wat/types.ts';
import { decode, wireSize } from '../wat/wire.ts';
import { calledEffects } from './called-effects.ts';
import type {
  CapabilityHost,
  ProgramDefinition,
  ProgramDraft,
  ProgramRequest,
  ProgramRun,
  ProgramRunner,
} from './port.ts';
import { encodeArguments } from './program-arguments.ts';

/** Made once: to make it at each run takes seven times as long as the abort itself. */
const RUN_OVER = new DOMException('the run is over', 'AbortError');

export interface ProgramRunnerOptions<Context> {
  readonly assembler: Assembler;
  readonly engine: Pick<Engine, 'prepare' | 'run'>;
  readonly capabilities: CapabilityHost<Context>;
  /** For every run; a request may name others. */
  readonly limits: Limits;
}

type SignedDraft = ProgramDraft & Pick<ProgramDefinition, 'signature'>;

type Prepared =
  | { readonly ok: true; readonly program: CompiledProgram }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

type Decoded =
  | { readonly ok: true; readonly value: WireValue }
  | { readonly ok: false; readonly message: string };

/** Joins language, engine and capabilities: a program and loose arguments in, a typed result out. */
export function createProgramRunner<Context>(options: ProgramRunnerOptions<Context>): ProgramRunner<Context> {
  return {
    async prepare({ signature, ...draft }) {
      if (signature === null) return readOnly(draft, options.capabilities.names);
      const prepared = await prepareProgram({ ...draft, signature }, options.limits, options);
      return prepared.ok ? [] : prepared.diagnostics;
    },
    async effects(program) {
      const prepared = await prepareProgram(program, options.limits, options);
      return prepared.ok ? calledEffects(prepared.program) : [];
    },
    run: (request) => runProgram(request, options),
  };
}

async function runProgram<Context>(
  request: ProgramRequest<Context>,
  options: ProgramRunnerOptions<Context>,
): Promise<ProgramRun> {
  const { program, signal } = request;
  const limits = { ...options.limits, ...request.limits };
  const problem = limitProblem(limits);
  if (problem !== null) return invalidRun(problem, []);
  const encoded = encodeArguments(program.signature, request.args);
  if (!encoded.ok) return invalidRun(`${program.name}: ${encoded.message}`, []);
  const prepared = await prepareProgram(program, limits, options);
  if (!prepared.ok) {
    return invalidRun(renderDiagnostics(program.body, prepared.diagnostics), prepared.diagnostics);
  }
  const { result } = program.signature;
  const over = new AbortController();
  const run = await options.engine.run({
    program: prepared.program,
    args: encoded.args,
    resultSize: result === null ? 0 : wireSize(result),
    grants: [...new Set(prepared.program.imports.map(({ capability }) => capability))],
    limits,
    signal,
    onHostCall: answerAndReport(request, options.capabilities, over.signal),
  });
  over.abort(RUN_OVER);
  const error = withoutHidden(run.error, prepared.program.imports);
  const place = await placeInBody(run, assemblyOf(program, limits, options));
  return { ...presentRun({ ...run, error }, result), place };
}

/** Who runs a program seldom still has it as it was assembled, and few runs fail: it is assembled again. */
async function placeInBody({ place }: RunResult, { build }: Assembly): Promise<Position | null> {
  if (place === null) return null;
  const built = await build();
  return built.ok ? built.sourceOf(place) : null;
}

interface Assembly {
  readonly imports: readonly HostImport[];
  build(): Promise<AssembleOutcome>;
}

/** The grants are part of what is assembled, so the same body with other grants is another program. */
function assemblyOf(
  { body, grants, signature }: SignedDraft,
  { memoryPages }: Pick<Limits, 'memoryPages'>,
  { assembler, capabilities }: Pick<ProgramRunnerOptions<never>, 'assembler' | 'capabilities'>,
): Assembly {
  const imports = capabilities.imports(grants ?? capabilities.names);
  const memory = { initialPages: Math.min(1, memoryPages), maximumPages: memoryPages };
  return { imports, build: () => assembler.assemble(body, { imports, signature, memory }) };
}

export async function prepareProgram(
  program: SignedDraft,
  limits: Limits,
  options: Omit<ProgramRunnerOptions<never>, 'limits'>,
): Promise<Prepared> {
  const unclear = unknownGrants(program.grants, options.capabilities.names);
  if (unclear.length > 0) {
    // Which one was meant is not known, so the body is looked at as if it had all.
    const built = await assemblyOf({ ...program, grants: null }, limits, options).build();
    return { ok: false, diagnostics: [...unclear, ...(built.ok ? [] : built.diagnostics)] };
  }
  const { imports, build } = assemblyOf(program, limits, options);
  return options.engine.prepare({
    // The signature decides how arguments are read and the result is written, and the language what a body becomes.
    source: `${LANGUAGE_VERSION} ${formatSignature(program.signature)}\n${program.body}`,
    imports,
    limits,
    build,
  });
}

function answerAndReport<Context>(
  request: ProgramRequest<Context>,
  capabilities: CapabilityHost<Context>,
  over: AbortSignal,
): (call: HostCall) => Promise<HostAnswer> {
  const answerCall = capabilities.open(request.program.grants, request.context, over);
  return async (call) => {
    const name = `${call.capability}.${call.name}`;
    const answer = request.mayCall?.(name) ?? (await answerCall(call));
    request.onHostCall?.({
      name,
      status: answer.ok ? 'SUCCESS' : answer.status,
      message: answer.ok ? null : answer.message,
    });
    return answer;
  };
}

/** What the forms of the language call has no name that an author could look up. */
function withoutHidden(error: string | null, imports: readonly HostImport[]): string | null {
  const hidden = imports.find(
    (item) => item.hidden === true && error?.includes(`: ${item.capability}.${item.name}: `),
  );
  if (hidden === undefined || error === null) return error;
  return error.replace(`: ${hidden.capability}.${hidden.name}: `, () => ': ');
}

function presentRun(run: RunResult, type: ValueType | null): Omit<ProgramRun, 'place'> {
  const { result: wire, ...rest } = run;
  if (run.outcome !== 'ok' || type === null) return { ...rest, result: null, diagnostics: [] };
  const decoded = decodeResult(wire, type);
  if (decoded.ok) return { ...rest, result: decoded.value, diagnostics: [] };
  return {
    ...rest,
    outcome: 'status',
    status: 'ETRFM',
    result: null,
    error: decoded.message,
    diagnostics: [],
  };
}

function decodeResult(wire: Uint8Array | null, type: ValueType): Decoded {
  const expected = `expected a result of type ${formatType(type)}`;
  if (wire === null) return { ok: false, message: `${expected}, but the program handed over none` };
  try {
    return { ok: true, value: decode(wire, type) };
  } catch (error) {
    if (!(error instanceof WattleError) || error.code !== 'WIRE_INVALID') throw error;
    return { ok: false, message: `${expected}, but the bytes are none: ${error.message}` };
  }
}

function invalidRun(error: string, diagnostics: readonly Diagnostic[]): ProgramRun {
  return { ...neverBegan('invalid', error), result: null, diagnostics, place: null };
}

/** Without a signature nobody knows what names and types mean, but parentheses, strings and words stand on their own. */
function readOnly(
  { body, grants }: Omit<ProgramDraft, 'signature'>,
  names: readonly string[],
): readonly Diagnostic[] {
  const problems = new Problems();
  readBody(body, problems);
  return [...unknownGrants(grants, names), ...problems.toDiagnostics(body)];
}

/** One mistake for all of them, or none. */
function unknownGrants(grants: readonly string[] | null, known: readonly string[]): readonly Diagnostic[] {
  const unknown = grants?.filter((grant) => !known.includes(grant)) ?? [];
  if (unknown.length === 0) return [];
  const message = `unknown capability ${unknown.join(', ')} in the grants`;
  return [{ line: 1, column: 1, message, hint: `the capabilities are ${known.join(', ')}` }];
}
