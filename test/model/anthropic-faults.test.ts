import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type AnthropicModelOptions, createAnthropicModel } from '../../src/model/anthropic.ts';
import {
  type MessagesServer,
  replyEvents,
  startMessagesServer,
  writeError,
  writeEvents,
} from './messages-server.ts';
import { collect, modelRequest } from './model-request.ts';

const servers: MessagesServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function ask(
  answer: (response: ServerResponse) => void,
  options: Partial<AnthropicModelOptions> = {},
  signal = new AbortController().signal,
) {
  const server = await startMessagesServer(answer);
  servers.push(server);
  const model = createAnthropicModel({
    apiKey: 'sk-test',
    baseUrl: server.url,
    model: 'm-1',
    maxRetries: 0,
    ...options,
  });
  return { ...(await collect(model, modelRequest('hello', { signal }))), requests: server.requests };
}

const LONG = 'A long answer, of which only this much has come so far.';
const EVENTS = replyEvents([
  { block: { type: 'text', text: '' }, deltas: [{ type: 'text_delta', text: LONG }] },
]);

/** Writes the first events of a reply and leaves the rest to the caller. */
function begin(response: ServerResponse, count: number): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  for (const event of EVENTS.slice(0, count)) {
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  }
}

describe('a server that falls silent', () => {
  it('before its first byte ends as timeout', async () => {
    const { outcome } = await ask(() => undefined, { timeoutMs: 30 });
    expect(outcome).toMatchObject({ ok: false, code: 'timeout' });
    expect(outcome).not.toHaveProperty('usage');
  });

  it.each([
    ['after its headers', 0],
    ['before the text', 2],
    ['in the middle of the text', 3],
  ])('%s ends as timeout', async (_when, count) => {
    const { outcome, texts } = await ask((response) => begin(response, count), { idleMs: 30 });
    expect(outcome).toMatchObject({ ok: false, code: 'timeout' });
    expect(texts).toEqual(count < 3 ? [] : [LONG]);
  });

  it('is waited for as long as it sends pings', async () => {
    const { outcome } = await ask(
      (response) => {
        begin(response, 3);
        let pings = 0;
        const timer = setInterval(() => {
          pings += 1;
          if (pings < 6) return void response.write('event: ping\ndata: {"type":"ping"}\n\n');
          clearInterval(timer);
          for (const event of EVENTS.slice(3)) {
            response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
          }
          return void response.end();
        }, 40);
      },
      { idleMs: 160 },
    );
    expect(outcome).toMatchObject({ ok: true, content: [{ type: 'text', text: LONG }] });
  });

  it('asks again after a time-out before the first byte only', async () => {
    const silent = await ask(() => undefined, { timeoutMs: 30, maxRetries: 1 });
    expect(silent.requests).toHaveLength(2);
    const stuck = await ask((response) => begin(response, 3), { idleMs: 30, maxRetries: 1 });
    expect(stuck.requests).toHaveLength(1);
  });
});

describe('the usage of a call that failed midway', () => {
  const expected = {
    inputTokens: 10,
    cacheReadTokens: 7,
    cacheWriteTokens: 3,
    outputTokens: Math.ceil(LONG.length / 4),
  };

  it('is told of a cut stream, with what came of the reply estimated', async () => {
    const { outcome } = await ask((response) => {
      begin(response, 3);
      response.end();
    });
    expect(outcome).toMatchObject({ ok: false, code: 'connection', usage: expected });
  });

  it('is told of a socket that broke', async () => {
    const { outcome } = await ask((response) => {
      begin(response, 3);
      setImmediate(() => response.destroy());
    });
    expect(outcome).toMatchObject({ ok: false, code: 'connection', usage: { inputTokens: 10 } });
  });

  it('is told of silence', async () => {
    const { outcome } = await ask((response) => begin(response, 3), { idleMs: 30 });
    expect(outcome).toMatchObject({ code: 'timeout', usage: expected });
  });

  it('is told of an error in the stream', async () => {
    const { outcome } = await ask((response) => {
      begin(response, 3);
      const error = { type: 'error', error: { type: 'overloaded_error', message: 'Sorry.' } };
      response.end(`event: error\ndata: ${JSON.stringify(error)}\n\n`);
    });
    expect(outcome).toMatchObject({ code: 'overloaded', usage: expected });
  });

  it('is told of a call that was cancelled', async () => {
    const controller = new AbortController();
    const { outcome } = await ask(
      (response) => {
        begin(response, 3);
        setTimeout(() => controller.abort(), 30);
      },
      {},
      controller.signal,
    );
    expect(outcome).toMatchObject({ code: 'cancelled', usage: expected });
  });

  it('is told of a reply that ended for an unknown reason, as the server counted it', async () => {
    const { outcome } = await ask((response) => {
      begin(response, 4);
      const end = { type: 'message_delta', delta: { stop_reason: 'new' }, usage: { output_tokens: 20 } };
      response.write(`event: message_delta\ndata: ${JSON.stringify(end)}\n\n`);
      response.end('event: message_stop\ndata: {"type":"message_stop"}\n\n');
    });
    expect(outcome).toMatchObject({ code: 'unknown', usage: { outputTokens: 20 } });
  });

  it('is absent where no reply began', async () => {
    const { outcome } = await ask((response) =>
      writeError(response, 529, { type: 'overloaded_error', message: 'Sorry.' }),
    );
    expect(outcome).toMatchObject({ code: 'overloaded' });
    expect(outcome).not.toHaveProperty('usage');
  });
});

describe("the API's codes of errors", () => {
  it.each([
    [429, 'rate_limit_error', 'enforced_spend_limit_reached', 'spend-limit'],
    [429, 'rate_limit_error', 'contract_spend_limit_reached', 'spend-limit'],
    [402, 'billing_error', 'linked_organization_spend_limit_reached', 'spend-limit'],
    [402, 'billing_error', 'linked_organization_billing_unavailable', 'spend-limit'],
    [429, 'rate_limit_error', 'ramp_limit_exceeded', 'rate-limited'],
    [400, 'invalid_request_error', 'request_body_too_large_after_decoding', 'context-too-long'],
    [400, 'invalid_request_error', 'organization_on_hold', 'auth'],
    [403, 'permission_error', 'cmek_context_unavailable', 'server-error'],
    [409, 'conflict_error', null, 'server-error'],
    [499, 'api_error', null, 'connection'],
    [400, 'invalid_request_error', 'a_new_code', 'invalid-request'],
  ])('make a %i %s %s the failure %s', async (status, type, errorCode, code) => {
    const details = errorCode === null ? {} : { details: { error_code: errorCode } };
    const { outcome } = await ask((response) =>
      writeError(response, status, { type, message: 'No.', ...details }),
    );
    expect(outcome).toMatchObject({ ok: false, code });
  });

  it.each([
    ['Your credit balance is too low to access the Anthropic API.', 'spend-limit'],
    [
      'You have reached your specified API usage limits. You will regain access on 2026-12-01.',
      'spend-limit',
    ],
    ['prompt is too long: 250000 tokens > 200000 maximum', 'context-too-long'],
    ['messages.0.content: the balance of roles is wrong', 'invalid-request'],
  ])('are not needed where a 400 says in words: %s', async (message, code) => {
    const { outcome, requests } = await ask(
      (response) => writeError(response, 400, { type: 'invalid_request_error', message }),
      { maxRetries: 2 },
    );
    expect(outcome).toMatchObject({ ok: false, code });
    expect(requests).toHaveLength(1);
  });

  it.each([
    [
      'llama.cpp',
      400,
      'exceed_context_size_error',
      'request (9412 tokens) exceeds the available context size (8192 tokens), try increasing it',
    ],
    ['an older llama.cpp', 500, 'server_error', 'Context size has been exceeded.'],
    ['vLLM', 400, 'BadRequestError', "This model's maximum context length is 4096 tokens."],
    ['SGLang', 400, 'BadRequestError', "The input (9412 tokens) is longer than the model's context length."],
    ['Ollama', 400, 'api_error', 'the input length exceeds the context length'],
    ['a gateway', 413, 'request_too_large', 'Request exceeds the maximum size'],
  ])('are not needed where %s says that the context is too small', async (_server, status, type, message) => {
    const { outcome, requests } = await ask((response) => writeError(response, status, { type, message }), {
      maxRetries: 2,
    });
    expect(outcome).toMatchObject({ ok: false, code: 'context-too-long' });
    expect(requests).toHaveLength(1);
    if (status === 413) return;
    const { outcome: streamed } = await ask((response) => {
      begin(response, 1);
      const error = { type: 'error', error: { type, message } };
      response.end(`event: error\ndata: ${JSON.stringify(error)}\n\n`);
    });
    expect(streamed).toMatchObject({ ok: false, code: 'context-too-long' });
  });

  it('are not needed in a body of another form', async () => {
    const { outcome } = await ask((response) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      const message = "This model's maximum context length is 4096 tokens.";
      response.end(JSON.stringify({ object: 'error', message, type: 'BadRequestError', code: 400 }));
    });
    expect(outcome).toMatchObject({ ok: false, code: 'context-too-long' });
  });

  it.each([
    ['prompt is too long: 210000 tokens > 200000 maximum', 'context-too-long'],
    ['Your credit balance is too low.', 'spend-limit'],
  ])('are read beside a code that is not known: %s', async (message, code) => {
    const details = { error_code: 'a_code_of_next_year' };
    const { outcome } = await ask((response) =>
      writeError(response, 400, { type: 'invalid_request_error', message, details }),
    );
    expect(outcome).toMatchObject({ ok: false, code });
  });

  it('do not make a limit of tokens a minute a context that is too long', async () => {
    const message = 'This request would exceed the rate limit for your context window of 1,000,000 tokens.';
    const { outcome } = await ask((response) =>
      writeError(response, 429, { type: 'rate_limit_error', message }),
    );
    expect(outcome).toMatchObject({ ok: false, code: 'rate-limited' });
  });

  it.each([
    [402, 'billing_error', { message: 'No.' }],
    [403, 'permission_error', { message: 'No.', details: { error_code: 'enforced_spend_limit_reached' } }],
    [400, 'invalid_request_error', { message: 'Your credit balance is too low.' }],
    [429, 'rate_limit_error', { message: 'You have reached your specified API usage limits.' }],
  ])(
    'of a limit in money, %i %s, are not asked again though the service says so',
    async (status, type, said) => {
      const { outcome, requests } = await ask(
        (response) => {
          response.setHeader('x-should-retry', 'true');
          writeError(response, status, { type, ...said });
        },
        { maxRetries: 2 },
      );
      expect(outcome).toMatchObject({ ok: false, code: 'spend-limit' });
      expect(requests).toHaveLength(1);
    },
  );

  it('count in the middle of a stream as well', async () => {
    const { outcome } = await ask((response) => {
      begin(response, 3);
      const details = { error_code: 'enforced_spend_limit_reached' };
      const error = { type: 'error', error: { type: 'rate_limit_error', message: 'Limit.', details } };
      response.end(`event: error\ndata: ${JSON.stringify(error)}\n\n`);
    });
    expect(outcome).toMatchObject({ ok: false, code: 'spend-limit' });
  });
});

describe('a wait that the service asks for', () => {
  const limited =
    (headers: Readonly<Record<string, string>>, status = 429) =>
    (response: ServerResponse): void => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      writeError(response, status, { type: 'rate_limit_error', message: 'Wait.' });
    };

  it.each<readonly [string, Readonly<Record<string, string>>, number]>([
    ['in seconds', { 'retry-after': '600' }, 600_000],
    ['in milliseconds', { 'retry-after-ms': '600000' }, 600_000],
    [
      'until a date',
      { date: 'Sun, 22 Nov 2026 12:00:00 GMT', 'retry-after': 'Sun, 22 Nov 2026 12:10:00 GMT' },
      600_000,
    ],
  ])('of ten minutes, %s, is not waited for but told', async (_how, headers, retryAfterMs) => {
    const { outcome, requests } = await ask(limited(headers), { maxRetries: 2 });
    expect(outcome).toMatchObject({ ok: false, code: 'rate-limited', retryAfterMs });
    expect(requests).toHaveLength(1);
  });

  it('is not waited for where the service is overloaded either', async () => {
    const { outcome, requests } = await ask(limited({ 'retry-after': '600' }, 503), { maxRetries: 2 });
    expect(outcome).toMatchObject({ ok: false, code: 'overloaded' });
    expect(requests).toHaveLength(1);
  });
});

it('takes a 429 whose JSON is broken as a rate limit, and asks again', async () => {
  const { outcome, requests } = await ask(
    (response) => {
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after-ms': '1' });
      response.end('{"type":"error",');
    },
    { maxRetries: 1 },
  );
  expect(outcome).toMatchObject({ ok: false, code: 'rate-limited' });
  expect(requests).toHaveLength(2);
});

it('ends a reply with its last event, though the server leaves the connection open', async () => {
  const { outcome, texts } = await ask((response) => begin(response, EVENTS.length), { idleMs: 5_000 });
  expect(outcome).toMatchObject({ ok: true, content: [{ type: 'text', text: LONG }] });
  expect(texts).toEqual([LONG]);
}, 3_000);

it('takes a reply that says nothing of its usage, and estimates it', async () => {
  const { outcome, requests } = await ask((response) => {
    const events = EVENTS.map(({ usage: _, ...event }) =>
      event.type === 'message_start' ? { type: 'message_start', message: { id: 'msg_1' } } : event,
    );
    writeEvents(response, events);
  });
  const inputTokens = Math.ceil(JSON.stringify(requests[0]?.body).length / 4);
  const outputTokens = Math.ceil(LONG.length / 4);
  expect(outcome).toMatchObject({ ok: true, usage: { inputTokens, outputTokens } });
});

it('takes a page of HTML as a reply that cannot be read, not as a lost connection', async () => {
  const { outcome } = await ask((response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html>\n<html><body>Sign in: here</body></html>\n\n');
  });
  expect(outcome).toMatchObject({
    ok: false,
    code: 'server-error',
    message: expect.stringContaining('could not be read'),
  });
  expect(outcome).not.toHaveProperty('usage');
});

it('takes a tool call without an id', async () => {
  const block = { type: 'tool_use', name: 'use_program', input: { name: 'a' } };
  const { outcome } = await ask((response) => writeEvents(response, replyEvents([{ block }], 'tool_use')));
  expect(outcome).toMatchObject({ content: [{ callId: 'call', name: 'use_program' }] });
});
