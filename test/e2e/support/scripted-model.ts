import { type ChatCompletionRequest, LLMock } from '@copilotkit/aimock';

export const MODEL = 'claude-test-large';
export const GUARD_MODEL = 'claude-test-guard';

/** One reply of the model: words, or a call of one of its tools. */
export type ScriptedReply =
  | { readonly text: string }
  | { readonly tool: 'run_program' | 'use_program'; readonly input: Readonly<Record<string, unknown>> };

export interface ScriptedModel {
  readonly baseUrl: string;
  /** What the agent's model was sent, oldest first; calls of the guard are not among them. */
  requests(): readonly ChatCompletionRequest[];
  stop(): Promise<void>;
}

export interface Script {
  /** The reply to the last thing said: a person's words, or the observations of a step. */
  reply(said: string, request: ChatCompletionRequest): ScriptedReply;
  /** The category of a text that the guard is shown; SAFE where left out. */
  classify?(text: string): string;
}

/** A server that speaks the Messages API and answers from a script. */
export async function startScriptedModel(script: Script): Promise<ScriptedModel> {
  const server = new LLMock({ port: 0 });
  let calls = 0;
  server.on({ model: GUARD_MODEL }, (request) => {
    const category = script.classify?.(lastSaid(request)) ?? 'SAFE';
    return { content: JSON.stringify({ category, severity: category === 'SAFE' ? 'none' : 'high' }) };
  });
  server.on({ model: MODEL }, (request) => {
    const reply = script.reply(lastSaid(request), request);
    if ('text' in reply) return { content: reply.text };
    calls += 1;
    return { toolCalls: [{ id: `call_${calls}`, name: reply.tool, arguments: JSON.stringify(reply.input) }] };
  });
  await server.start();
  return {
    baseUrl: server.url,
    requests: () =>
      server.getRequests().flatMap(({ body }) => (isChat(body) && body.model === MODEL ? [body] : [])),
    stop: () => server.stop(),
  };
}

function isChat(body: unknown): body is ChatCompletionRequest {
  return typeof body === 'object' && body !== null && 'messages' in body && 'model' in body;
}

function lastSaid({ messages }: ChatCompletionRequest): string {
  const content = messages.at(-1)?.content ?? '';
  return typeof content === 'string' ? content : content.map(({ text }) => text ?? '').join('\n');
}
