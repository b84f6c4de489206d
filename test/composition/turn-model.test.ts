import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createTally } from '../../src/budget/tally.ts';
import type { Catalog } from '../../src/catalog/port.ts';
import { createSmallModel } from '../../src/composition/small-model.ts';
import { createTurnModel } from '../../src/composition/turn-model.ts';
import { type Environment, parseConfig } from '../../src/config.ts';
import { ALL_RANGES } from '../../src/engine/engine-limits.ts';
import {
  type MessagesServer,
  replyEvents,
  startMessagesServer,
  writeError,
  writeEvents,
} from '../model/messages-server.ts';
import { collect, modelRequest, TOOL } from '../model/model-request.ts';

type Answer = Parameters<typeof startMessagesServer>[0];

const SIMPLE = 'What did I note about the office?';
const HARD = 'Plan our offsite in Lisbon.';
const KEY = 'sk-ant-secret';
const NOTHING: Catalog = { list: () => [], get: () => undefined };

const servers: MessagesServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(answer: Answer): Promise<MessagesServer> {
  const server = await startMessagesServer(answer);
  servers.push(server);
  return server;
}

const says = (text: string): Answer => {
  const events = replyEvents([{ block: { type: 'text', text: '' }, deltas: [{ type: 'text_delta', text }] }]);
  return (response) => writeEvents(response, events);
};

/** Refuses without an invitation to ask again, so that no test waits for the SDK's pauses. */
const fails =
  (status: number, type: string): Answer =>
  (response) => {
    response.setHeader('x-should-retry', 'false');
    writeError(response, status, { type, message: 'No.' });
  };

function open(environment: Environment) {
  const account = createTally();
  const config = parseConfig(environment, ALL_RANGES);
  return { account, config, model: createTurnModel(config, { catalog: NOTHING })(account) };
}

const ask = (text: string) => modelRequest(text, { tools: [TOOL] });

describe('createTurnModel', () => {
  it('has the local model for simple requests, and never gives it the key', async () => {
    const [large, local] = [await serve(says('By large.')), await serve(says('By local.'))];
    const environment = { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: large.url, LOCAL_MODEL_URL: local.url };
    expect((await collect(open(environment).model, ask(SIMPLE))).texts).toEqual(['By local.']);
    expect((await collect(open(environment).model, ask(HARD))).texts).toEqual(['By large.']);
    expect(local.requests).toMatchObject([
      { headers: { authorization: 'Bearer local' }, body: { model: 'local' } },
    ]);
    expect(large.requests).toMatchObject([{ headers: { authorization: `Bearer ${KEY}` } }]);
  });

  it('lets the local model do it all where there is no key, without a way to hand on', async () => {
    const local = await serve(says('By local.'));
    const { model, account } = open({ LOCAL_MODEL_URL: local.url, LOCAL_MODEL: 'qwen3' });
    const { deltas } = await collect(model, ask(HARD));
    expect(deltas).toEqual([{ type: 'text', text: 'By local.' }]);
    expect(local.requests[0]?.body.model).toBe('qwen3');
    expect(JSON.stringify(local.requests[0]?.body)).not.toContain('ESCALATE');
    expect(account.spent.modelCalls).toBe(1);
    expect(model.name).toBe('local:qwen3');
  });

  it('has the offline planner where there is neither', async () => {
    const { model } = open({});
    expect(model.name).toBe('offline');
    expect((await collect(model, ask(HARD))).texts.join('')).toContain('ANTHROPIC_API_KEY');
  });

  it('has the fallback for an overloaded model', async () => {
    const large = await serve((response, request) =>
      (request.body.model === 'small-one' ? says('By fallback.') : fails(529, 'overloaded_error'))(
        response,
        request,
      ),
    );
    const { model, account } = open({
      ANTHROPIC_API_KEY: KEY,
      ANTHROPIC_BASE_URL: large.url,
      FALLBACK_MODEL: 'small-one',
    });
    expect((await collect(model, ask(HARD))).deltas).toEqual([
      { type: 'routed', model: 'small-one', reason: 'claude-sonnet-5-5 is overloaded' },
      { type: 'text', text: 'By fallback.' },
    ]);
    expect(account.spent.modelCalls).toBe(2);
  });

  const cut = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`event: message_start\ndata: ${JSON.stringify(replyEvents([])[0])}\n\n`);
    setImmediate(() => response.destroy());
  };
  const malformed = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end('event: message_start\ndata: {"type":\n\n');
  };

  it.each<readonly [string, Answer, string]>([
    ['429', fails(429, 'rate_limit_error'), 'it failed (rate-limited)'],
    ['529', fails(529, 'overloaded_error'), 'it failed (overloaded)'],
    ['500', fails(500, 'api_error'), 'it failed (server-error)'],
    ['404', fails(404, 'not_found_error'), 'it failed (invalid-request)'],
    ['a stream that is cut', cut, 'it failed (connection)'],
    ['JSON that is malformed', malformed, 'it failed (server-error)'],
    ['the word to hand on', says('ESCALATE'), 'it says so'],
  ])('asks the large model after %s of the local server', async (_what, answer, fault) => {
    const [large, local] = [await serve(says('By large.')), await serve(answer)];
    const { model, account } = open({
      ANTHROPIC_API_KEY: KEY,
      ANTHROPIC_BASE_URL: large.url,
      LOCAL_MODEL_URL: local.url,
    });
    expect((await collect(model, ask(SIMPLE))).deltas).toEqual([
      { type: 'routed', model: 'local:local', reason: 'a simple request: one look-up' },
      { type: 'routed', model: 'claude-sonnet-5-5', reason: `local:local is given up: ${fault}` },
      { type: 'text', text: 'By large.' },
    ]);
    expect(local.requests).toHaveLength(1);
    expect(account.spent.modelCalls).toBe(2);
  });

  it('asks the large model where no local server answers', async () => {
    const large = await serve(says('By large.'));
    const { model } = open({
      ANTHROPIC_API_KEY: KEY,
      ANTHROPIC_BASE_URL: large.url,
      LOCAL_MODEL_URL: 'http://127.0.0.1:1',
    });
    expect((await collect(model, ask(SIMPLE))).texts).toEqual(['By large.']);
  });
});

describe('createSmallModel', () => {
  it('is the local model where there is no key', async () => {
    const local = await serve(says('Short.'));
    const { config } = open({ LOCAL_MODEL_URL: local.url });
    const model = createSmallModel(config.model, 'claude-haiku-5-5');
    if (model === null) throw new Error('expected a model');
    expect((await collect(model, modelRequest('Be short.'))).texts).toEqual(['Short.']);
    expect(model.name).toBe('local:local');
    expect(local.requests).toMatchObject([
      { headers: { authorization: 'Bearer local' }, body: { model: 'local' } },
    ]);
  });

  it('is the one by its name beside a local model', () => {
    const { config } = open({ ANTHROPIC_API_KEY: KEY, LOCAL_MODEL_URL: 'http://127.0.0.1:1' });
    expect(createSmallModel(config.model, 'claude-haiku-5-5')?.name).toBe('claude-haiku-5-5');
  });

  it('is none without a key and a local model', () => {
    expect(createSmallModel(open({}).config.model, 'claude-haiku-5-5')).toBeNull();
  });
});
