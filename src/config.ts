import { join } from 'node:path';
import type { PriceTable } from './budget/prices.ts';
import { type HttpCredential, secretsOf } from './config/http-credentials.ts';
import type { Savers } from './config/savers.ts';
import { Secret, type Setting } from './config/setting.ts';
import { createSettings, type LimitRanges, type Settings } from './config/settings.ts';
import type { UnitLimits } from './config/unit-limits.ts';
import { WattleError } from './errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that the environment decides; durations in milliseconds. */
export interface Config {
  readonly model: {
    /** Null without a key: then the local model does it all, or else the offline planner. */
    readonly apiKey: Secret | null;
    readonly baseUrl: string | null;
    readonly name: string;
    /** The one that takes over from an overloaded one. */
    readonly fallbackName: string | null;
    readonly local: { readonly url: string; readonly name: string } | null;
    readonly guardName: string;
    /** The one that programs ask. */
    readonly aiName: string;
    /** The one that makes long texts short. */
    readonly summaryName: string;
  };
  readonly guard: {
    readonly enabled: boolean;
    readonly onError: 'open' | 'closed';
    readonly timeoutMs: number;
    /** Whether what programs bring in is judged too. */
    readonly observations: boolean;
  };
  readonly slack: {
    readonly botToken: Secret;
    readonly appToken: Secret;
    readonly apiUrl: string | null;
  } | null;
  readonly discord: { readonly token: Secret; readonly apiUrl: string | null } | null;
  readonly dataFolder: string;
  readonly sessionTtlMs: number;
  readonly turn: {
    readonly maxSteps: number;
    readonly maxRetries: number;
    readonly maxFailures: number;
    readonly turnMs: number;
    readonly historyTokens: number;
  };
  readonly limits: { readonly fuel: number; readonly memoryPages: number; readonly deadlineMs: number };
  /** Of all programs together; no number of workers leaves it to the engine. */
  readonly engine: { readonly workers: number | null; readonly memoryBytes: number };
  /** Capabilities of programs that the model writes; null leaves the choice to the composition. */
  readonly modelGrants: readonly string[] | null;
  /** What may be spent, of a run and a turn, and for the others in a day. Nothing is limited that is left out. */
  readonly budgets: Readonly<Record<'run' | 'turn' | 'user' | 'channel' | 'workspace', UnitLimits>>;
  /** Of models, added to those that are known. */
  readonly prices: PriceTable;
  readonly http: {
    readonly allow: readonly string[];
    readonly loopbackPorts: readonly number[];
    readonly credentials: readonly HttpCredential[];
  };
  /** Programs of whoever runs this, beside the stock catalog. */
  readonly catalogFolder: string | null;
  /** Who may save programs for a workspace. */
  readonly savers: Savers;
  /** Where programs keep files. */
  readonly filesFolder: string;
  /** Null leaves the choice to the command. */
  readonly logLevel: string | null;
  /** Every secret value in use, for the log to strike out. */
  readonly secrets: readonly Secret[];
}

/** Milliseconds for a single question to a local server, where it may have to wait for somebody's whole answer. */
export const LOCAL_QUESTION_MS = 120_000;

/** Whether the local server is all that there is, for answers and for the questions of the guard. */
export function isLocalAlone({ apiKey, local }: Config['model']): boolean {
  return apiKey === null && local !== null;
}

/**
 * Reads the environment. An empty variable counts as unset.
 *
 * @throws WattleError CONFIG_INVALID that names every variable that is wrong, with what was expected.
 *   Values of secrets are never in it.
 */
export function parseConfig(environment: Environment, limits: LimitRanges): Config {
  const problems: Problem[] = [];
  const reader = createReader(environment, problems);
  const config = readConfig(reader, createSettings(limits), problems);
  if (problems.length > 0) {
    const lines = problems.map(({ name, expected, came }) => `${name}: expected ${expected}, but ${came}.`);
    throw new WattleError('CONFIG_INVALID', lines.join('\n'));
  }
  return freezeDeep(config);
}

interface Problem {
  readonly name: string;
  readonly expected: string;
  readonly came: string;
}

interface Reader {
  /** The value that was given, or null. */
  optional<Value>(setting: Setting<Value>): Value | null;
  /** The value that was given, or the fallback; lists may fall back to nothing. */
  required<Value>(setting: Setting<Value>): Value;
}

function createReader(environment: Environment, problems: Problem[]): Reader {
  const optional = <Value>(setting: Setting<Value>): Value | null => {
    const given = environment[setting.name]?.trim() ?? '';
    const parsed = given === '' ? null : setting.parse(given);
    if (parsed?.ok === false) {
      const came = setting.secret ? 'its value does not look like one' : `it is ${JSON.stringify(given)}`;
      problems.push({ name: setting.name, expected: setting.expected, came });
    }
    return parsed?.ok ? parsed.value : null;
  };
  const required = <Value>(setting: Setting<Value>): Value => {
    const fallback = setting.parse(setting.fallback);
    if (!fallback.ok) {
      throw new WattleError('INTERNAL', `the fallback of ${setting.name} is not ${setting.expected}`);
    }
    return optional(setting) ?? fallback.value;
  };
  return { optional, required };
}

function readConfig(read: Reader, settings: Settings, problems: Problem[]): Config {
  const model = readModel(read, settings);
  const { apiKey } = model;
  const dataFolder = read.required(settings.dataFolder);
  const credentials = read.optional(settings.httpCredentials) ?? [];
  const slack = readSlack(read, settings, problems);
  const discord = readDiscord(read, settings);
  return {
    model,
    guard: readGuard(read, settings, { problems, model }),
    slack,
    discord,
    dataFolder,
    sessionTtlMs: read.required(settings.sessionTtl),
    turn: {
      maxSteps: read.required(settings.maxSteps),
      maxRetries: read.required(settings.maxRetries),
      maxFailures: read.required(settings.maxFailures),
      turnMs: read.required(settings.turnDeadline),
      historyTokens: read.required(settings.historyTokens),
    },
    limits: {
      fuel: read.required(settings.fuel),
      memoryPages: read.required(settings.memoryPages),
      deadlineMs: read.required(settings.deadline),
    },
    engine: {
      workers: read.optional(settings.workers),
      memoryBytes: read.required(settings.totalMemory) * 2 ** 20,
    },
    modelGrants: read.optional(settings.modelGrants),
    budgets: readBudgets(read, settings),
    prices: read.optional(settings.prices) ?? {},
    http: {
      allow: read.required(settings.httpAllow),
      loopbackPorts: read.required(settings.httpLoopbackPorts),
      credentials,
    },
    catalogFolder: read.optional(settings.catalogFolder),
    savers: read.required(settings.savers),
    filesFolder: read.optional(settings.filesFolder) ?? join(dataFolder, 'files'),
    logLevel: read.optional(settings.logLevel),
    secrets: [apiKey, slack?.botToken, slack?.appToken, discord?.token, ...secretsOf(credentials)].filter(
      (value) => value instanceof Secret,
    ),
  };
}

function readModel(read: Reader, settings: Settings): Config['model'] {
  const localUrl = read.optional(settings.localModelUrl);
  const localName = read.required(settings.localModel);
  return {
    apiKey: read.optional(settings.apiKey),
    baseUrl: read.optional(settings.baseUrl),
    name: read.required(settings.model),
    fallbackName: read.optional(settings.fallbackModel),
    local: localUrl === null ? null : { url: localUrl, name: localName },
    guardName: read.required(settings.guardModel),
    aiName: read.required(settings.aiModel),
    summaryName: read.required(settings.summaryModel),
  };
}

function readSlack(read: Reader, settings: Settings, problems: Problem[]): Config['slack'] {
  const botToken = read.optional(settings.slackBotToken);
  const appToken = read.optional(settings.slackAppToken);
  const apiUrl = read.optional(settings.slackApiUrl);
  if (botToken !== null && appToken !== null) return { botToken, appToken, apiUrl };
  const missing = botToken === null ? settings.slackBotToken : settings.slackAppToken;
  const isReported = problems.some(({ name }) => name === missing.name);
  if ((botToken !== null || appToken !== null) && !isReported) {
    const other = botToken === null ? settings.slackAppToken : settings.slackBotToken;
    problems.push({
      name: missing.name,
      expected: `${missing.expected} beside ${other.name}`,
      came: 'it is not set',
    });
  }
  return null;
}

function readDiscord(read: Reader, settings: Settings): Config['discord'] {
  const token = read.optional(settings.discordToken);
  const apiUrl = read.optional(settings.discordApiUrl);
  return token === null ? null : { token, apiUrl };
}

function readBudgets(read: Reader, settings: Settings): Config['budgets'] {
  return {
    run: read.optional(settings.budgetRun) ?? {},
    turn: read.optional(settings.budgetTurn) ?? {},
    user: read.optional(settings.budgetUser) ?? {},
    channel: read.optional(settings.budgetChannel) ?? {},
    workspace: read.optional(settings.budgetWorkspace) ?? {},
  };
}

interface GuardSurroundings {
  readonly problems: Problem[];
  readonly model: Config['model'];
}

function readGuard(
  read: Reader,
  settings: Settings,
  { problems, model }: GuardSurroundings,
): Config['guard'] {
  const hasModel = model.apiKey !== null || model.local !== null;
  const enabled = read.required(settings.guard) === 'on';
  const onError = read.required(settings.guardOnError);
  if (enabled && onError === 'closed' && !hasModel) {
    const came = 'there is none, and a guard without a model would refuse every message';
    problems.push({
      name: settings.guardOnError.name,
      expected: `${settings.apiKey.name} or ${settings.localModelUrl.name} beside "closed"`,
      came,
    });
  }
  const observations = read.required(settings.guardObservations) === 'on';
  const timeoutMs = isLocalAlone(model)
    ? (read.optional(settings.guardTimeout) ?? LOCAL_QUESTION_MS)
    : read.required(settings.guardTimeout);
  return { enabled, onError, timeoutMs, observations };
}

function freezeDeep<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(freezeDeep);
    Object.freeze(value);
  }
  return value;
}
