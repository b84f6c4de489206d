import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createAnthropicModel } from '../../src/model/anthropic.ts';
import {
  type MessagesServer,
  type RecordedRequest,
  replyEvents,
  startMessagesServer,
  writeError,
  writeEvents,
} from './messages-server.ts';
import { collect, modelRequest } from './model-request.ts';

const SCHEMA = {
  type: 'object',
  properties: { severity: { enum: ['none', 'high'] }, note: { type: 'string', maxLength: 80 } },
  required: ['severity'],
};
const EVENTS = replyEvents([
  { block: { type: 'text', text: '' }, deltas: [{ type: 'text_delta', text: '{"severity":"none"}' }] },
]);

const servers: MessagesServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function bench(answer: (response: ServerResponse, request: RecordedRequest) => void) {
  const server = await startMessagesServer(answer);
  servers.push(server);
  const options = { apiKey: 'sk-test', baseUrl: server.url, model: 'm-1', maxRetries: 0 };
  return { model: createAnthropicModel(options), requests: server.requests };
}

const refuseSchemas = (response: ServerResponse, { body }: RecordedRequest): void =>
  'output_config' in body
    ? writeError(response, 400, { type: 'invalid_request_error', message: 'Unknown field.' })
    : writeEvents(response, EVENTS);

describe('the schema of an answer', () => {
  it('goes to the server as its structured output, in the form that this takes', async () => {
    const { model, requests } = await bench((response) => writeEvents(response, EVENTS));
    await collect(model, modelRequest('hello', { answerSchema: SCHEMA }));
    expect(requests[0]?.body.output_config).toEqual({
      format: {
        type: 'json_schema',
        schema: {
          type: 'object',
          properties: {
            severity: { enum: ['none', 'high'] },
            note: { type: 'string', description: '{maxLength: 80}' },
          },
          required: ['severity'],
          additionalProperties: false,
        },
      },
    });
  });

  it('is absent where there is none', async () => {
    const { model, requests } = await bench((response) => writeEvents(response, EVENTS));
    await collect(model, modelRequest('hello'));
    expect(requests[0]?.body).not.toHaveProperty('output_config');
  });

  it('is left out for a server that refuses it, from the second call on without asking', async () => {
    const { model, requests } = await bench(refuseSchemas);
    for (const text of ['one', 'two']) {
      const { outcome } = await collect(model, modelRequest(text, { answerSchema: SCHEMA }));
      expect(outcome).toMatchObject({ ok: true, content: [{ type: 'text', text: '{"severity":"none"}' }] });
    }
    expect(requests.map(({ body }) => 'output_config' in body)).toEqual([true, false, false]);
  });

  it('is still asked for after a call that was refused with and without it', async () => {
    const { model, requests } = await bench((response) =>
      writeError(response, 400, { type: 'invalid_request_error', message: 'No such model.' }),
    );
    for (const text of ['one', 'two']) {
      const { outcome } = await collect(model, modelRequest(text, { answerSchema: SCHEMA }));
      expect(outcome).toMatchObject({ ok: false, code: 'invalid-request' });
    }
    expect(requests.map(({ body }) => 'output_config' in body)).toEqual([true, false, true, false]);
  });

  it('is no reason to ask again after any other failure', async () => {
    const { model, requests } = await bench((response) =>
      writeError(response, 529, { type: 'overloaded_error', message: 'Sorry.' }),
    );
    await collect(model, modelRequest('hello', { answerSchema: SCHEMA }));
    expect(requests).toHaveLength(1);
  });
});
