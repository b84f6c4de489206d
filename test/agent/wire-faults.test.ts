import { type ChatCompletionRequest, type FixtureOpts, LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAgent } from '../../src/agent/agent.ts';
import type { TurnCause, TurnEvent } from '../../src/agent/events.ts';
import { createGuard } from '../../src/agent/guard.ts';
import { createAnthropicModel } from '../../src/model/anthropic.ts';
import type { ModelMessage } from '../../src/model/model.ts';
import { createFakeRunner, programRun } from './fake-runner.ts';
import { problemsOf } from './history-rules.ts';
import { agentDefaults, turnRequest } from './turn-fixture.ts';

const GUARD = 'claude-haiku-5-5';
const MODEL = 'claude-sonnet-5-5';
const SAFE = '{"category": "SAFE", "severity": "none"}';
const STEPS = 3;

/** The calls of a turn that works in three steps, in order. */
const PHASES = ['pre-guard', 'first reply', 'second reply', 'last reply', 'post-guard'] as const;
type Phase = (typeof PHASES)[number];

/** What can go wrong on the wire, and what the person reads of it when it is the model's. */
const FAULTS = {
  'a rate limit (429)': { status: 429, type: 'rate_limit_error', words: 'rate limit' },
  'an overload (529)': { status: 529, type: 'overloaded_error', words: 'overloaded' },
  'an error of the server (500)': { status: 500, type: 'api_error', words: 'an error of its own' },
  'a key that is refused (401)': { status: 401, type: 'authentication_error', words: 'ANTHROPIC_API_KEY' },
  'malformed JSON': { chaos: { malformedRate: 1 }, words: 'an error of its own' },
  'a cut stream': { truncateAfterChunks: 2, words: 'connection' },
  'a dropped connection': { chaos: { disconnectRate: 1 }, words: 'connection' },
} as const;
type Fault = keyof typeof FAULTS;

const CELLS = PHASES.flatMap((phase) => (Object.keys(FAULTS) as Fault[]).map((fault) => ({ phase, fault })));

describe('a turn in three steps on the wire', () => {
  const mock = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 6, logLevel: 'silent' });
  beforeAll(() => mock.start());
  afterAll(() => mock.stop());

  /** An agent on the real SDK, whose calls go well but for those of one phase. */
  function open(onError: 'open' | 'closed', broken: { phase: Phase; fault: Fault } | null) {
    mock.reset();
    if (broken !== null) answerBadly(mock, broken.phase, broken.fault);
    answerWell(mock);
    const model = (name: string) =>
      createAnthropicModel({ apiKey: 'test-key', baseUrl: mock.url, model: name, maxRetries: 0 });
    const runner = createFakeRunner({ run: () => programRun({ result: 'It is raining.' }) });
    const agent = createAgent({
      ...agentDefaults(),
      limits: { ...agentDefaults().limits, maxSteps: STEPS },
      openModel: () => model(MODEL),
      guard: createGuard({ model: model(GUARD), onError, enabled: true }),
      runner,
    });
    return { agent, runner };
  }

  /** A whole turn that goes well, on the history that another left behind. */
  async function goesOn(history: readonly ModelMessage[]): Promise<void> {
    const { agent } = open('closed', null);
    const next = await agent.turn(turnRequest({ text: 'And tomorrow?', history }));
    expect(next).toMatchObject({ cause: 'answered', answer: 'Take an umbrella.' });
    expect(problemsOf(next.history)).toEqual([]);
  }

  it('goes well where nothing is wrong', () => goesOn([]));

  it.each(CELLS)('meets $fault at the $phase: a clear text, and a session that goes on', async (cell) => {
    const { agent, runner } = open('closed', cell);
    const events: TurnEvent[] = [];
    const result = await agent.turn(
      turnRequest({ text: 'Do I need an umbrella?', emit: (event) => events.push(event) }),
    );
    expect(result.cause).toBe(causeAt(cell.phase));
    expect(result.answer).toContain(wordsAt(cell.phase, cell.fault));
    expect(runner.requests).toHaveLength({ ...RUNS }[cell.phase]);
    // What the post-guard has not judged is not shown.
    expect(JSON.stringify(events)).not.toContain('umbrella.');
    expect(problemsOf(result.history)).toEqual([]);
    await goesOn(result.history);
  });

  it.each(CELLS.filter(({ phase }) => phase.endsWith('guard')))(
    'goes on past $fault at the $phase where the guard is open, and says so',
    async (cell) => {
      const { agent } = open('open', cell);
      const events: TurnEvent[] = [];
      const result = await agent.turn(
        turnRequest({ text: 'Do I need an umbrella?', emit: (event) => events.push(event) }),
      );
      expect(result).toMatchObject({ cause: 'answered', answer: 'Take an umbrella.' });
      const stage = cell.phase === 'pre-guard' ? 'pre' : 'post';
      expect(events).toContainEqual({
        type: 'guard.verdict',
        stage,
        verdict: { kind: 'unavailable', passed: true, reason: expect.any(String) },
      });
    },
  );
});

/** Programs that have run when a phase is reached. */
const RUNS: Readonly<Record<Phase, number>> = {
  'pre-guard': 0,
  'first reply': 0,
  'second reply': 1,
  'last reply': 2,
  'post-guard': 2,
};

function causeAt(phase: Phase): TurnCause {
  if (phase === 'pre-guard') return 'blocked-input';
  return phase === 'post-guard' ? 'blocked-output' : 'model-failed';
}

function wordsAt(phase: Phase, fault: Fault): string {
  if (phase === 'pre-guard') return 'could not check this message';
  return phase === 'post-guard' ? 'could not check my answer' : FAULTS[fault].words;
}

function answerWell(mock: LLMock): void {
  mock.on({ model: GUARD }, { content: SAFE });
  mock.on({ predicate: at('first reply') }, use('c1'));
  mock.on({ predicate: at('second reply') }, use('c2'));
  mock.on({ predicate: at('last reply') }, { content: 'Take an umbrella.' });
}

function answerBadly(mock: LLMock, phase: Phase, fault: Fault): void {
  const how = FAULTS[fault];
  const match = { predicate: at(phase) };
  if ('status' in how) mock.on(match, { error: { message: 'No.', type: how.type }, status: how.status });
  else {
    const options: FixtureOpts =
      'chaos' in how ? { chaos: how.chaos } : { truncateAfterChunks: how.truncateAfterChunks };
    mock.on(match, { content: 'A long, long answer about every umbrella.' }, options);
  }
}

function use(id: string) {
  return {
    toolCalls: [{ id, name: 'use_program', arguments: '{"name":"http_get","args":["https://a.example"]}' }],
  };
}

function at(phase: Phase): (request: ChatCompletionRequest) => boolean {
  return (request) => phaseOf(request) === phase;
}

/** Which call of the turn a request is: by the guard's question, and by the results that this turn has so far. */
function phaseOf({ model, messages }: ChatCompletionRequest): Phase | null {
  const text = JSON.stringify(messages.at(-1)?.content ?? '');
  if (model === GUARD) return text.includes('about to send') ? 'post-guard' : 'pre-guard';
  const question = messages.findLastIndex(
    ({ role, content }) => role === 'user' && /umbrella\?|tomorrow\?/.test(JSON.stringify(content)),
  );
  const results = messages.slice(question).filter(({ role }) => role === 'tool').length;
  return (['first reply', 'second reply', 'last reply'] as const)[results] ?? null;
}
