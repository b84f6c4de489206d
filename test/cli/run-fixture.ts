import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { createProgramRunner } from '../../src/catalog/program-runner.ts';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import { runCommand } from '../../src/cli/run-command.ts';
import type { Assembler } from '../../src/wat/assemble.ts';
import { sessionContext } from '../capabilities/session-context.ts';
import { openWorkbench } from '../catalog/workbench.ts';
import { wasm } from '../engine/fixtures/wasm.ts';

export interface RunFixture {
  /** `wattle run --json WORDS FILE` with a file of this text. */
  run(text: string, ...words: readonly string[]): Promise<{ readonly code: number; readonly run: unknown }>;
  close(): Promise<void>;
}

/** The command line in this process, on the real language, engine and capabilities, its worker started. */
export async function openRunFixture(): Promise<RunFixture> {
  const bench = await openWorkbench([], { graceMs: 60_000 });
  const folder = await mkdtemp(join(tmpdir(), 'wattle-run-'));
  const runner = createProgramRunner({ ...bench, assembler: takingModules(bench.assembler) });
  const surroundings = {
    catalog: { list: () => [], get: () => undefined },
    capabilities: bench.capabilities,
    runner,
    signal: new AbortController().signal,
  };
  const run: RunFixture['run'] = async (text, ...words) => {
    const file = join(folder, 'program.wat');
    await writeFile(file, text);
    const command = parseCommandLine(['run', '--json', ...words, file]);
    if (command.name !== 'run') throw new Error(`read as ${command.name}`);
    const written: string[] = [];
    const code = await runCommand(command, ioInto(written), {
      ...surroundings,
      context: sessionContext(),
    });
    return { code, run: JSON.parse(written.join('')) };
  };
  await run(program('(i32.const 0)'));
  return {
    run,
    async close() {
      await bench.engine.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** A program file around a body that gives nothing. */
export function program(body: string, grants: readonly string[] = []): string {
  const header = ['name = "program"', 'description = "A sample."', 'signature = "()"'];
  const lines = [...header, `grants = ${JSON.stringify(grants)}`].map((line) => `;;| ${line}`);
  return [...lines, body].join('\n');
}

/** A program file that is a whole module around a body of `run`. */
export function module(fields: string, body = '(i32.const 0)'): string {
  return program(`(module ${fields} (func (export "run") (result i32) ${body}))`);
}

/** The language has no tables, so a program that is a whole module passes it by. */
function takingModules(assembler: Assembler): Assembler {
  return {
    assemble: async (body, options) =>
      body.trimStart().startsWith('(module')
        ? { ok: true, bytes: wasm(body), wat: body, heapBase: 4_096, result: null, sourceOf: () => null }
        : assembler.assemble(body, options),
  };
}

function ioInto(written: string[]) {
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  return { stdin: new PassThrough(), stdout, stderr: new PassThrough(), interactive: false };
}
