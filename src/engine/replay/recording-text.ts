import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { expectedWords } from './expected-words.ts';
import { bytesToJson, hostValueToJson } from './host-value-json.ts';
import { RECORDING_BYTES, type RecordedCall, type RunRecording } from './recording.ts';
import { type CALL, RECORDING, RECORDING_VERSION } from './recording-schema.ts';

/** A program as its author wrote it, all in text. */
export interface RecordedProgram {
  readonly name: string;
  readonly signature: string;
  /** Capability names beside `core`. */
  readonly grants: readonly string[];
  readonly body: string;
}

export type ReadRecording =
  | {
      readonly ok: true;
      readonly program: RecordedProgram;
      /** Whether the program is still the one that was recorded. */
      readonly untouched: boolean;
      readonly recording: RunRecording;
    }
  | { readonly ok: false; readonly problem: string };

/** The mistakes of a file that is no recording at all have no end. */
const PROBLEM_LENGTH = 1_000;

/** What a file begins with that holds a recording. */
export const RECORDING_START = /^\s*\{\s*"wattleRecording"/;

/** A recording as JSON, with the program in it; null for one that is larger than may be read again. */
export function formatRecording(program: RecordedProgram, recording: RunRecording): string | null {
  const { name, signature, grants, body } = program;
  const { module, args, limits, hostCalls, result } = recording;
  const text = JSON.stringify(
    {
      wattleRecording: RECORDING_VERSION,
      program: { name, signature, grants, body, digest: digestOf(program) },
      module,
      args: args.map(bytesToJson),
      limits,
      hostCalls: hostCalls.map(callToJson),
      result: { ...result, result: result.result === null ? null : bytesToJson(result.result) },
    } satisfies z.input<typeof RECORDING>,
    null,
    2,
  );
  return Buffer.byteLength(text) < RECORDING_BYTES ? `${text}\n` : null;
}

/** Reads what `formatRecording` wrote. The problem names what was expected and what came. */
export function parseRecording(text: string): ReadRecording {
  const document = parseJson(text);
  if (!document.ok) return document;
  const version = versionOf(document.value);
  if (version !== RECORDING_VERSION) {
    return refused(`expected a recording with "wattleRecording": ${RECORDING_VERSION}, got ${version}`);
  }
  const checked = RECORDING.safeParse(document.value, { error: expectedWords });
  if (!checked.success) {
    return refused(checked.error.issues.map(describeIssue).join('; ').slice(0, PROBLEM_LENGTH));
  }
  const { program, wattleRecording: _, ...recording } = checked.data;
  return { ok: true, program, untouched: program.digest === digestOf(program), recording };
}

function callToJson({ call, args, answer }: RecordedCall): z.input<typeof CALL> {
  return {
    call,
    ...(args === undefined ? {} : { args: args.map(hostValueToJson) }),
    ...answerToJson(answer),
  };
}

function answerToJson(answer: RecordedCall['answer']) {
  if (answer === null) return { ended: 'unanswered' } as const;
  if ('failed' in answer) return { ended: 'threw' } as const;
  if (!answer.ok) return { status: answer.status, message: answer.message };
  return answer.value === null ? {} : { value: hostValueToJson(answer.value) };
}

/** Of all that an author can change. */
function digestOf({ signature, grants, body }: RecordedProgram): string {
  return createHash('sha256')
    .update(JSON.stringify([signature, grants, body]))
    .digest('hex');
}

function parseJson(
  text: string,
): { readonly ok: true; readonly value: unknown } | ReturnType<typeof refused> {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refused(`expected JSON: ${error.message}`);
  }
}

function versionOf(value: unknown): string | number {
  const version =
    typeof value === 'object' && value !== null && 'wattleRecording' in value
      ? value.wattleRecording
      : 'none';
  return typeof version === 'number' ? version : JSON.stringify(version);
}

/** `hostCalls.2.call: ...`, counted from 1 as people do. */
function describeIssue({ path, message }: z.core.$ZodIssue): string {
  const place = path.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join('.');
  return place === '' ? message : `${place}: ${message}`;
}

function refused(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}
