import type { HostAnswer } from '../engine/port.ts';
import { coerce } from '../wat/coerce.ts';
import { formatSignature, parseSignature } from '../wat/signature.ts';
import type { Signature, ValueType, WireValue } from '../wat/types.ts';
import { splitProgramText } from './frontmatter.ts';
import type { Example, ProgramDefinition, RecordedCall } from './port.ts';
import { type HeaderExample, type ProgramHeader, parseProgramHeader } from './program-header.ts';

const EXTENSION = '.wat';

export type ProgramFileOutcome =
  | { readonly ok: true; readonly program: ProgramDefinition }
  | { readonly ok: false; readonly problem: string };

type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** The file that a program of this name must be in. */
export function programFileName(name: string): string {
  return `${name}${EXTENSION}`;
}

export function isProgramFile(file: string): boolean {
  return file.endsWith(EXTENSION);
}

/** Reads a program with its header (catalog/README.md says how it is written). The body is not assembled yet. */
export function parseProgramFile(file: string, text: string): ProgramFileOutcome {
  const { toml, body } = splitProgramText(text);
  if (toml === null) return refuse('expected a header of lines that begin with ";;|" at the top, found none');
  const parsed = parseProgramHeader(toml);
  if (!parsed.ok) return parsed;
  const { header } = parsed;
  if (programFileName(header.name) !== file) {
    return refuse(`name: expected the file's own name, got "${header.name}" in ${file}`);
  }
  if (body.trim() === '') return refuse('expected a function body after the header, found nothing');
  return defineProgram(header, body);
}

function defineProgram(header: ProgramHeader, body: string): ProgramFileOutcome {
  const parsed = parseSignature(header.signature);
  if (!parsed.ok) {
    const { column, message, hint } = parsed.diagnostic;
    return refuse(`signature, column ${column}: ${message}${hint === null ? '' : ` (${hint})`}`);
  }
  const { signature } = parsed;
  const examples = collect(header.example.map((example, index) => readExample(example, index, signature)));
  if (!examples.ok) return examples;
  const { name, description } = header;
  const grants = [...new Set(header.grants)];
  return { ok: true, program: { name, description, signature, grants, body, examples: examples.value } };
}

function readExample(example: HeaderExample, index: number, signature: Signature): Read<Example> {
  const place = `example.${index + 1}`;
  const { length } = signature.params;
  if (example.args.length !== length) {
    return refuse(
      `${place}.args: expected ${length} for ${formatSignature(signature)}, got ${example.args.length}`,
    );
  }
  const args = collect(
    signature.params.map(({ name, type }, at) =>
      readValue(example.args[at], type, `${place}.args (${name})`),
    ),
  );
  if (!args.ok) return args;
  const result = readResult(example.result, signature.result, `${place}.result`);
  if (!result.ok) return result;
  const host = example.host.map(toRecordedCall);
  return { ok: true, value: { args: args.value, result: result.value, says: example.says ?? null, host } };
}

function readResult(result: unknown, type: ValueType | null, place: string): Read<WireValue> {
  if (type !== null) return readValue(result, type, place);
  if (result === undefined) return { ok: true, value: null };
  return refuse(`${place}: expected none, as the signature has no result`);
}

function readValue(value: unknown, type: ValueType, place: string): Read<WireValue> {
  const coerced = coerce(value, type);
  return coerced.ok ? coerced : refuse(`${place}: ${coerced.message}`);
}

function toRecordedCall({ call, args, value, status, message }: HeaderExample['host'][number]): RecordedCall {
  const answer: HostAnswer =
    status === undefined
      ? { ok: true, value: value ?? null }
      : { ok: false, status, message: message ?? status };
  return args === undefined ? { call, answer } : { call, args, answer };
}

/** All values, or the first problem. */
function collect<T>(reads: readonly Read<T>[]): Read<readonly T[]> {
  const values: T[] = [];
  for (const read of reads) {
    if (!read.ok) return read;
    values.push(read.value);
  }
  return { ok: true, value: values };
}

function refuse(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}
