import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHistory, trimHistory } from '../../src/host/history.ts';
import type { AssistantBlock, ModelMessage, UserBlock } from '../../src/model/model.ts';

/** A turn with so many calls of a tool: question, (call, result)*, answer. */
function turn(name: string, calls: number): ModelMessage[] {
  const steps = Array.from({ length: calls }, (_, index): ModelMessage[] => [
    {
      role: 'assistant',
      content: [
        { type: 'tool-call', callId: `${name}-${index}`, name: 'run_program', input: { body: '(nop)' } },
      ],
    },
    {
      role: 'user',
      content: [{ type: 'tool-result', callId: `${name}-${index}`, text: 'SUCCESS', isError: false }],
    },
  ]);
  return [
    { role: 'user', content: [{ type: 'text', text: `question ${name}` }] },
    ...steps.flat(),
    { role: 'assistant', content: [{ type: 'text', text: `answer ${name}` }] },
  ];
}

/** One block of each kind that the model port knows; a kind too few does not compile. */
const USER_BLOCKS: { readonly [Type in UserBlock['type']]: Extract<UserBlock, { readonly type: Type }> } = {
  text: { type: 'text', text: 'hello' },
  'tool-result': { type: 'tool-result', callId: 'c1', text: 'SUCCESS', isError: false },
};
const ASSISTANT_BLOCKS: {
  readonly [Type in AssistantBlock['type']]: Extract<AssistantBlock, { readonly type: Type }>;
} = {
  text: { type: 'text', text: 'hello' },
  'tool-call': { type: 'tool-call', callId: 'c1', name: 'run_program', input: { malformedJson: '{' } },
  opaque: {
    type: 'opaque',
    model: 'claude',
    data: { type: 'thinking', thinking: 'hm', signature: 's', nested: [{ a: null }] },
  },
};

const NO_LIMIT = { messages: 1_000_000, characters: 1_000_000_000 };

describe('parseHistory', () => {
  it('takes what was saved, through JSON and back', () => {
    const history = [...turn('a', 2), ...turn('b', 0)];
    expect(parseHistory(JSON.parse(JSON.stringify(history)))).toEqual({ ok: true, history });
    expect(parseHistory([])).toEqual({ ok: true, history: [] });
  });

  it.each(Object.values(USER_BLOCKS))('takes a block of a person: $type', (block) => {
    const history = [{ role: 'user', content: [block] }];
    expect(parseHistory(JSON.parse(JSON.stringify(history)))).toEqual({ ok: true, history });
  });

  it('keeps whose text it is', () => {
    const history = [{ role: 'user', content: [{ type: 'text', text: 'Go on.', from: 'host' }] }];
    expect(parseHistory(history)).toEqual({ ok: true, history });
    const other = [{ role: 'user', content: [{ type: 'text', text: 'x', from: 'somebody' }] }];
    expect(parseHistory(other)).toMatchObject({ ok: false });
  });

  it.each(Object.values(ASSISTANT_BLOCKS))('takes a block of the model: $type', (block) => {
    const history = [{ role: 'assistant', content: [block] }];
    expect(parseHistory(JSON.parse(JSON.stringify(history)))).toEqual({ ok: true, history });
  });

  it.each([
    ['a message without a role', { content: [] }],
    ['a block of another kind', { role: 'user', content: [{ type: 'image' }] }],
    [
      'a tool call by a person',
      { role: 'user', content: [{ type: 'tool-call', callId: 'c', name: 'n', input: {} }] },
    ],
    ['a string', 'hello'],
  ])('refuses %s and says where', (_name, message) => {
    const outcome = parseHistory([...turn('a', 0), message]);
    expect(outcome).toEqual({ ok: false, reason: expect.stringContaining('[2]') });
  });
});

describe('trimHistory', () => {
  it('keeps a history within its limits as it is', () => {
    const history = [...turn('a', 1), ...turn('b', 1)];
    expect(trimHistory(history, NO_LIMIT)).toEqual(history);
    expect(trimHistory([], NO_LIMIT)).toEqual([]);
  });

  it('drops the oldest turns whole when there are too many messages', () => {
    const history = [...turn('a', 2), ...turn('b', 1), ...turn('c', 0)];
    expect(trimHistory(history, { ...NO_LIMIT, messages: 11 })).toEqual([...turn('b', 1), ...turn('c', 0)]);
    expect(trimHistory(history, { ...NO_LIMIT, messages: 6 })).toEqual([...turn('b', 1), ...turn('c', 0)]);
    expect(trimHistory(history, { ...NO_LIMIT, messages: 5 })).toEqual(turn('c', 0));
  });

  it('drops the oldest turns when they have too many characters', () => {
    const history = [...turn('a', 0), ...turn('b', 0)];
    const characters = history.reduce((sum, message) => sum + JSON.stringify(message).length, 0);
    expect(trimHistory(history, { ...NO_LIMIT, characters })).toEqual(history);
    expect(trimHistory(history, { ...NO_LIMIT, characters: characters - 1 })).toEqual(turn('b', 0));
  });

  it('keeps the result of a call in text with its turn, and a head while there is room', () => {
    const inText: ModelMessage[] = [
      ...turn('b', 0).slice(0, 1),
      { role: 'assistant', content: [{ type: 'text', text: '@use x' }] },
      { role: 'user', content: [{ type: 'text', text: 'outcome: ok', from: 'host' }] },
      ...turn('b', 0).slice(1),
    ];
    const head: ModelMessage[] = [
      { role: 'user', content: [{ type: 'text', text: 'a summary', from: 'host' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'Noted.' }] },
    ];
    const history = [...head, ...inText];
    expect(trimHistory(history, NO_LIMIT)).toEqual(history);
    expect(trimHistory(history, { ...NO_LIMIT, messages: 3 })).toEqual(inText);
  });

  it('keeps the newest turn, whatever its size', () => {
    const history = [...turn('a', 1), ...turn('b', 20)];
    expect(trimHistory(history, { messages: 3, characters: 10 })).toEqual(turn('b', 20));
  });

  it('never parts a tool call from its result, and always begins with a question', () => {
    const calls = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(calls, fc.integer({ min: 1, max: 40 }), (counts, messages) => {
        const history = counts.flatMap((count, index) => turn(String(index), count));
        const kept = trimHistory(history, { ...NO_LIMIT, messages });
        expect(history.slice(history.length - kept.length)).toEqual(kept);
        expect(kept[0]?.content[0]).toMatchObject({
          type: 'text',
          text: expect.stringContaining('question'),
        });
        const blocks = kept.flatMap(({ content }) => [...content]);
        const ids = (type: string) =>
          blocks.flatMap((block) => (block.type === type && 'callId' in block ? [block.callId] : []));
        expect(ids('tool-result')).toEqual(ids('tool-call'));
      }),
    );
  });
});
