import type { ModelDelta, ModelMessage, ModelOutcome, ModelRequest } from '../model/model.ts';
import { HeldDeltas } from './held-deltas.ts';
import { describeShelf } from './shelf-prompt.ts';
import type { Turn } from './turn.ts';
import { untilAborted } from './until-aborted.ts';

export interface StepCall {
  readonly step: number;
  /** What the model is told with this call alone, which then is without tools; null where there is nothing. */
  readonly note: string | null;
}

export interface ModelCall {
  readonly outcome: ModelOutcome;
  readonly deltas: HeldDeltas;
}

/** In place of a model that goes on although it was told to stop. */
const CANCELLED: ModelOutcome = { ok: false, code: 'cancelled', message: 'the turn was ended' };
const ENDED: IteratorResult<ModelDelta, ModelOutcome> = { done: true, value: CANCELLED };

/** Asks the model for a reply. It ends no sooner than the pre-guard's verdict, which it runs beside. */
export async function callModel(turn: Turn, { step, note }: StepCall): Promise<ModelCall> {
  const { guard } = turn.settings;
  const { request, model } = turn;
  request.emit({ type: 'model.started', step, model: model.name });
  const deltas = new HeldDeltas((event) => request.emit(event), guard.enabled);
  const [outcome] = await Promise.all([readReply(turn, { step, note }, deltas), turn.clearance.verdict()]);
  request.emit({
    type: 'model.finished',
    step,
    stopReason: outcome.ok ? outcome.stopReason : 'failed',
    usage: outcome.usage ?? null,
    error: outcome.ok ? null : `${outcome.code}: ${outcome.message}`,
  });
  return { outcome, deltas };
}

async function readReply(turn: Turn, { step, note }: StepCall, deltas: HeldDeltas): Promise<ModelOutcome> {
  const request = toRequest(turn, note);
  const stream = turn.model.stream(request);
  for (;;) {
    const next = await untilAborted(stream.next(), request.signal, ENDED);
    // It is closed as soon as it lets go.
    if (next === ENDED) void stream.return(CANCELLED);
    if (next.done) return next.value;
    const delta = next.value;
    if (delta.type === 'text') deltas.add({ type: 'model.delta', step, text: delta.text });
    else deltas.startOver({ type: 'model.routed', step, model: delta.model, reason: delta.reason });
  }
}

function toRequest(turn: Turn, note: string | null): ModelRequest {
  const { system, tools, limits } = turn.settings;
  const systemTail = describeShelf(turn);
  return {
    system,
    ...(systemTail === null ? {} : { systemTail }),
    tools,
    toolChoice: note === null ? 'auto' : 'none',
    messages: note === null ? [...turn.transcript.messages] : withNote(turn.transcript.messages, note),
    maxTokens: limits.maxTokens,
    signal: AbortSignal.any([turn.request.signal, turn.clearance.refused]),
  };
}

/** The note is for this call only: in the history it would forbid tools to the turns that follow. */
function withNote(messages: readonly ModelMessage[], note: string): readonly ModelMessage[] {
  const last = messages.at(-1);
  if (last?.role !== 'user') return messages;
  const content = [...last.content, { type: 'text', text: note } as const];
  return [...messages.slice(0, -1), { role: 'user', content }];
}
