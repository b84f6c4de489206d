import type { Guard } from './guard.ts';
import type { TurnRequest } from './port.ts';
import { untilAborted } from './until-aborted.ts';
import type { GuardStage, Verdict } from './verdict.ts';

/** A guard that was stopped has not read the text, however open it is. */
/** The reason of an `unavailable` verdict that nobody waited for. */
export const TURN_ENDED = 'the turn was ended';
const STOPPED: Verdict = { kind: 'unavailable', reason: TURN_ENDED, passed: false };

/** The guard's verdict for a turn; once the turn is ended nobody waits for it. */
export function judge(
  guard: Guard,
  { signal, context }: Pick<TurnRequest, 'signal' | 'context'>,
  text: string,
  stage: GuardStage,
): Promise<Verdict> {
  return untilAborted(guard.classify(text, stage, { signal, account: context.account }), signal, STOPPED);
}
