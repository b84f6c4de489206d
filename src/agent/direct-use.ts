import { budgetText } from '../budget/budget-text.ts';
import { formatSignature } from '../wat/signature.ts';
import { orderArguments } from './arguments.ts';
import { parseAtUse } from './at-use.ts';
import { deliver, endEarly } from './delivery.ts';
import type { Ending } from './ending.ts';
import type { TurnCause } from './events.ts';
import { useTitle } from './prepared-call.ts';
import { presentRun } from './present-run.ts';
import { findProgram } from './program-lookup.ts';
import { runProgram } from './program-run.ts';
import type { Turn } from './turn.ts';

/** A program that a person called by name: guarded like all else, but without a model. */
export async function runDirectUse(turn: Turn): Promise<Ending> {
  const early = await endEarly(turn);
  if (early !== null) return early;
  turn.transcript.addUser([{ type: 'text', text: turn.request.text }]);
  const { text, cause } = await answerUse(turn);
  const ending = await deliver(turn, text, []);
  return ending.cause === 'answered' ? { ...ending, cause } : ending;
}

interface UseAnswer {
  readonly text: string;
  readonly cause: Extract<TurnCause, 'answered' | 'program-failed' | 'budget'>;
}

async function answerUse(turn: Turn): Promise<UseAnswer> {
  const use = parseAtUse(turn.request.text);
  if (!use.ok) {
    return refuse(
      `I could not read this call. ${use.message}\n\nIt goes like this: \`@use name("text", 1, by_name: true)\`.`,
    );
  }
  const found = findProgram(turn.catalog, use.name);
  if (!found.ok) return refuse(found.message);
  const { program } = found;
  const ordered = orderArguments(program.signature, use.args);
  if (!ordered.ok) return refuse(ordered.message);
  const title = useTitle(program.name, ordered.args);
  const call = { runId: turn.settings.newId(), program, args: ordered.args, title };
  const { run, refusal } = await runProgram(turn, call);
  if (refusal !== null) return { text: budgetText(refusal), cause: 'budget' };
  const text = presentRun(`\`${program.name}${formatSignature(program.signature)}\``, run, program);
  return { text, cause: run.outcome === 'ok' ? 'answered' : 'program-failed' };
}

function refuse(text: string): UseAnswer {
  return { text, cause: 'program-failed' };
}
