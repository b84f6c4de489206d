import type { AssistantBlock, Model, ModelOutcome, ModelRequest, StopReason } from '../../src/model/model.ts';

/** One reply of a script: deltas, then the outcome. `before` runs when the reply is asked for. */
export interface ScriptedReply {
  readonly deltas?: readonly string[];
  readonly outcome: ModelOutcome;
  before?(request: ModelRequest): void | Promise<void>;
}

export interface ScriptedModel extends Model {
  /** What was asked, in order, as it was at the time. */
  readonly requests: readonly ModelRequest[];
}

const USAGE = { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 };

/** Answers from a script, in order; asked for more than it holds, it fails by name. An aborted call is cancelled. */
export function createScriptedModel(replies: readonly ScriptedReply[], name = 'scripted'): ScriptedModel {
  const requests: ModelRequest[] = [];
  return {
    name,
    requests,
    async *stream(request) {
      const reply = replies[requests.length];
      requests.push(request);
      await reply?.before?.(request);
      if (request.signal.aborted) return failure('cancelled', 'Request was aborted.');
      for (const text of reply?.deltas ?? []) yield { type: 'text', text };
      return reply?.outcome ?? failure('unknown', 'the script has no more replies');
    },
  };
}

export function failure(
  code: Extract<ModelOutcome, { ok: false }>['code'],
  message = 'It broke.',
): Extract<ModelOutcome, { ok: false }> {
  return { ok: false, code, message };
}

export function says(text: string, stopReason: StopReason = 'end_turn'): ScriptedReply {
  const content: AssistantBlock[] = text === '' ? [] : [{ type: 'text', text }];
  return { deltas: text === '' ? [] : [text], outcome: { ok: true, content, stopReason, usage: USAGE } };
}

export interface CallSpec {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

export function calls(specs: readonly CallSpec[], text = ''): ScriptedReply {
  const spoken: AssistantBlock[] = text === '' ? [] : [{ type: 'text', text }];
  const asked = specs.map(({ id, name, input }) => ({ type: 'tool-call', callId: id, name, input }) as const);
  return {
    deltas: text === '' ? [] : [text],
    outcome: { ok: true, content: [...spoken, ...asked], stopReason: 'tool_use', usage: USAGE },
  };
}

/** Waits for the signal, as a call does that hangs. */
export function untilAborted({ signal }: { readonly signal: AbortSignal }): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
