import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { splitProgramText } from '../catalog/frontmatter.ts';
import type { Catalog, ProgramDefinition } from '../catalog/port.ts';
import { parseProgramFile } from '../catalog/program-file.ts';
import { WattleError } from '../errors.ts';

/**
 * A program by its catalog name, or from a path that ends in `.wat`. A file without a header is a bare body:
 * it takes `argCount` strings and gives a string.
 *
 * @throws WattleError USAGE when there is no such program or file, or its header is wrong.
 */
export async function findProgram(
  reference: string,
  argCount: number,
  catalog: Catalog,
): Promise<ProgramDefinition> {
  if (reference.endsWith('.wat')) return readProgramFile(reference, argCount);
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

/** @throws WattleError USAGE when the file cannot be read or its header is wrong. */
export async function readProgramFile(path: string, argCount: number): Promise<ProgramDefinition> {
  const file = basename(path);
  const text = await readText(path);
  if (splitProgramText(text).toml === null) return bareProgram(file, text, argCount);
  const parsed = parseProgramFile(file, text);
  if (!parsed.ok) throw new WattleError('USAGE', `${path}: ${parsed.problem}`);
  return parsed.program;
}

function bareProgram(file: string, body: string, argCount: number): ProgramDefinition {
  const params = Array.from({ length: argCount }, (_, index) => ({
    name: `arg${index}`,
    type: { kind: 'string' } as const,
  }));
  return {
    name: basename(file, '.wat'),
    description: '',
    signature: { params, result: { kind: 'string' } },
    grants: [],
    body,
    examples: [],
  };
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      throw new WattleError('USAGE', `expected a readable file, but ${path} is not one (${error.code}).`, {
        cause: error,
      });
    }
    throw error;
  }
}
