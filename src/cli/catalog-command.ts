import type { CatalogProblem } from '../catalog/catalog.ts';
import type { ExampleCheck } from '../catalog/check.ts';
import { formatValue } from '../catalog/format-value.ts';
import type { Catalog, Example, ProgramDefinition } from '../catalog/port.ts';
import { WattleError } from '../errors.ts';
import { type ExitCode, type Io, printLine } from '../io.ts';
import { formatSignature } from '../wat/signature.ts';

interface Output {
  readonly json: boolean;
  readonly io: Io;
}

/** `wattle catalog list`: a line a program and one for each that was left out, or one JSON array of the programs. */
export function listCommand(
  catalog: Catalog,
  problems: readonly CatalogProblem[],
  { json, io }: Output,
): ExitCode {
  const rows = catalog.list().map(describe);
  if (json) {
    printLine(io.stdout, JSON.stringify(rows));
    return 0;
  }
  for (const { name, signature, description } of rows) {
    printLine(io.stdout, `${name}${signature}  ${description}`);
  }
  for (const { file, problem } of problems) {
    printLine(io.stdout, `left out: ${file}: ${problem}`);
  }
  return 0;
}

/**
 * `wattle catalog show NAME`: all that is known of a program.
 *
 * @throws WattleError USAGE for a name that the catalog does not have.
 */
export function showCommand(catalog: Catalog, name: string, io: Io): ExitCode {
  const program = catalog.get(name);
  if (program === undefined) {
    const names = catalog.list().map((known) => known.name);
    throw new WattleError('USAGE', `expected one of ${names.join(', ')}, but ${JSON.stringify(name)} came.`);
  }
  const { signature, description, grants } = describe(program);
  printLine(io.stdout, `${name}${signature}\n${description}\ngrants: ${grants.join(', ') || 'none'}`);
  for (const example of program.examples) {
    printLine(io.stdout, `example: ${formatExample(name, example)}`);
  }
  printLine(io.stdout, `\n${program.body.trim()}`);
  return 0;
}

/** `wattle catalog check`: a line an example; 1 when one fails or a program could not be loaded. */
export function checkCommand(
  checks: readonly ExampleCheck[],
  problems: readonly CatalogProblem[],
  { json, io }: Output,
): ExitCode {
  const failed = checks.filter(({ passed }) => !passed);
  if (json) {
    printLine(io.stdout, JSON.stringify({ checks, problems }));
  } else {
    for (const check of checks) {
      printLine(io.stdout, formatCheck(check));
    }
    for (const { file, problem } of problems) {
      printLine(io.stdout, `FAIL ${file}: ${problem}`);
    }
    printLine(
      io.stdout,
      `${checks.length - failed.length} passed, ${failed.length + problems.length} failed`,
    );
  }
  return failed.length + problems.length === 0 ? 0 : 1;
}

function describe({ name, signature, description, grants }: ProgramDefinition) {
  return { name, signature: formatSignature(signature), description, grants };
}

function formatExample(name: string, { args, result, says }: Example): string {
  const call = `${name}(${args.map(formatValue).join(', ')}) = ${formatValue(result)}`;
  return says === null ? call : `${call}   "${says}"`;
}

function formatCheck({ program, example, passed, expected, actual }: ExampleCheck): string {
  const title = example === null ? program : `${program} #${example}`;
  return passed ? `ok   ${title}` : `FAIL ${title}: expected ${expected}, got ${actual}`;
}
