import { afterEach, describe, expect, it } from 'vitest';
import { createAnthropicModel } from '../../src/model/anthropic.ts';
import type { AssistantBlock, ModelMessage } from '../../src/model/model.ts';
import { type MessagesServer, replyEvents, startMessagesServer, writeEvents } from './messages-server.ts';
import { collect, modelRequest } from './model-request.ts';

const servers: MessagesServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const HI = [{ block: { type: 'text', text: 'Hi' } }];

async function ask(messages: readonly ModelMessage[], blocks: Parameters<typeof replyEvents>[0] = HI) {
  const server = await startMessagesServer((response) => writeEvents(response, replyEvents(blocks)));
  servers.push(server);
  const model = createAnthropicModel({
    apiKey: 'sk-test',
    baseUrl: server.url,
    model: 'm-1',
    maxRetries: 0,
    cacheConversation: false,
  });
  const { outcome } = await collect(model, { ...modelRequest(''), messages });
  return { outcome, sent: server.requests[0]?.body.messages };
}

const user = (...texts: string[]): ModelMessage => ({
  role: 'user',
  content: texts.map((text) => ({ type: 'text', text })),
});
const assistant = (...content: AssistantBlock[]): ModelMessage => ({ role: 'assistant', content });
const call = (callId: string, input: unknown = {}, name = 'use_program'): AssistantBlock => ({
  type: 'tool-call',
  callId,
  name,
  input,
});
const results = (...ids: string[]): ModelMessage => ({
  role: 'user',
  content: ids.map((callId, index) => ({ type: 'tool-result', callId, text: `${index}`, isError: false })),
});
const thinking: AssistantBlock = {
  type: 'opaque',
  model: 'other',
  data: { type: 'redacted_thinking', data: 'x' },
};

const toolUse = (id: string, json: string) => ({
  block: { type: 'tool_use', id, name: 'use_program', input: {} },
  deltas: [{ type: 'input_json_delta', partial_json: json }],
});

describe('lone surrogates', () => {
  it('are replaced in what a reply says and asks for', async () => {
    const said = { block: { type: 'text', text: 'a\ud800b' } };
    const { outcome } = await ask(
      [user('go')],
      [said, toolUse('1', '{"args":["\\ud83d",{"\\udc00":"x"}],"icon":"\\ud83d\\ude00"}')],
    );
    expect(outcome).toMatchObject({
      content: [
        { type: 'text', text: 'a\ufffdb' },
        { type: 'tool-call', input: { args: ['\ufffd', { '\ufffd': 'x' }], icon: '😀' } },
      ],
    });
  });

  it('are replaced in an emoji that was cut in two by the stream only where a half is missing', async () => {
    const deltas = ['\ud83d', '\ude00', '\ud83d'].map((text) => ({ type: 'text_delta', text }));
    const { outcome } = await ask([user('go')], [{ block: { type: 'text', text: '' }, deltas }]);
    expect(outcome).toMatchObject({ content: [{ type: 'text', text: '😀\ufffd' }] });
  });

  it('are replaced in a history that has them', async () => {
    const { sent } = await ask([
      user('a\ud800'),
      assistant({ type: 'text', text: 'b\udc00' }, call('1', { args: ['\ud83d'] })),
      { role: 'user', content: [{ type: 'tool-result', callId: '1', text: 'c\ud800', isError: true }] },
    ]);
    expect(JSON.stringify(sent)).not.toMatch(/\\ud/);
    expect(sent).toMatchObject([
      { content: [{ text: 'a\ufffd' }] },
      { content: [{ text: 'b\ufffd' }, { input: { args: ['\ufffd'] } }] },
      { content: [{ content: 'c\ufffd', is_error: true }] },
    ]);
  });
});

it('takes arguments that are nested too deeply to be walked through as malformed', async () => {
  const json = `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
  const { outcome } = await ask([user('go')], [toolUse('1', json)]);
  expect(outcome).toMatchObject({ content: [{ input: { malformedJson: json } }] });
});

describe('ids of tool calls', () => {
  it('are made well-formed and unique in a reply', async () => {
    const { outcome } = await ask(
      [user('go')],
      ['call.0', 'call.0', '', 'é'].map((id) => toolUse(id, '{}')),
    );
    const ids = outcome.ok && outcome.content.map((block) => block.type === 'tool-call' && block.callId);
    expect(ids).toEqual(['call_0', 'call_0_2', 'call', '_']);
  });

  it('are unique in a request, each with its result behind it', async () => {
    const { sent } = await ask([
      user('go'),
      assistant(call('call.0')),
      results('call.0'),
      assistant(call('call.0'), call('call_0'), call('call.0')),
      results('call.0', 'call.0', 'call_0'),
    ]);
    const uses = (ids: string[]) => ({ content: ids.map((id) => ({ type: 'tool_use', id })) });
    const answers = (ids: string[]) => ({ content: ids.map((id) => ({ tool_use_id: id })) });
    expect(sent).toMatchObject([
      {},
      uses(['call_0']),
      answers(['call_0']),
      uses(['call_0_2', 'call_0_3', 'call_0_4']),
      answers(['call_0_2', 'call_0_4', 'call_0_3']),
    ]);
  });

  it('leave those that are right as they are', async () => {
    const { sent } = await ask([user('go'), assistant(call('toolu_01-A')), results('toolu_01-A')]);
    expect(sent).toMatchObject([{}, { content: [{ id: 'toolu_01-A' }] }, {}]);
  });

  it('leave a result without its call as text', async () => {
    const { sent } = await ask([user('go'), assistant({ type: 'text', text: 'No.' }), results('gone')]);
    expect(sent).toMatchObject([{}, {}, { content: [{ type: 'text', text: '0' }] }]);
  });
});

it('sends a tool name that no tool can have in the form of one', async () => {
  const { sent } = await ask([user('go'), assistant(call('1', {}, 'a b.c')), results('1')]);
  expect(sent).toMatchObject([{}, { content: [{ name: 'a_b_c' }] }, {}]);
});

describe('a message with nothing in it for this model', () => {
  it('is left out, and its neighbours become one', async () => {
    const { sent } = await ask([user('1'), assistant(thinking), user('2')]);
    expect(sent).toEqual([user('1', '2')]);
  });

  it('is left out where only blank text stands beside its thinking', async () => {
    const { sent } = await ask([
      user('1'),
      assistant({ type: 'text', text: 'A' }),
      user('2'),
      assistant(thinking, { type: 'text', text: ' \n' }),
      user('3'),
    ]);
    expect(sent).toEqual([user('1'), assistant({ type: 'text', text: 'A' }), user('2', '3')]);
  });
});
