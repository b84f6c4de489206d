import type { RunRecording } from '../engine/replay/recording.ts';
import type { RecordedProgram } from '../engine/replay/recording-text.ts';
import { type Replay, replay } from '../engine/replay/replay.ts';
import { WattleError } from '../errors.ts';
import { renderDiagnostics } from '../wat/diagnostics.ts';
import { parseSignature } from '../wat/signature.ts';
import type { ValueType } from '../wat/types.ts';
import { decode, wireSize } from '../wat/wire.ts';
import { formatValue } from './format-value.ts';
import type { ProgramDefinition } from './port.ts';
import { type ProgramRunnerOptions, prepareProgram } from './program-runner.ts';

export interface ReplayOptions extends Omit<ProgramRunnerOptions<never>, 'limits'> {
  readonly signal: AbortSignal;
}

export type ProgramReplay =
  | { readonly ok: true; readonly replay: Replay }
  /** The program does not compile here; the problem is for people. */
  | { readonly ok: false; readonly problem: string };

/** Assembles a recorded program again and replays its run. No capability is asked for anything. */
export async function replayProgram(
  { name, signature, grants, body }: RecordedProgram,
  recording: RunRecording,
  options: ReplayOptions,
): Promise<ProgramReplay> {
  const parsed = parseSignature(signature);
  if (!parsed.ok) return { ok: false, problem: renderDiagnostics(signature, [parsed.diagnostic]) };
  const program: ProgramDefinition = {
    name,
    description: '',
    signature: parsed.signature,
    grants,
    body,
    examples: [],
  };
  const prepared = await prepareProgram(program, recording.limits, options);
  if (!prepared.ok) return { ok: false, problem: renderDiagnostics(body, prepared.diagnostics) };
  const { result } = parsed.signature;
  const request = {
    program: prepared.program,
    resultSize: result === null ? 0 : wireSize(result),
    grants: [...new Set(prepared.program.imports.map(({ capability }) => capability))],
    signal: options.signal,
    describeResult: (wire: Uint8Array) => describe(wire, result),
  };
  return { ok: true, replay: await replay(options.engine, request, recording) };
}

function describe(wire: Uint8Array, type: ValueType | null): string {
  const hex = `0x${Buffer.from(wire).toString('hex')}`;
  if (type === null) return hex;
  try {
    return formatValue(decode(wire, type));
  } catch (error) {
    if (!(error instanceof WattleError) || error.code !== 'WIRE_INVALID') throw error;
    return hex;
  }
}
