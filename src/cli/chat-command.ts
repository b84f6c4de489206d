import type { Catalog } from '../catalog/port.ts';
import { type ExitCode, type Io, printLine } from '../io.ts';
import { formatSignature } from '../wat/signature.ts';

export interface ChatSurroundings {
  /** Connects the terminal; lines are answered from then on. */
  start(): Promise<unknown>;
  /** Lets the running turn end within the grace, then closes the terminal. */
  stop(graceMs: number): Promise<void>;
  /** Settles when the person leaves or a signal to stop comes. */
  readonly left: Promise<unknown>;
}

const WELCOME = 'Say what you want, or /help. Ctrl-D leaves.';

/** How long the last answer may take after the person has left: piped questions deserve theirs. */
const LAST_ANSWER_MS = 120_000;

/** `wattle chat`: a conversation in the terminal, until the person leaves. */
export async function chatCommand(io: Io, { start, stop, left }: ChatSurroundings): Promise<ExitCode> {
  if (io.interactive) {
    printLine(io.stderr, WELCOME);
  }
  await start();
  await left;
  await stop(io.interactive ? 0 : LAST_ANSWER_MS);
  return 0;
}

/** What `/programs` prints. */
export function describePrograms(catalog: Catalog): string {
  const lines = catalog
    .list()
    .map(({ name, signature, description }) => `@use ${name}${formatSignature(signature)}  ${description}`);
  return [...lines, '@programs lists those too that were saved here.'].join('\n');
}
