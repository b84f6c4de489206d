import type { Model, ModelDelta, ModelOutcome, ModelRequest } from '../../src/model/model.ts';

export const TOOL = {
  name: 'use_program',
  description: 'Runs a program.',
  inputSchema: {
    type: 'object',
    properties: { name: { type: 'string' }, args: { type: 'array' } },
    required: ['name'],
  },
};

export function modelRequest(text: string, changes: Partial<ModelRequest> = {}): ModelRequest {
  return {
    system: 'Be brief.',
    messages: [{ role: 'user', content: [{ type: 'text', text }] }],
    tools: [],
    maxTokens: 100,
    signal: new AbortController().signal,
    ...changes,
  };
}

export interface Collected {
  readonly deltas: readonly ModelDelta[];
  /** The text of the deltas, one by one. */
  readonly texts: readonly string[];
  readonly outcome: ModelOutcome;
}

export async function collect(model: Model, request: ModelRequest): Promise<Collected> {
  const deltas: ModelDelta[] = [];
  const stream = model.stream(request);
  for (;;) {
    const next = await stream.next();
    if (!next.done) deltas.push(next.value);
    else return { deltas, texts: deltas.flatMap(textOf), outcome: next.value };
  }
}

function textOf(delta: ModelDelta): readonly string[] {
  return delta.type === 'text' ? [delta.text] : [];
}
