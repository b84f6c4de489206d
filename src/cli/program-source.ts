import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { splitProgramText } from '../catalog/frontmatter.ts';
import type { Catalog, ProgramDefinition } from '../catalog/port.ts';
import { parseProgramFile } from '../catalog/program-file.ts';
import { decodeProgramText } from '../catalog/program-text.ts';
import { WattleError } from '../errors.ts';
import { parseSignature } from '../wat/signature.ts';
import type { Signature } from '../wat/types.ts';

/** A comment in front of a body that can be its signature. */
const FIRST_COMMENT = /^\s*;;[ \t]*(\(.*)/;
/** An arrow, a parameter with the beginning of its type, or no parameters at all. */
const LIKE_SIGNATURE = /->|^\(\s*\w+\s*:\s*([[{]|(bool|i32|i64|f64|string|bytes|list|option|map)\b)|^\(\s*\)/;

/**
 * A program by its catalog name, or from a path that ends in `.wat`. A file without a header is a bare body: its
 * signature stands in the comment at its beginning, else it takes `argCount` strings and gives a string.
 *
 * @throws WattleError USAGE when there is no such program or file, or its header or signature is wrong.
 */
export async function findProgram(
  reference: string,
  argCount: number,
  catalog: Catalog,
): Promise<ProgramDefinition> {
  if (isFile(reference)) return readProgramFile(reference, argCount);
  const program = catalog.get(reference);
  if (program === undefined) {
    const names = catalog.list().map(({ name }) => name);
    throw new WattleError(
      'USAGE',
      `expected a program of the catalog (${names.join(', ')}) or a path that ends in .wat, but ${JSON.stringify(reference)} came.`,
    );
  }
  return program;
}

/** Whether a program is meant by its path, not by its name. */
export function isFile(reference: string): boolean {
  return reference.endsWith('.wat');
}

/** @throws WattleError USAGE when the file cannot be read or its header or signature is wrong. */
export async function readProgramFile(path: string, argCount: number): Promise<ProgramDefinition> {
  const file = basename(path);
  const text = await readText(path);
  if (splitProgramText(text).toml === null) {
    const signature = signatureIn(path, text) ?? stringsToString(argCount);
    return { name: basename(file, '.wat'), description: '', signature, grants: [], body: text, examples: [] };
  }
  const parsed = parseProgramFile(file, text);
  if (!parsed.ok) throw new WattleError('USAGE', `${path}: ${parsed.problem}`);
  return parsed.program;
}

/** Null for a comment of another kind. @throws WattleError USAGE for one that is nearly a signature. */
function signatureIn(path: string, body: string): Signature | null {
  const comment = FIRST_COMMENT.exec(body)?.[1]?.trim();
  if (comment === undefined) return null;
  const parsed = parseSignature(comment);
  if (parsed.ok) return parsed.signature;
  if (!LIKE_SIGNATURE.test(comment)) return null;
  throw new WattleError(
    'USAGE',
    `${path}: signature, column ${parsed.diagnostic.column}: ${parsed.diagnostic.message}`,
  );
}

function stringsToString(count: number): Signature {
  const params = Array.from({ length: count }, (_, index) => ({
    name: `arg${index}`,
    type: { kind: 'string' } as const,
  }));
  return { params, result: { kind: 'string' } };
}

async function readText(path: string): Promise<string> {
  const text = decodeProgramText(await readBytes(path));
  if (text === null) throw new WattleError('USAGE', `expected UTF-8 text, but ${path} is none.`);
  return text;
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      throw new WattleError('USAGE', `expected a readable file, but ${path} is not one (${error.code}).`, {
        cause: error,
      });
    }
    throw error;
  }
}
