import type { Prompt } from '../agent/prompt.ts';
import { type ExitCode, type Io, printLine } from '../io.ts';

/** `wattle prompt`: what the model is given with every request, as JSON. */
export function promptCommand({ system, tools }: Prompt, io: Io): ExitCode {
  printLine(io.stdout, JSON.stringify({ system, tools }, null, 2));
  return 0;
}
