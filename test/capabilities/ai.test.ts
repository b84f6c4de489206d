import { describe, expect, it } from 'vitest';
import { type AskModel, createAi, type ModelQuestion } from '../../src/capabilities/ai.ts';
import { createAllowance, fail } from '../../src/capabilities/capability.ts';
import { openHost } from './open-capability.ts';
import { hostContext } from './session-context.ts';

/** A model that says what it is told to and records what it was asked. */
function scripted(...answers: (string | Awaited<ReturnType<AskModel>>)[]) {
  const asked: ModelQuestion[] = [];
  const ask: AskModel = async (question) => {
    asked.push(question);
    const answer = answers.shift() ?? 'an answer';
    return typeof answer === 'string' ? { ok: true, text: answer } : answer;
  };
  const call = openHost(createAi(ask), hostContext());
  return { asked, ask, call };
}

describe('ai.ask', () => {
  it('keeps prompt and input apart, and gives the answer', async () => {
    const { asked, call } = scripted('short');
    expect(await call('ask', 'Summarise.', 'long text')).toEqual({ ok: true, value: 'short' });
    expect(asked).toEqual([{ prompt: 'Summarise.', input: 'long text', form: 'text' }]);
  });

  it('hands over what the model failed with', async () => {
    const { call } = scripted(fail('EREMOTE', 'overloaded'));
    expect(await call('ask', 'x', '')).toEqual({ ok: false, status: 'EREMOTE', message: 'overloaded' });
  });

  it.each([
    ['an empty prompt', ' \n', ''],
    ['a prompt of more than 16 KiB', 'é'.repeat(8_193), ''],
    ['an input of more than 256 KiB', 'x', 'é'.repeat(131_073)],
  ])('refuses %s and asks nobody', async (_, prompt, input) => {
    const { asked, call } = scripted();
    expect(await call('ask', prompt, input)).toMatchObject({ ok: false, status: 'EBOUND' });
    expect(asked).toEqual([]);
  });

  it('takes prompt and input of just the largest size', async () => {
    const { call } = scripted('fine');
    expect(await call('ask', 'é'.repeat(8_192), 'é'.repeat(131_072))).toEqual({ ok: true, value: 'fine' });
  });
});

describe('the calls of a model', () => {
  it('are eight for a run', async () => {
    const { asked, call } = scripted();
    const answers = await Promise.all(Array.from({ length: 9 }, () => call('ask', 'x', '')));
    expect(answers.filter(({ ok }) => ok).length).toBe(8);
    expect(answers.at(-1)).toMatchObject({ status: 'EBOUND' });
    expect(asked.length).toBe(8);
  });

  it('are as many for a turn as it lends to all of its runs', async () => {
    const { asked, ask } = scripted();
    const context = hostContext({ modelCalls: createAllowance(3) });
    const runs = [openHost(createAi(ask), context), openHost(createAi(ask), context)];
    const answers = [];
    for (let turn = 0; turn < 4; turn += 1) answers.push(await runs[turn % 2]?.('ask', 'x', ''));
    expect(answers.map((answer) => answer?.ok)).toEqual([true, true, true, false]);
    expect(answers.at(-1)).toMatchObject({ status: 'EBOUND' });
    expect(asked.length).toBe(3);
  });
});

describe('ai.ask_json', () => {
  it.each([
    ['{"a": 1}', '{"a": 1}'],
    ['```json\n{"a": 1}\n```', '{"a": 1}'],
    [' ```\n[1,\n2]\n``` \n', '[1,\n2]'],
  ])('makes of %j the JSON %j', async (answer, value) => {
    const { asked, call } = scripted(answer);
    expect(await call('ask_json', 'As JSON.', '')).toEqual({ ok: true, value });
    expect(asked).toMatchObject([{ form: 'json' }]);
  });

  it('answers EREMOTE for what is no JSON', async () => {
    expect(await scripted('Sure! {"a": 1}').call('ask_json', 'x', '')).toMatchObject({
      ok: false,
      status: 'EREMOTE',
    });
  });
});

describe('ai.classify', () => {
  it.each([
    ['bug', 'bug'],
    [' "Feature request". ', 'feature request'],
    ['**BUG**', 'bug'],
  ])('takes the answer %j for %j', async (answer, value) => {
    const { asked, call } = scripted(answer);
    expect(await call('classify', 'it crashes', '["bug", "feature request"]')).toEqual({ ok: true, value });
    expect(asked).toEqual([
      {
        prompt: 'Which of these labels fits the input best? ["bug","feature request"]',
        input: 'it crashes',
        form: 'label',
      },
    ]);
  });

  it('answers EREMOTE for an answer that is none of the labels', async () => {
    expect(await scripted('neither').call('classify', 'x', '["a","b"]')).toMatchObject({ status: 'EREMOTE' });
  });

  it.each([['a, b'], ['[]'], ['["a", 1]'], ['[""]'], ['{"a": 1}'], [JSON.stringify(Array(51).fill('a'))]])(
    'refuses the labels %s and asks nobody',
    async (labels) => {
      const { asked, call } = scripted();
      expect(await call('classify', 'x', labels)).toMatchObject({ ok: false, status: 'EPARSE' });
      expect(asked).toEqual([]);
    },
  );
});
