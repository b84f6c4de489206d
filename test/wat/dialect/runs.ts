import { afterAll } from 'vitest';
import type { ProgramRun } from '../../../src/catalog/port.ts';
import { createProgramRunner } from '../../../src/catalog/program-runner.ts';
import { sessionContext } from '../../capabilities/session-context.ts';
import { defineProgram, openWorkbench } from '../../catalog/workbench.ts';

const bench = await openWorkbench();
const context = sessionContext();

afterAll(async () => {
  await bench.engine.stop();
});

/** Runs a body of the dialect with the real assembler, engine and capabilities. */
export function runBody(signature: string, body: string, args: readonly unknown[] = []): Promise<ProgramRun> {
  return createProgramRunner(bench).run({
    program: defineProgram(signature, body, { grants: ['kv'] }),
    args,
    context,
    signal: new AbortController().signal,
  });
}

/** The result of a run that must succeed, else why it did not. */
export async function resultOf(
  signature: string,
  body: string,
  args: readonly unknown[] = [],
): Promise<unknown> {
  const run = await runBody(signature, body, args);
  return run.outcome === 'ok' ? run.result : `${run.outcome} ${run.status}: ${run.error}`;
}
