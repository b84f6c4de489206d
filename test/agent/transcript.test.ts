import { describe, expect, it } from 'vitest';
import { Transcript, toolResult, withheldHistory } from '../../src/agent/transcript.ts';
import type { ModelMessage } from '../../src/model/model.ts';
import { problemsOf } from './history-rules.ts';

const text = (value: string) => ({ type: 'text', text: value }) as const;
const call = (callId: string) => ({ type: 'tool-call', callId, name: 'run_program', input: {} }) as const;

const EARLIER: readonly ModelMessage[] = [
  { role: 'user', content: [text('hi')] },
  { role: 'assistant', content: [text('hello')] },
];

describe('Transcript', () => {
  it('ends with the answer after the messages of the turn', () => {
    const transcript = new Transcript(EARLIER);
    transcript.addUser([text('more')]);
    expect(transcript.close('done')).toEqual([
      ...EARLIER,
      { role: 'user', content: [text('more')] },
      { role: 'assistant', content: [text('done')] },
    ]);
  });

  it('leaves the history that it was given alone', () => {
    const history = Object.freeze([...EARLIER]);
    const transcript = new Transcript(history);
    transcript.addUser([text('more')]);
    expect(history).toHaveLength(2);
  });

  it('cancels calls that have no result when the turn ends', () => {
    const transcript = new Transcript(EARLIER);
    transcript.addUser([text('run')]);
    transcript.addAssistant([text('I will.'), call('a'), call('b')]);
    const history = transcript.close('Stopped.');
    expect(problemsOf(history)).toEqual([]);
    expect(history.at(-2)).toMatchObject({
      role: 'user',
      content: [
        { type: 'tool-result', callId: 'a', isError: true, text: expect.stringContaining('cancelled') },
        { type: 'tool-result', callId: 'b', isError: true },
      ],
    });
  });

  it('mends a history that ends in calls without results, or with a message without an answer', () => {
    const interrupted: ModelMessage[] = [
      { role: 'user', content: [text('run')] },
      { role: 'assistant', content: [call('a')] },
    ];
    for (const history of [interrupted, interrupted.slice(0, 1)]) {
      const transcript = new Transcript(history);
      transcript.addUser([text('more')]);
      expect(problemsOf(transcript.close('done'))).toEqual([]);
    }
  });

  it('joins messages of one side', () => {
    const transcript = new Transcript([]);
    transcript.addUser([text('a')]);
    transcript.addUser([text('b')]);
    transcript.addAssistant([text('c')]);
    expect(transcript.close('d')).toEqual([
      { role: 'user', content: [text('a'), text('b')] },
      { role: 'assistant', content: [text('c'), text('d')] },
    ]);
  });
});

describe('withheldHistory', () => {
  it('tells that a message was withheld, not what it said', () => {
    const history = withheldHistory(EARLIER, 'No.');
    expect(problemsOf(history)).toEqual([]);
    expect(history.slice(2)).toMatchObject([
      { role: 'user', content: [{ text: expect.stringContaining('withheld') }] },
      { role: 'assistant', content: [{ text: 'No.' }] },
    ]);
  });
});

describe('problemsOf', () => {
  it.each<[string, ModelMessage[]]>([
    ['two messages of one side', [EARLIER[0], EARLIER[0]].flatMap((message) => message ?? [])],
    [
      'a call without a result',
      [...EARLIER, { role: 'user', content: [text('x')] }, { role: 'assistant', content: [call('a')] }],
    ],
    ['a result without a call', [{ role: 'user', content: [toolResult('a', 'x', false)] }]],
    ['an empty message', [{ role: 'user', content: [] }]],
    ['a blank text', [{ role: 'user', content: [text(' ')] }]],
  ])('finds %s', (_name, history) => {
    expect(problemsOf(history)).not.toEqual([]);
  });
});
