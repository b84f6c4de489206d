import { formatValue } from '../catalog/format-value.ts';
import type { CapabilityHost, Catalog, ProgramRun, ProgramRunner } from '../catalog/port.ts';
import { type ExitCode, type Io, printLine } from '../io.ts';
import { renderPlace } from '../wat/diagnostics.ts';
import type { RunCommand } from './command-line.ts';
import { findProgram, isFile } from './program-source.ts';

export interface RunSurroundings<Context> {
  readonly catalog: Catalog;
  readonly capabilities: Pick<CapabilityHost<Context>, 'imports'>;
  readonly runner: ProgramRunner<Context>;
  readonly context: Context;
  readonly signal: AbortSignal;
}

/** `wattle run`: one program, no model. The result goes to standard output, what it cost to standard error. */
export async function runCommand<Context>(
  command: RunCommand,
  io: Io,
  surroundings: RunSurroundings<Context>,
): Promise<ExitCode> {
  const { catalog, capabilities, runner, context, signal } = surroundings;
  const program = await findProgram(command.program, command.args.length, catalog);
  const grants = command.grants ?? program.grants;
  // Refuses a grant that names no capability, as every command does.
  capabilities.imports(grants);
  const run = await runner.run({
    program: { ...program, grants },
    args: command.args,
    context,
    signal,
    limits: command.limits,
  });
  if (command.json) printJson(run, io);
  else print(run, isFile(command.program) ? program.body : null, io);
  return exitCodeOf(run);
}

function printJson(run: ProgramRun, io: Io): void {
  const { outcome, status, result, fuel, memoryBytes, durationMs, hostCalls, debug, error, place } = run;
  const shown = { outcome, status, result, fuel, memoryBytes, durationMs, hostCalls, debug, error, place };
  printLine(io.stdout, JSON.stringify(shown, jsonPart));
}

/** A `body` is shown to whoever wrote it: the place where it failed. */
function print(run: ProgramRun, body: string | null, io: Io): void {
  for (const line of run.debug) {
    printLine(io.stderr, `debug: ${line}`);
  }
  if (run.error !== null) {
    printLine(io.stderr, run.error);
  }
  if (run.place !== null && body !== null) {
    printLine(io.stderr, `at ${renderPlace(body, run.place)}`);
  }
  if (run.outcome === 'ok' && run.result !== null) {
    printLine(io.stdout, typeof run.result === 'string' ? run.result : formatValue(run.result));
  }
  printLine(
    io.stderr,
    `${run.status ?? run.outcome} · ${run.fuel} fuel · ${run.memoryBytes / 1024} KiB · ${run.durationMs.toFixed(1)} ms`,
  );
}

/** What JSON has no numbers for is text: an i64 its digits, NaN and infinities their names; bytes are hex. */
function jsonPart(_key: string, part: unknown): unknown {
  if (typeof part === 'bigint' || (typeof part === 'number' && !Number.isFinite(part))) return String(part);
  return part instanceof Uint8Array ? Buffer.from(part).toString('hex') : part;
}

/** Arguments that do not fit are the caller's mistake; all else that is not ok is failed work. */
function exitCodeOf(run: ProgramRun): ExitCode {
  if (run.outcome === 'ok') return 0;
  return run.outcome === 'invalid' && run.diagnostics.length === 0 ? 2 : 1;
}
