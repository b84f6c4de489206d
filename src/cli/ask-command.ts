import type { Message } from '../chat/message.ts';
import { WattleError } from '../errors.ts';
import type { TurnReport } from '../host/host.ts';
import type { HostEvent } from '../host/host-event.ts';
import { type ExitCode, type Io, printLine, readAll } from '../io.ts';

export interface AskCommand {
  readonly text: string | null;
  readonly json: boolean;
}

export interface AskSurroundings {
  messageOf(text: string): Message;
  /** Works the message to the posted answer. */
  submit(message: Message): Promise<TurnReport>;
}

/**
 * `wattle ask`: one turn; the text comes from the words or, without any, from standard input.
 *
 * @throws WattleError USAGE when there is no text at all.
 */
export async function askCommand(
  command: AskCommand,
  io: Io,
  { messageOf, submit }: AskSurroundings,
): Promise<ExitCode> {
  const text = command.text ?? (await readQuestion(io));
  const report = await submit(messageOf(text));
  return report.kind === 'worked' && report.cause === 'answered' ? 0 : 1;
}

async function readQuestion(io: Io): Promise<string> {
  const text = io.interactive ? '' : (await readAll(io.stdin)).trim();
  if (text === '') {
    throw new WattleError(
      'USAGE',
      'expected a question as words or on standard input, but none came: wattle ask "..."',
    );
  }
  return text;
}

/** The event stream of `--json`: one JSON object a line on standard output. */
export function printEvent(event: HostEvent, io: Io): void {
  printLine(io.stdout, JSON.stringify(event));
}
