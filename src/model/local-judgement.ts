import { z } from 'zod';
import { holdsCall } from './call-in-text.ts';
import { handsOn } from './handing-on.ts';
import type { AssistantBlock, ModelOutcome, ModelRequest } from './model.ts';
import { replyText } from './single-answer.ts';
import { withoutThinking } from './thinking.ts';

type ToolCall = Extract<AssistantBlock, { readonly type: 'tool-call' }>;

/** Why the reply of a local model does not count, in words for an event; null for one that does. */
export function faultOf(outcome: ModelOutcome, request: ModelRequest): string | null {
  if (!outcome.ok) return `it failed (${outcome.code})`;
  const { content, stopReason } = outcome;
  if (stopReason === 'refusal') return 'it declined';
  // Only tools of a service make a model pause, and a local one is offered none.
  if (stopReason === 'pause_turn') return 'it paused';
  if (stopReason === 'max_tokens' || stopReason === 'model_context_window_exceeded')
    return `its reply was cut (${stopReason})`;
  const calls = content.filter((block) => block.type === 'tool-call');
  if (calls.length > 0) return calls.map((call) => callFault(call, request)).find(isFault) ?? null;
  const text = withoutThinking(replyText(content));
  if (text.trim() === '') return 'its answer is empty';
  if (handsOn(text)) return 'it says so';
  const toolNames = request.tools.map(({ name }) => name);
  return holdsCall(text, toolNames) ? 'it wrote a tool call as text' : null;
}

/** Why the local model should not go on with what its last step came to; null where it may. */
export function setbackOf({ messages }: ModelRequest): string | null {
  const last = messages.at(-1);
  if (last?.role !== 'user') return null;
  const failed = last.content.some((block) => block.type === 'tool-result' && block.isError);
  if (failed) return 'its tool call did not work';
  // What a program called in text came to is text as well.
  const said = last.content.filter((block) => block.type === 'text' && !/^outcome: ok$/m.test(block.text));
  return said.length > 0 ? 'there is more to it than was asked at first' : null;
}

function callFault({ name, input }: ToolCall, { tools, toolChoice }: ModelRequest): string | null {
  if (toolChoice === 'none') return 'it called a tool where it may not';
  const tool = tools.find((known) => known.name === name);
  if (tool === undefined) return 'it called a tool that does not exist';
  const fits = z.fromJSONSchema({ ...tool.inputSchema }).safeParse(input).success;
  return fits ? null : `its arguments for ${name} are malformed`;
}

function isFault(fault: string | null): fault is string {
  return fault !== null;
}
