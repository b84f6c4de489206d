import { LLMock } from '@copilotkit/aimock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAnthropicModel } from '../../src/model/anthropic.ts';
import type { ModelRequest } from '../../src/model/model.ts';
import {
  type MessagesServer,
  replyEvents,
  startMessagesServer,
  writeError,
  writeEvents,
} from './messages-server.ts';
import { collect, modelRequest as request, TOOL } from './model-request.ts';

describe('createAnthropicModel against aimock', () => {
  const mock = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 4, logLevel: 'silent' });
  beforeAll(() => mock.start());
  afterAll(() => mock.stop());
  afterEach(() => void mock.reset());

  const ask = (modelRequest: ModelRequest) =>
    collect(
      createAnthropicModel({
        apiKey: 'test-key',
        baseUrl: mock.url,
        model: 'claude-sonnet-5-5',
        maxRetries: 0,
      }),
      modelRequest,
    );

  it('yields the text as it comes and ends with the whole reply', async () => {
    mock.onMessage('hello', { content: 'Good morning!', usage: { input_tokens: 12, output_tokens: 3 } });
    const { texts, outcome } = await ask(request('hello'));
    expect(texts).toEqual(['Good', ' mor', 'ning', '!']);
    expect(outcome).toEqual({
      ok: true,
      content: [{ type: 'text', text: 'Good morning!' }],
      stopReason: 'end_turn',
      usage: { inputTokens: 12, outputTokens: 3, cacheReadTokens: 0, cacheWriteTokens: 0 },
    });
  });

  it('reads a tool call with its arguments, after the text before it', async () => {
    mock.onMessage('fetch', {
      content: 'I will look.',
      toolCalls: [
        { name: 'use_program', arguments: '{"name":"http_get","args":["https://a.example"]}', id: 'call_1' },
      ],
    });
    const { outcome } = await ask(request('fetch', { tools: [TOOL] }));
    expect(outcome).toMatchObject({
      ok: true,
      stopReason: 'tool_use',
      content: [
        { type: 'text', text: 'I will look.' },
        {
          type: 'tool-call',
          callId: 'call_1',
          name: 'use_program',
          input: { name: 'http_get', args: ['https://a.example'] },
        },
      ],
    });
  });

  it('sends a tool result back under the id of its call', async () => {
    mock.on({ toolCallId: 'call_1', toolResultContains: 'SUCCESS' }, { content: 'Done.' });
    const { outcome } = await ask(
      request('fetch', {
        tools: [TOOL],
        messages: [
          { role: 'user', content: [{ type: 'text', text: 'fetch' }] },
          {
            role: 'assistant',
            content: [{ type: 'tool-call', callId: 'call_1', name: 'use_program', input: { name: 'a' } }],
          },
          {
            role: 'user',
            content: [{ type: 'tool-result', callId: 'call_1', text: 'status: SUCCESS', isError: false }],
          },
        ],
      }),
    );
    expect(outcome).toMatchObject({ ok: true, content: [{ type: 'text', text: 'Done.' }] });
  });

  it('sends the key as a bearer token', async () => {
    mock.onMessage('hello', { content: 'Hi' });
    await ask(request('hello'));
    const headers = mock.getLastRequest()?.headers ?? {};
    expect(headers['x-api-key']).toBeUndefined();
    expect(headers.authorization).toBeDefined();
  });

  it.each([
    [401, 'authentication_error', 'auth'],
    [403, 'permission_error', 'auth'],
    [402, 'billing_error', 'spend-limit'],
    [404, 'not_found_error', 'invalid-request'],
    [400, 'invalid_request_error', 'invalid-request'],
    [408, 'timeout_error', 'timeout'],
    [413, 'invalid_request_error', 'context-too-long'],
    [429, 'rate_limit_error', 'rate-limited'],
    [500, 'api_error', 'server-error'],
    [503, 'api_error', 'overloaded'],
    [504, 'timeout_error', 'timeout'],
    [529, 'overloaded_error', 'overloaded'],
  ])('answers status %i (%s) as %s', async (status, type, code) => {
    mock.onMessage('hello', { error: { message: 'No.', type }, status });
    const { outcome } = await ask(request('hello'));
    expect(outcome).toMatchObject({ ok: false, code, message: expect.stringContaining('No.') });
  });

  it('answers a prompt that is too long as context-too-long', async () => {
    const message = 'prompt is too long: 250000 tokens > 200000 maximum';
    mock.onMessage('hello', { error: { message, type: 'invalid_request_error' }, status: 400 });
    expect((await ask(request('hello'))).outcome).toMatchObject({ ok: false, code: 'context-too-long' });
  });

  it('answers a stream that is cut off as a broken connection', async () => {
    mock.onMessage('hello', { content: 'A long, long answer.' }, { truncateAfterChunks: 4 });
    const { deltas, outcome } = await ask(request('hello'));
    expect(deltas.length).toBeLessThan(5);
    expect(outcome).toMatchObject({ ok: false, code: 'connection' });
  });

  it('answers a dropped connection and a garbled reply as failures', async () => {
    mock.onMessage('garbled', { content: 'x' }, { chaos: { malformedRate: 1 } });
    expect((await ask(request('garbled'))).outcome).toMatchObject({ ok: false });
    const nobody = createAnthropicModel({
      apiKey: 'test-key',
      baseUrl: 'http://127.0.0.1:1',
      model: 'm',
      maxRetries: 0,
    });
    expect((await collect(nobody, request('hello'))).outcome).toMatchObject({
      ok: false,
      code: 'connection',
    });
  });

  it('ends as cancelled when the signal is aborted in the middle of a reply', async () => {
    mock.onMessage('hello', { content: 'A long, long answer.' });
    const controller = new AbortController();
    const model = createAnthropicModel({ apiKey: 'k', baseUrl: mock.url, model: 'm', maxRetries: 0 });
    const stream = model.stream(request('hello', { signal: controller.signal }));
    expect(await stream.next()).toMatchObject({ done: false });
    controller.abort();
    const rest = { name: 'm', stream: () => stream };
    const { outcome } = await collect(rest, request('hello'));
    expect(outcome).toMatchObject({ ok: false, code: 'cancelled' });
  });

  it('ends as cancelled when the signal was aborted before', async () => {
    const { outcome } = await ask(request('hello', { signal: AbortSignal.abort() }));
    expect(outcome).toMatchObject({ ok: false, code: 'cancelled' });
    expect(mock.getRequests()).toHaveLength(0);
  });

  it.each([
    ['length', { ok: true, stopReason: 'max_tokens' }],
    ['pause_turn', { ok: true, stopReason: 'pause_turn' }],
    ['refusal', { ok: true, stopReason: 'refusal' }],
    ['stop_sequence', { ok: true, stopReason: 'stop_sequence' }],
    ['model_context_window_exceeded', { ok: true, content: [{ type: 'text', text: 'Hi' }] }],
    ['a_new_reason', { ok: false, code: 'unknown', message: expect.stringContaining('"a_new_reason"') }],
  ])('answers the stop reason %s by name', async (finishReason, expected) => {
    mock.onMessage('hello', { content: 'Hi', finishReason });
    expect((await ask(request('hello'))).outcome).toMatchObject(expected);
  });
});

describe('createAnthropicModel on the wire', () => {
  const servers: MessagesServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  async function ask(
    answer: Parameters<typeof startMessagesServer>[0],
    modelRequest = request('hello'),
    options: { readonly maxRetries?: number; readonly cacheConversation?: boolean } = { maxRetries: 0 },
  ) {
    const server = await startMessagesServer(answer);
    servers.push(server);
    const model = createAnthropicModel({ apiKey: 'sk-test', baseUrl: server.url, model: 'm-1', ...options });
    return { ...(await collect(model, modelRequest)), requests: server.requests };
  }

  const text = (value: string) => ({
    block: { type: 'text', text: '' },
    deltas: [{ type: 'text_delta', text: value }],
  });

  it('marks the system prompt for the cache and sends no sampling parameters', async () => {
    const { requests } = await ask(
      (response) => writeEvents(response, replyEvents([text('Hi')])),
      request('hello', { tools: [TOOL], toolChoice: 'none' }),
    );
    expect(requests[0]?.headers.authorization).toBe('Bearer sk-test');
    expect(requests[0]?.body).toEqual({
      model: 'm-1',
      max_tokens: 100,
      stream: true,
      system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
      messages: [{ role: 'user', content: [{ type: 'text', text: 'hello' }] }],
      tools: [{ name: 'use_program', description: 'Runs a program.', input_schema: TOOL.inputSchema }],
      tool_choice: { type: 'none' },
    });
  });

  it('puts what changes behind the system text that is cached', async () => {
    const { requests } = await ask((response) => writeEvents(response, replyEvents([text('Hi')])), {
      ...request('hello'),
      systemTail: 'Today: fish.',
    });
    expect(requests[0]?.body.system).toEqual([
      { type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } },
      { type: 'text', text: 'Today: fish.' },
    ]);
  });

  it('marks the ends of this call and of the one before for the cache', async () => {
    const said = (role: 'user' | 'assistant', value: string) => ({
      role,
      content: [{ type: 'text', text: value } as const],
    });
    const { requests } = await ask((response) => writeEvents(response, replyEvents([text('Hi')])), {
      ...request(''),
      messages: [said('user', '1'), said('assistant', '2'), said('user', '3'), said('assistant', '4')].concat(
        said('user', '5'),
      ),
    });
    const marked = (value: string) => [{ type: 'text', text: value, cache_control: { type: 'ephemeral' } }];
    expect(requests[0]?.body.messages).toEqual([
      said('user', '1'),
      said('assistant', '2'),
      { role: 'user', content: marked('3') },
      said('assistant', '4'),
      { role: 'user', content: marked('5') },
    ]);
  });

  it('leaves the conversation out of the cache when told so', async () => {
    const { requests } = await ask(
      (response) => writeEvents(response, replyEvents([text('Hi')])),
      request('hello'),
      {
        maxRetries: 0,
        cacheConversation: false,
      },
    );
    expect(requests[0]?.body.messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'hello' }] },
    ]);
  });

  it('sums the usage by class', async () => {
    const { outcome } = await ask((response) => writeEvents(response, replyEvents([text('Hi')])));
    expect(outcome).toMatchObject({
      usage: { inputTokens: 10, outputTokens: 20, cacheReadTokens: 7, cacheWriteTokens: 3 },
    });
  });

  it.each(['{"name": "http_get", "args": [', '[1, 2]', 'null'])(
    'keeps tool arguments that are no JSON object as they were written: %s',
    async (json) => {
      const call = {
        block: { type: 'tool_use', id: 'call_1', name: 'use_program', input: {} },
        deltas: [{ type: 'input_json_delta', partial_json: json }],
      };
      const { outcome } = await ask((response) => writeEvents(response, replyEvents([call], 'tool_use')));
      expect(outcome).toMatchObject({
        ok: true,
        content: [{ type: 'tool-call', callId: 'call_1', input: { malformedJson: json } }],
      });
    },
  );

  it('returns thinking to the model that wrote it and to no other', async () => {
    const thinking = {
      block: { type: 'thinking', thinking: '', signature: '' },
      deltas: [
        { type: 'thinking_delta', thinking: 'Hmm.' },
        { type: 'signature_delta', signature: 'sig' },
      ],
    };
    const first = await ask((response) => writeEvents(response, replyEvents([thinking, text('Hi')])));
    if (!first.outcome.ok) throw new Error(first.outcome.message);
    const foreign = {
      type: 'opaque',
      model: 'other',
      data: { type: 'redacted_thinking', data: 'x' },
    } as const;
    const { requests } = await ask(
      (response) => writeEvents(response, replyEvents([text('Hi')])),
      request('hello', { messages: [{ role: 'assistant', content: [foreign, ...first.outcome.content] }] }),
    );
    expect(requests[0]?.body.messages).toEqual([
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hmm.', signature: 'sig' },
          { type: 'text', text: 'Hi' },
        ],
      },
    ]);
  });

  it('leaves blank text blocks out of the reply', async () => {
    const { outcome } = await ask((response) => writeEvents(response, replyEvents([text('\n\n')])));
    expect(outcome).toMatchObject({ ok: true, content: [] });
  });

  it.each([
    ['overloaded_error', 'overloaded'],
    ['rate_limit_error', 'rate-limited'],
    ['api_error', 'server-error'],
    ['something_new', 'unknown'],
  ])('answers %s in the middle of a stream as %s', async (type, code) => {
    const events = [
      ...replyEvents([text('Hi')]).slice(0, 3),
      { type: 'error', error: { type, message: 'Sorry.' } },
    ];
    const { texts, outcome } = await ask((response) => writeEvents(response, events));
    expect(texts).toEqual(['Hi']);
    expect(outcome).toMatchObject({ ok: false, code, message: expect.stringContaining('Sorry.') });
  });

  it.each(['enforced_spend_limit_reached', 'contract_spend_limit_reached'])(
    'does not ask again at %s, although it is a 429',
    async (errorCode) => {
      const error = { type: 'rate_limit_error', message: 'Limit.', details: { error_code: errorCode } };
      const { outcome, requests } = await ask(
        (response) => writeError(response, 429, error),
        request('hello'),
        {
          maxRetries: 2,
        },
      );
      expect(outcome).toMatchObject({ ok: false, code: 'spend-limit' });
      expect(requests).toHaveLength(1);
    },
  );

  it('asks again at a rate limit that passes', async () => {
    let asked = 0;
    const { outcome, requests } = await ask(
      (response) => {
        asked += 1;
        if (asked > 1) return writeEvents(response, replyEvents([text('Hi')]));
        response.setHeader('retry-after-ms', '1');
        return writeError(response, 429, { type: 'rate_limit_error', message: 'Wait.' });
      },
      request('hello'),
      { maxRetries: 1 },
    );
    expect(outcome).toMatchObject({ ok: true });
    expect(requests).toHaveLength(2);
  });

  it('answers a stream that ends without its last event as a broken connection', async () => {
    const { outcome } = await ask((response) =>
      writeEvents(response, replyEvents([text('Hi')]).slice(0, -1)),
    );
    expect(outcome).toMatchObject({ ok: false, code: 'connection' });
  });

  it('answers an event that is not JSON as a failure of the server', async () => {
    const { outcome } = await ask((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end('event: message_start\ndata: {"type":\n\n');
    });
    expect(outcome).toMatchObject({ ok: false, code: 'server-error' });
  });
});
