import { judge } from './judge.ts';
import { isBlank, tooLong } from './message-check.ts';
import { safetyMessage } from './safety-messages.ts';
import type { Turn } from './turn.ts';
import { passes } from './verdict.ts';

/**
 * Adds what people said meanwhile to what the model reads next; each is judged as their message was. Answers
 * whether anything was added.
 */
export async function takeSteering(turn: Turn): Promise<boolean> {
  const { request, settings, transcript } = turn;
  let added = false;
  for (const text of request.steering?.take() ?? []) {
    if (isBlank(text)) continue;
    const problem = tooLong(text);
    if (problem !== null) {
      turn.remarks.push(problem);
      continue;
    }
    const verdict = await judge(settings.guard, request, text, 'pre');
    if (request.signal.aborted) return added;
    request.emit({ type: 'guard.verdict', stage: 'pre', verdict });
    if (passes(verdict)) {
      transcript.addUser([{ type: 'text', text }]);
      request.emit({ type: 'steered', text });
      added = true;
    } else {
      turn.remarks.push(safetyMessage(verdict, 'pre'));
    }
  }
  return added;
}
