import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAgent } from '../../src/agent/agent.ts';
import type { TurnEvent } from '../../src/agent/events.ts';
import { createGuard, type GuardOptions } from '../../src/agent/guard.ts';
import { createAnthropicModel } from '../../src/model/anthropic.ts';
import { createFakeRunner, hostCall, programRun } from './fake-runner.ts';
import { problemsOf } from './history-rules.ts';
import { agentDefaults, turnRequest } from './turn-fixture.ts';

const GUARD = 'claude-haiku-5-5';
const SAFE = '{"category": "SAFE", "severity": "none"}';

const FETCH = {
  id: 'c1',
  name: 'use_program',
  arguments: '{"name":"http_get","args":["https://a.example"]}',
};

describe('a turn on the wire', () => {
  const mock = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 6, logLevel: 'silent' });
  beforeAll(() => mock.start());
  afterAll(() => mock.stop());

  const model = (name: string) =>
    createAnthropicModel({ apiKey: 'test-key', baseUrl: mock.url, model: name, maxRetries: 0 });

  function bench(guard: Partial<GuardOptions> = {}) {
    const hostCalls = [hostCall('http.get', 'SUCCESS')];
    const runner = createFakeRunner({ run: () => programRun({ result: 'It is raining.', hostCalls }) });
    const events: TurnEvent[] = [];
    const agent = createAgent({
      ...agentDefaults(),
      openModel: () => model('claude-sonnet-5-5'),
      guard: createGuard({ model: model(GUARD), onError: 'closed', enabled: true, ...guard }),
      runner,
    });
    const request = (text: string) => turnRequest({ text, emit: (event) => events.push(event) });
    return { agent, runner, events, request };
  }

  it('goes through guard, tool call, result and answer', async () => {
    mock.reset();
    mock.on({ model: GUARD }, { content: SAFE });
    mock.on(
      { model: /sonnet/, hasToolResult: false },
      {
        toolCalls: [
          { id: 'c1', name: 'use_program', arguments: '{"name":"http_get","args":["https://a.example"]}' },
        ],
      },
    );
    mock.on({ toolCallId: 'c1', toolResultContains: 'It is raining.' }, { content: 'Take an umbrella.' });
    const { agent, runner, request } = bench();
    const result = await agent.turn(request('Do I need an umbrella?'));
    expect(result).toMatchObject({ cause: 'answered', answer: 'Take an umbrella.' });
    expect(runner.requests).toMatchObject([{ args: ['https://a.example'] }]);
    expect(problemsOf(result.history)).toEqual([]);
  });

  it('executes nothing when the guard blocks', async () => {
    mock.reset();
    mock.on({ model: GUARD }, { content: '{"category": "DANGEROUS_CONTENT", "severity": "high"}' });
    mock.on(
      { model: /sonnet/ },
      {
        toolCalls: [
          { id: 'c1', name: 'use_program', arguments: '{"name":"http_get","args":["https://a.example"]}' },
        ],
      },
    );
    const { agent, runner, request } = bench();
    expect(await agent.turn(request('something bad'))).toMatchObject({ cause: 'blocked-input' });
    expect(runner.requests).toEqual([]);
  });

  it('keeps from the model what a program brought in and the guard blocks', async () => {
    mock.reset();
    const blocked = { content: '{"category": "JAILBREAK", "severity": "high"}' };
    mock.on({ model: GUARD, userMessage: /brought in from outside[\s\S]*It is raining/ }, blocked);
    mock.on({ model: GUARD }, { content: SAFE });
    mock.on({ model: /sonnet/, hasToolResult: false }, { toolCalls: [FETCH] });
    mock.on({ toolCallId: 'c1', toolResultContains: 'JAILBREAK' }, { content: 'The page was withheld.' });
    const { agent, events, request } = bench({ observations: true });
    const result = await agent.turn(request('Do I need an umbrella?'));
    expect(result).toMatchObject({ cause: 'answered', answer: 'The page was withheld.' });
    expect(JSON.stringify([result.history, events])).not.toContain('raining');
  });

  it.each([
    ['open', 'answered'],
    ['closed', 'blocked-input'],
  ] as const)('with a guard that is overloaded and %s ends as %s', async (onError, cause) => {
    mock.reset();
    mock.on({ model: GUARD }, { error: { message: 'No.', type: 'overloaded_error' }, status: 529 });
    mock.on({ model: /sonnet/ }, { content: 'Take an umbrella.' });
    const { agent, events, request } = bench({ onError });
    expect(await agent.turn(request('Do I need an umbrella?'))).toMatchObject({ cause });
    expect(events.find(({ type }) => type === 'guard.verdict')).toMatchObject({
      verdict: { kind: 'unavailable', reason: expect.stringContaining('overloaded') },
    });
  });

  it.each([
    [429, 'rate_limit_error', 'rate limit'],
    [529, 'overloaded_error', 'overloaded'],
    [401, 'authentication_error', 'ANTHROPIC_API_KEY'],
  ])(
    'tells a %i of the model after a tool call in words, and leaves a history that goes on',
    async (status, type, words) => {
      mock.reset();
      mock.on({ model: GUARD }, { content: SAFE });
      mock.on({ toolCallId: 'c1' }, { error: { message: 'No.', type }, status });
      mock.on(
        { model: /sonnet/ },
        {
          toolCalls: [
            { id: 'c1', name: 'use_program', arguments: '{"name":"http_get","args":["https://a.example"]}' },
          ],
        },
      );
      const { agent, events, request } = bench();
      const result = await agent.turn(request('Do I need an umbrella?'));
      expect(result).toMatchObject({ cause: 'model-failed', answer: expect.stringContaining(words) });
      expect(events.at(-1)).toMatchObject({
        type: 'turn.finished',
        error: expect.stringContaining(String(status)),
      });
      expect(problemsOf(result.history)).toEqual([]);
    },
  );

  it('tells a stream that is cut off in words', async () => {
    mock.reset();
    mock.on({ model: GUARD }, { content: SAFE });
    mock.on({ model: /sonnet/ }, { content: 'A long, long answer.' }, { truncateAfterChunks: 4 });
    const { agent, events, request } = bench();
    const result = await agent.turn(request('Hello?'));
    expect(result).toMatchObject({ cause: 'model-failed', answer: expect.stringContaining('connection') });
    expect(events.filter(({ type }) => type === 'model.delta')).toEqual([]);
    expect(problemsOf(result.history)).toEqual([]);
  });
});
