import { describe, expect, it } from 'vitest';
import type { ModelMessage } from '../../src/model/model.ts';
import { programRun } from './fake-runner.ts';
import { problemsOf } from './history-rules.ts';
import { calls, says } from './scripted-model.ts';
import { createBench, PROGRAMS } from './turn-fixture.ts';

const use = (id: string, args: unknown = ['https://a.example']) => ({
  id,
  name: 'use_program',
  input: { name: 'http_get', args },
});
const run = (id: string, input: Record<string, unknown> = { body: '(nop)' }) => ({
  id,
  name: 'run_program',
  input,
});

function lastUserBlocks(messages: readonly ModelMessage[] | undefined): readonly unknown[] {
  return messages?.findLast(({ role }) => role === 'user')?.content ?? [];
}

describe('a turn', () => {
  it('answers from the model alone', async () => {
    const bench = createBench({ replies: [says('Paris.')] });
    const result = await bench.turn('Capital of France?');
    expect(result).toEqual({
      cause: 'answered',
      lastRun: null,
      answer: 'Paris.',
      history: [
        { role: 'user', content: [{ type: 'text', text: 'Capital of France?' }] },
        { role: 'assistant', content: [{ type: 'text', text: 'Paris.' }] },
      ],
    });
    expect(bench.events.map(({ type }) => type)).toEqual([
      'turn.started',
      'model.started',
      'guard.verdict',
      'model.finished',
      'guard.verdict',
      'model.delta',
      'answer',
      'turn.finished',
    ]);
    expect(bench.events.at(-1)).toEqual({
      type: 'turn.finished',
      cause: 'answered',
      durationMs: 15,
      error: null,
      spent: expect.objectContaining({ inputTokens: 0, modelCalls: 0 }),
    });
  });

  it('runs what the model asks for and shows it what came of it', async () => {
    const bench = createBench({
      replies: [calls([use('c1')], 'I will look.'), says('It says hello.')],
      runner: { run: () => programRun({ result: 'hello' }) },
    });
    const result = await bench.turn('What does it say?');
    expect(result.answer).toBe('It says hello.');
    expect(bench.runner.requests).toMatchObject([{ program: PROGRAMS[0], args: ['https://a.example'] }]);
    expect(lastUserBlocks(bench.model.requests[1]?.messages)).toEqual([
      { type: 'tool-result', callId: 'c1', isError: false, text: expect.stringContaining('\nhello\n') },
    ]);
    expect(problemsOf(result.history)).toEqual([]);
    expect(result.history).toHaveLength(4);
  });

  it('runs a program that the model wrote with all capabilities but core', async () => {
    const input = { body: '(resv "x")', signature: '(n: i32) -> string', args: { n: 2 }, title: 'Say x' };
    const bench = createBench({ replies: [calls([run('c1', input)]), says('x')] });
    await bench.turn('x?');
    expect(bench.runner.prepared).toMatchObject([
      { name: 'run_program', body: '(resv "x")', grants: ['kv'] },
    ]);
    expect(bench.runner.requests).toMatchObject([
      { args: [2], program: { signature: { params: [{ name: 'n' }] } } },
    ]);
    expect(bench.eventsOf('program.compiled')).toEqual([
      { type: 'program.compiled', runId: 'run-1', title: 'Say x' },
    ]);
    expect(bench.eventsOf('run.started')).toMatchObject([
      { runId: 'run-1', title: 'Say x', program: 'run_program' },
    ]);
  });

  it('tells each run as it happens', async () => {
    const bench = createBench({
      replies: [calls([use('c1')]), says('ok')],
      runner: {
        run: (request) => {
          request.onHostCall?.({ name: 'http.get', status: 'EACCESS', message: 'not allowed' });
          return programRun({
            outcome: 'status',
            status: 'EACCESS',
            result: null,
            fuel: 7,
            error: 'ended with EACCESS',
          });
        },
      },
    });
    await bench.turn('go');
    expect(bench.events.filter(({ type }) => type.startsWith('run.') || type === 'observation')).toEqual([
      { type: 'run.started', runId: 'run-1', title: 'http_get("https://a.example")', program: 'http_get' },
      {
        type: 'run.host-call',
        runId: 'run-1',
        call: { name: 'http.get', status: 'EACCESS', message: 'not allowed' },
      },
      {
        type: 'run.finished',
        runId: 'run-1',
        outcome: 'status',
        status: 'EACCESS',
        summary: 'ended with EACCESS',
        fuel: 7,
        memoryBytes: 65_536,
        durationMs: 1,
      },
      { type: 'observation', runId: 'run-1', text: expect.stringContaining('status: EACCESS') },
    ]);
  });

  it('executes several calls of one reply in order and answers them in one message', async () => {
    const order: unknown[] = [];
    const bench = createBench({
      replies: [calls([use('c1', ['a']), run('c2'), use('c3', ['c'])]), says('done')],
      runner: {
        run: ({ args }) => {
          order.push(args[0]);
          return programRun({ result: String(args[0]) });
        },
      },
    });
    const result = await bench.turn('go');
    expect(order).toEqual(['a', undefined, 'c']);
    expect(lastUserBlocks(bench.model.requests[1]?.messages)).toMatchObject([
      { callId: 'c1' },
      { callId: 'c2' },
      { callId: 'c3' },
    ]);
    expect(problemsOf(result.history)).toEqual([]);
  });

  it('goes on from an earlier turn', async () => {
    const bench = createBench({ replies: [says('one'), says('two')] });
    const first = await bench.turn('a');
    const second = await bench.turn('b', { history: first.history });
    expect(bench.model.requests[1]?.messages).toHaveLength(3);
    expect(second.history).toHaveLength(4);
    expect(first.history).toHaveLength(2);
  });

  it('observes a trap without a retry', async () => {
    const bench = createBench({
      replies: [calls([run('c1')]), says('It ran out of fuel.')],
      runner: {
        run: () => programRun({ outcome: 'out-of-fuel', status: null, result: null, error: 'no fuel left' }),
      },
    });
    const result = await bench.turn('spin');
    expect(result.answer).toBe('It ran out of fuel.');
    expect(bench.eventsOf('retry')).toEqual([]);
    expect(lastUserBlocks(bench.model.requests[1]?.messages)).toMatchObject([
      { isError: true, text: expect.stringMatching(/outcome: out-of-fuel[\s\S]*no fuel left/) },
    ]);
  });
});

describe('a call that cannot be run', () => {
  it.each([
    [
      'an unknown tool',
      { id: 'c1', name: 'shell', input: {} },
      'expected the tool run_program, use_program or look_up, got "shell"',
    ],
    [
      'malformed JSON',
      { id: 'c1', name: 'run_program', input: { malformedJson: '{"bo' } },
      'as one complete JSON object',
    ],
    ['wrong fields', run('c1', { code: 'x' }), 'body: Invalid input: expected string'],
    [
      'an unknown program',
      { id: 'c1', name: 'use_program', input: { name: 'htp_get' } },
      'Did you mean `http_get`?',
    ],
    ['too few arguments', use('c1', []), 'Expected 1 argument for (url: string) -> string; got 0.'],
    ['unknown arguments', use('c1', { link: 'x' }), 'url is missing, "link" is no parameter.'],
    [
      'a bad signature',
      run('c1', { body: '(nop)', signature: '(x: int)' }),
      'The signature could not be read: column 5',
    ],
  ])('is answered with what was expected: %s', async (_name, call, message) => {
    const bench = createBench({ replies: [calls([call]), says('I see.')] });
    const result = await bench.turn('go');
    expect(result.cause).toBe('answered');
    expect(bench.runner.requests).toEqual([]);
    expect(bench.eventsOf('retry')).toEqual([]);
    expect(lastUserBlocks(bench.model.requests[1]?.messages)).toMatchObject([
      { type: 'tool-result', callId: 'c1', isError: true, text: expect.stringContaining(message) },
    ]);
  });
});

describe('a program that does not compile', () => {
  const broken = (id: string) => calls([run(id, { body: 'BROKEN', title: 'Try' })]);

  it('goes back to the model with the mistakes, and is run once it is mended', async () => {
    const bench = createBench({
      replies: [broken('c1'), calls([run('c2')]), says('Mended.')],
      runner: { broken: 'BROKEN' },
    });
    const result = await bench.turn('go');
    expect(result.answer).toBe('Mended.');
    expect(bench.runner.requests).toHaveLength(1);
    expect(bench.eventsOf('program.rejected')).toMatchObject([
      { runId: 'run-1', title: 'Try', error: expect.stringContaining('unknown instruction') },
    ]);
    expect(bench.eventsOf('retry')).toMatchObject([
      { runId: 'run-1', attempt: 1, maximum: 2, reason: expect.stringContaining('unknown instruction') },
    ]);
    expect(lastUserBlocks(bench.model.requests[1]?.messages)).toMatchObject([
      { isError: true, text: expect.stringMatching(/unknown instruction[\s\S]*Correct the body/) },
    ]);
    expect(bench.eventsOf('model.started').map(({ step }) => step)).toEqual([1, 1, 2]);
    expect(problemsOf(result.history)).toEqual([]);
  });

  it('is given up after the retries of the step, and the model is told to go on without it', async () => {
    const bench = createBench({
      replies: [broken('c1'), broken('c2'), broken('c3'), says('I cannot write it.')],
      runner: { broken: 'BROKEN' },
    });
    const result = await bench.turn('go');
    expect(result.answer).toBe('I cannot write it.');
    expect(bench.eventsOf('retry').map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(bench.eventsOf('program.rejected')).toHaveLength(3);
    expect(lastUserBlocks(bench.model.requests[3]?.messages)).toMatchObject([
      { text: expect.stringContaining('go on without this program') },
    ]);
    expect(bench.eventsOf('model.started').map(({ step }) => step)).toEqual([1, 1, 1, 2]);
  });

  it('has its retries once in a turn that never gets it right, and says so at the end', async () => {
    const replies = Array.from({ length: 50 }, (_, index) => broken(`c${index}`));
    const bench = createBench({ replies, runner: { broken: 'BROKEN' } });
    const result = await bench.turn('go');
    expect(result).toMatchObject({ cause: 'step-limit', answer: expect.stringContaining('never compiled') });
    expect(bench.model.requests).toHaveLength(4 + 2);
    expect(bench.eventsOf('retry').map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(problemsOf(result.history)).toEqual([]);
  });

  it('has its retries again once a program compiled', async () => {
    const bench = createBench({
      replies: [broken('c1'), calls([run('c2')]), broken('c3'), broken('c4'), says('done')],
      runner: { broken: 'BROKEN' },
    });
    await bench.turn('go');
    expect(bench.eventsOf('retry').map(({ attempt }) => attempt)).toEqual([1, 1, 2]);
  });

  it('does not hold up the other calls of its reply', async () => {
    const bench = createBench({
      replies: [calls([run('c1', { body: 'BROKEN' }), use('c2')]), says('done')],
      runner: { broken: 'BROKEN' },
    });
    await bench.turn('go');
    expect(bench.runner.requests).toHaveLength(1);
    expect(lastUserBlocks(bench.model.requests[1]?.messages)).toMatchObject([
      { callId: 'c1', isError: true },
      { callId: 'c2', isError: false },
    ]);
  });
});

describe('a model without tools', () => {
  it('calls a program in text and is answered in text', async () => {
    const text = 'ToolCall::Wat(\n```wat\n(resv "x")\n```\nsignature: () -> string\n)';
    const bench = createBench({ replies: [says(text), says('It is x.')] });
    const result = await bench.turn('go');
    expect(result.answer).toBe('It is x.');
    expect(bench.runner.requests).toMatchObject([{ program: { body: '(resv "x")' } }]);
    expect(result.history.slice(1, 3)).toMatchObject([
      { role: 'assistant', content: [{ type: 'text', text }] },
      { role: 'user', content: [{ type: 'text', text: expect.stringContaining('outcome: ok') }] },
    ]);
    expect(problemsOf(result.history)).toEqual([]);
  });

  it('answers several calls in one text in order, each by its place', async () => {
    const text = '@use http_get("https://a.example")\n@use http_get("https://b.example", count: 1)';
    const bench = createBench({ replies: [says(text), says('Fine.')] });
    const { history } = await bench.turn('hi');
    expect(bench.runner.requests.map(({ args }) => args)).toEqual([['https://a.example']]);
    expect(history[2]?.content).toMatchObject([
      { type: 'text', text: expect.stringMatching(/^Call 1 of 2:\n/), from: 'host' },
      {
        type: 'text',
        text: expect.stringMatching(/^Call 2 of 2:\nExpected .*"count" is no parameter\.$/),
        from: 'host',
      },
    ]);
    expect(problemsOf(history)).toEqual([]);
  });

  it('uses the catalog in text', async () => {
    const bench = createBench({ replies: [says('@use http_get("https://a.example")'), says('Fine.')] });
    await bench.turn('go');
    expect(bench.runner.requests).toMatchObject([
      { program: { name: 'http_get' }, args: ['https://a.example'] },
    ]);
  });

  it('is told what is wrong with its call', async () => {
    const bench = createBench({ replies: [says('@use http_get("x'), says('Sorry.')] });
    await bench.turn('go');
    expect(lastUserBlocks(bench.model.requests[1]?.messages)).toMatchObject([
      { type: 'text', text: expect.stringContaining('Expected a closing "') },
    ]);
  });
});
