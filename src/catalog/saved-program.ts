import { hash } from 'node:crypto';
import { z } from 'zod';
import { WattleError } from '../errors.ts';
import { coerce } from '../wat/coerce.ts';
import { formatSignature, parseSignature } from '../wat/signature.ts';
import type { Signature, ValueType, WireValue } from '../wat/types.ts';
import { decode, encode } from '../wat/wire.ts';
import type { Example, KeptExample, KeptRun, ProgramDefinition, ProgramRun, SavedProgram } from './port.ts';

/** Characters of a body that is kept; no program that a person would want again comes near. */
const MAX_BODY = 32_768;
/** Characters of an example in base64, arguments and result together. */
const MAX_EXAMPLE = 4_096;

const EXAMPLE = z.object({ args: z.array(z.string()), result: z.string().nullable() });
const KEPT_RUN = z.object({
  title: z.string(),
  signature: z.string(),
  grants: z.array(z.string()),
  body: z.string(),
  example: EXAMPLE.nullable(),
});
const SAVED_PROGRAM = KEPT_RUN.omit({ title: true }).extend({
  name: z.string(),
  description: z.string(),
  hash: z.string(),
  savedBy: z.string(),
  savedAt: z.number(),
});

export type SavedProgramOutcome =
  | { readonly ok: true; readonly program: SavedProgram }
  | { readonly ok: false; readonly reason: string };

/** What of a run that worked can be stored, or null when its body is too long for that. */
export function keepRun(
  program: ProgramDefinition,
  args: readonly unknown[],
  run: Pick<ProgramRun, 'result' | 'hostCalls'>,
): KeptRun | null {
  const { description, signature, grants, body } = program;
  if (body.length > MAX_BODY) return null;
  const example = run.hostCalls.length === 0 ? keepExample(signature, args, run.result) : null;
  return { title: description, signature: formatSignature(signature), grants, body, example };
}

/** Checks a run that comes from the store. Null for anything else. */
export function readKeptRun(stored: unknown): KeptRun | null {
  const parsed = KEPT_RUN.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

/** Checks a program that comes from the store: its shape, and that it is still what was saved. */
export function readSavedProgram(stored: unknown): SavedProgramOutcome {
  const parsed = SAVED_PROGRAM.safeParse(stored);
  if (!parsed.success) return { ok: false, reason: z.prettifyError(parsed.error) };
  const program = parsed.data;
  if (hashSource(program) === program.hash) return { ok: true, program };
  return { ok: false, reason: 'its hash is not the one that was saved with it' };
}

/** A sha-256, in hexadecimal digits, of what decides what a program does. */
export function hashSource({ signature, grants, body }: Omit<KeptRun, 'title' | 'example'>): string {
  return hash('sha256', JSON.stringify([signature, grants, body]));
}

/** A saved program ready to be run, with those of its grants that are still given; null for a signature that is none. */
export function defineSaved(saved: SavedProgram, grants: readonly string[]): ProgramDefinition | null {
  const parsed = parseSignature(saved.signature);
  if (!parsed.ok) return null;
  const { name, description, body, example } = saved;
  const { signature } = parsed;
  const read = example === null ? null : readExample(example, signature);
  return {
    name,
    description,
    signature,
    grants: saved.grants.filter((grant) => grants.includes(grant)),
    body,
    examples: read === null ? [] : [read],
  };
}

function keepExample(
  { params, result: type }: Signature,
  values: readonly unknown[],
  result: WireValue,
): KeptExample | null {
  const args: string[] = [];
  for (const [index, param] of params.entries()) {
    const coerced = coerce(values[index], param.type);
    if (!coerced.ok) return null;
    args.push(toText(coerced.value, param.type));
  }
  const example = { args, result: type === null ? null : toText(result, type) };
  return JSON.stringify(example).length <= MAX_EXAMPLE ? example : null;
}

function readExample({ args, result }: KeptExample, signature: Signature): Example | null {
  try {
    const values = signature.params.map(({ type }, index) => fromText(args[index] ?? '', type));
    const given = signature.result === null ? null : fromText(result ?? '', signature.result);
    return { args: values, result: given, says: null, host: [] };
  } catch (error) {
    if (!(error instanceof WattleError) || error.code !== 'WIRE_INVALID') throw error;
    return null;
  }
}

function toText(value: WireValue, type: ValueType): string {
  return Buffer.from(encode(value, type)).toString('base64');
}

function fromText(text: string, type: ValueType): WireValue {
  return decode(Buffer.from(text, 'base64'), type);
}
