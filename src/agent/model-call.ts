import type { ModelMessage, ModelOutcome, ModelRequest } from '../model/model.ts';
import { HeldDeltas } from './held-deltas.ts';
import { describeShelf } from './shelf-prompt.ts';
import type { Turn } from './turn.ts';

export interface ModelCall {
  readonly outcome: ModelOutcome;
  readonly deltas: HeldDeltas;
}

const LAST_STEP =
  '[This is the last step of this turn. Answer the person now with what you have, without a tool, and say what is missing.]';

/** Asks the model for a reply. It ends no sooner than the pre-guard's verdict, which it runs beside. */
export async function callModel(turn: Turn, step: number): Promise<ModelCall> {
  const { guard } = turn.settings;
  const { request, model } = turn;
  request.emit({ type: 'model.started', step, model: model.name });
  const deltas = new HeldDeltas((event) => request.emit(event), guard.enabled);
  const [outcome] = await Promise.all([readReply(turn, step, deltas), turn.clearance.verdict()]);
  request.emit({
    type: 'model.finished',
    step,
    stopReason: outcome.ok ? outcome.stopReason : 'failed',
    usage: outcome.usage ?? null,
    error: outcome.ok ? null : `${outcome.code}: ${outcome.message}`,
  });
  return { outcome, deltas };
}

async function readReply(turn: Turn, step: number, deltas: HeldDeltas): Promise<ModelOutcome> {
  const stream = turn.model.stream(toRequest(turn, step));
  for (;;) {
    const next = await stream.next();
    if (next.done) return next.value;
    const delta = next.value;
    if (delta.type === 'text') deltas.add({ type: 'model.delta', step, text: delta.text });
    else turn.request.emit({ type: 'model.routed', step, model: delta.model, reason: delta.reason });
  }
}

function toRequest(turn: Turn, step: number): ModelRequest {
  const { system, tools, limits } = turn.settings;
  const isLast = step >= limits.maxSteps;
  const systemTail = describeShelf(turn);
  return {
    system,
    ...(systemTail === null ? {} : { systemTail }),
    tools,
    toolChoice: isLast ? 'none' : 'auto',
    messages: isLast ? withNote(turn.transcript.messages) : [...turn.transcript.messages],
    maxTokens: limits.maxTokens,
    signal: AbortSignal.any([turn.request.signal, turn.clearance.refused]),
  };
}

/** The note is for this call only: in the history it would forbid tools to the turns that follow. */
function withNote(messages: readonly ModelMessage[]): readonly ModelMessage[] {
  const last = messages.at(-1);
  if (last?.role !== 'user') return messages;
  const content = [...last.content, { type: 'text', text: LAST_STEP } as const];
  return [...messages.slice(0, -1), { role: 'user', content }];
}
