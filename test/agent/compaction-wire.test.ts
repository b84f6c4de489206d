import { type ChatCompletionRequest, LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAgent } from '../../src/agent/agent.ts';
import type { TurnEvent } from '../../src/agent/events.ts';
import { createGuard } from '../../src/agent/guard.ts';
import { createAnthropicModel } from '../../src/model/anthropic.ts';
import type { ModelMessage } from '../../src/model/model.ts';
import { createFakeRunner, programRun } from './fake-runner.ts';
import { problemsOf } from './history-rules.ts';
import { agentDefaults, turnRequest } from './turn-fixture.ts';

const MODEL = 'claude-sonnet-5-5';
const SMALL = 'claude-haiku-5-5';
const TOO_LONG = {
  error: { message: 'prompt is too long: 209999 tokens > 200000 maximum', type: 'invalid_request_error' },
  status: 400,
};
const CALL = { id: 'c9', name: 'use_program', arguments: '{"name":"http_get","args":["https://a.example"]}' };

/** A turn with a tool pair and thinking, and one with nothing but words. */
const HISTORY: readonly ModelMessage[] = [
  { role: 'user', content: [{ type: 'text', text: `Compare these: ${'apple '.repeat(500)}` }] },
  {
    role: 'assistant',
    content: [
      { type: 'opaque', model: MODEL, data: { type: 'thinking', thinking: 'Hm.', signature: 'sig' } },
      { type: 'tool-call', callId: 'c1', name: 'use_program', input: { name: 'http_get' } },
    ],
  },
  {
    role: 'user',
    content: [
      { type: 'tool-result', callId: 'c1', text: `outcome: ok\n${'pear '.repeat(500)}`, isError: false },
    ],
  },
  { role: 'assistant', content: [{ type: 'text', text: 'They differ.' }] },
  { role: 'user', content: [{ type: 'text', text: 'Thanks.' }] },
  { role: 'assistant', content: [{ type: 'text', text: 'You are welcome.' }] },
];

/** Whether a request still has what the compaction takes out of it. */
const isWhole = (request: ChatCompletionRequest): boolean => JSON.stringify(request).includes('apple apple');

describe('a conversation that is too long, on the wire', () => {
  const mock = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 6, logLevel: 'silent' });
  beforeAll(() => mock.start());
  afterAll(() => mock.stop());

  function open(historyTokens: number) {
    mock.reset();
    const model = (name: string) =>
      createAnthropicModel({ apiKey: 'test-key', baseUrl: mock.url, model: name, maxRetries: 0 });
    const events: TurnEvent[] = [];
    const agent = createAgent({
      ...agentDefaults(),
      limits: { ...agentDefaults().limits, historyTokens },
      openModel: () => model(MODEL),
      summaryModel: model(SMALL),
      guard: createGuard({ model: null, onError: 'open', enabled: false }),
      runner: createFakeRunner({ run: () => programRun({ result: 'It is raining.' }) }),
    });
    const turn = (text: string, history = HISTORY) =>
      agent.turn(turnRequest({ text, history, emit: (event) => events.push(event) }));
    const asked = (name: string) =>
      mock
        .getRequests()
        .flatMap(({ body }) => (body !== null && 'model' in body && body.model === name ? [body] : []));
    return { turn, events, asked };
  }

  it('is summarised and sent once more after a 400, and answered', async () => {
    const { turn, events, asked } = open(60_000);
    mock.on({ model: SMALL }, { content: 'Apples and pears were compared.' });
    mock.on({ model: MODEL, predicate: isWhole }, TOO_LONG);
    mock.on({ model: MODEL }, { content: 'Pears, then.' });
    const result = await turn('And which is better?');
    expect(result).toMatchObject({ cause: 'answered', answer: 'Pears, then.' });
    expect(events.filter(({ type }) => type === 'compaction')).toMatchObject([
      { reason: 'context-too-long', kind: 'summarised', turns: 1, error: null },
    ]);
    expect([asked(MODEL).length, asked(SMALL).length]).toEqual([2, 1]);
    expect(JSON.stringify(asked(MODEL)[1])).toContain('Apples and pears were compared.');
    expect(problemsOf(result.history)).toEqual([]);
  });

  it('is told as too long when it is refused again, and the next turn works', async () => {
    const { turn, asked } = open(60_000);
    mock.on({ model: SMALL }, { content: 'Apples and pears were compared.' });
    mock.on({ model: MODEL, userMessage: /better/ }, TOO_LONG);
    mock.on({ model: MODEL }, { content: 'Now it goes.' });
    const result = await turn('And which is better?');
    expect(result).toMatchObject({
      cause: 'model-failed',
      answer: expect.stringContaining('too long for the model'),
    });
    expect(asked(MODEL)).toHaveLength(2);
    expect(problemsOf(result.history)).toEqual([]);
    expect(await turn('Shorter?', result.history)).toMatchObject({ answer: 'Now it goes.' });
  });

  it('goes on in the middle of a turn, its tool pairs whole', async () => {
    const { turn, events } = open(60_000);
    mock.on({ model: SMALL }, { content: 'Apples and pears were compared.' });
    mock.on({ toolCallId: CALL.id, predicate: isWhole }, TOO_LONG);
    mock.on({ toolCallId: CALL.id, toolResultContains: 'It is raining.' }, { content: 'Stay in.' });
    mock.on({ model: MODEL }, { toolCalls: [CALL] });
    const result = await turn('Shall I buy some?');
    expect(result).toMatchObject({ cause: 'answered', answer: 'Stay in.' });
    expect(events.filter(({ type }) => type === 'compaction')).toHaveLength(1);
    expect(problemsOf(result.history)).toEqual([]);
  });

  it('is summarised before it is sent when it passes its budget, and goes on when the summary fails', async () => {
    const { turn, events, asked } = open(1_000);
    mock.on({ model: SMALL }, { error: { message: 'Overloaded', type: 'overloaded_error' }, status: 529 });
    mock.on({ model: MODEL, predicate: isWhole }, TOO_LONG);
    mock.on({ model: MODEL }, { content: 'What do you mean?' });
    expect(await turn('And which is better?')).toMatchObject({ answer: 'What do you mean?' });
    expect(events.filter(({ type }) => type === 'compaction')).toMatchObject([
      { reason: 'budget', kind: 'dropped', error: expect.stringMatching(/^overloaded: /) },
    ]);
    expect(asked(MODEL)).toHaveLength(1);
  });
});
