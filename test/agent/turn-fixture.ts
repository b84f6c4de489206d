import { type AgentOptions, createAgent } from '../../src/agent/agent.ts';
import type { TurnEvent } from '../../src/agent/events.ts';
import type { Guard } from '../../src/agent/guard.ts';
import type { TurnRequest, TurnResult } from '../../src/agent/port.ts';
import { buildPrompt } from '../../src/agent/prompt.ts';
import type { GuardStage, Verdict } from '../../src/agent/verdict.ts';
import type { Catalog, ProgramDefinition } from '../../src/catalog/port.ts';
import type { HostImport, Signature } from '../../src/wat/types.ts';
import { sessionContext } from '../capabilities/session-context.ts';
import { createFakeRunner, type FakeRunner, type FakeRunnerOptions } from './fake-runner.ts';
import { createScriptedModel, type ScriptedModel, type ScriptedReply } from './scripted-model.ts';

export const SAFE: Verdict = { kind: 'safe', category: 'SAFE', severity: 'none' };

export interface RecordedGuard extends Guard {
  readonly asked: readonly { readonly text: string; readonly stage: GuardStage }[];
}

type Judge = (text: string, stage: GuardStage, signal: AbortSignal) => Verdict | Promise<Verdict>;

/** Says what it is told to and records what it was asked. */
export function createFakeGuard(
  judge: Judge = () => SAFE,
  { enabled = true, observations = false }: Partial<Pick<Guard, 'enabled' | 'observations'>> = {},
): RecordedGuard {
  const asked: { text: string; stage: GuardStage }[] = [];
  return {
    enabled,
    observations,
    asked,
    async classify(text, stage, { signal }) {
      asked.push({ text, stage });
      return judge(text, stage, signal);
    },
  };
}

const STRING = { kind: 'string' } as const;

function program(name: string, signature: Signature): ProgramDefinition {
  return { name, description: `Does ${name}.`, signature, grants: [], body: `;; ${name}`, examples: [] };
}

export const PROGRAMS: readonly ProgramDefinition[] = [
  program('http_get', { params: [{ name: 'url', type: STRING }], result: STRING }),
  program('remember', {
    params: [
      { name: 'key', type: STRING },
      { name: 'value', type: STRING },
    ],
    result: null,
  }),
];

const CATALOG: Catalog = {
  list: () => PROGRAMS,
  get: (name) => PROGRAMS.find((entry) => entry.name === name),
};

export const IMPORTS: readonly HostImport[] = [
  {
    capability: 'kv',
    name: 'get',
    params: [{ name: 'key', type: 'string' }],
    result: 'string',
    effect: 'read',
    summary: 'The value of a key. ENOENT if absent.',
  },
];

export interface Bench {
  readonly model: ScriptedModel;
  readonly guard: RecordedGuard;
  readonly runner: FakeRunner;
  readonly events: readonly TurnEvent[];
  readonly controller: AbortController;
  turn(text: string, changes?: Partial<TurnRequest>): Promise<TurnResult>;
  eventsOf<T extends TurnEvent['type']>(type: T): Extract<TurnEvent, { readonly type: T }>[];
}

export interface BenchOptions extends Partial<Omit<AgentOptions, 'openModel' | 'guard' | 'runner'>> {
  readonly replies?: readonly ScriptedReply[];
  readonly judge?: Judge;
  readonly guardEnabled?: boolean;
  readonly guardsObservations?: boolean;
  readonly runner?: FakeRunnerOptions;
}

/** An agent on a scripted model, a fake guard and a fake runner, with everything that happens on record. */
export function createBench(options: BenchOptions = {}): Bench {
  const { replies = [], judge, runner: runnerOptions, ...more } = options;
  const { guardEnabled = true, guardsObservations = false, ...rest } = more;
  const model = createScriptedModel(replies);
  const guard = createFakeGuard(judge, { enabled: guardEnabled, observations: guardsObservations });
  const runner = createFakeRunner(runnerOptions);
  const events: TurnEvent[] = [];
  const controller = new AbortController();
  const agent = createAgent({ ...agentDefaults(), ...rest, openModel: () => model, guard, runner });
  const turn = (text: string, changes: Partial<TurnRequest> = {}): Promise<TurnResult> =>
    agent.turn(
      turnRequest({ text, signal: controller.signal, emit: (event) => events.push(event), ...changes }),
    );
  const eventsOf: Bench['eventsOf'] = (type) =>
    events.filter((event): event is Extract<TurnEvent, { type: typeof type }> => event.type === type);
  return { model, guard, runner, events, controller, turn, eventsOf };
}

export function turnRequest(changes: Partial<TurnRequest>): TurnRequest {
  return {
    turnId: 't1',
    text: '',
    history: [],
    context: sessionContext(),
    signal: new AbortController().signal,
    emit: () => undefined,
    ...changes,
  };
}

export function agentDefaults(): Omit<AgentOptions, 'openModel' | 'guard' | 'runner'> {
  let ids = 0;
  let time = 0;
  const limits = {
    maxSteps: 4,
    maxRetries: 2,
    maxFailures: 3,
    turnMs: 600_000,
    maxTokens: 1_000,
    historyTokens: 60_000,
    runFuel: 1_000_000,
  };
  return {
    catalog: CATALOG,
    modelSettings: { access: 'ANTHROPIC_API_KEY', name: 'MODEL' },
    summaryModel: null,
    capabilities: ['core', 'kv'],
    prompt: buildPrompt({
      imports: IMPORTS,
      programs: CATALOG.list(),
      limits: { fuel: 1_000_000, memoryPages: 16, deadlineMs: 30_000, maxSteps: limits.maxSteps },
    }),
    limits,
    newId: () => {
      ids += 1;
      return `run-${ids}`;
    },
    now: () => {
      time += 5;
      return time;
    },
  };
}
