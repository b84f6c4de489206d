import { parseHttpCredentials } from './http-credentials.ts';
import { PRICES, parsePrices } from './prices.ts';
import { parseSavers } from './savers.ts';
import {
  accept,
  duration,
  integer,
  list,
  oneOf,
  type Parsed,
  parsed,
  type Range,
  REFUSED,
  secret,
  secretly,
  serverUrl,
  text,
  url,
} from './setting.ts';
import { parseUnitLimits, UNIT_LIMITS } from './unit-limits.ts';

/** What the engine allows and has by default, handed in so that it stands in one place. */
export type LimitRanges = Readonly<
  Record<'fuel' | 'memoryPages' | 'deadlineMs' | 'memoryBytes', Range & { readonly default: number }> &
    Record<'workers', Range>
>;

export type Settings = ReturnType<typeof createSettings>;

const MIB = 2 ** 20;
const MODEL_NAME = /^[\w.:@/-]{1,200}$/;

/** Every variable that Wattle reads, in the order of `.env.example` and of the README's table. */
export function createSettings(limits: LimitRanges) {
  return Object.freeze({
    apiKey: secret(/^\S{8,}$/, 'an API key of Anthropic (sk-ant-...)', {
      name: 'ANTHROPIC_API_KEY',
      about: 'Key of the model. Without it, Wattle answers what its catalog can answer.',
    }),
    baseUrl: serverUrl({
      name: 'ANTHROPIC_BASE_URL',
      about: 'Another address of the Messages API: a proxy, a region, a local server.',
    }),
    model: text(MODEL_NAME, 'the id of a model', {
      name: 'MODEL',
      about: 'The model that works on requests.',
      fallback: 'claude-sonnet-5-5',
    }),
    fallbackModel: text(MODEL_NAME, 'the id of a model', {
      name: 'FALLBACK_MODEL',
      about: 'The model that takes over when `MODEL` is overloaded. Unset: none.',
    }),
    localModelUrl: serverUrl({
      name: 'LOCAL_MODEL_URL',
      about:
        'A local server that speaks the Messages API. It takes the simple requests, or all where there is no key. Unset: none.',
    }),
    localModel: text(MODEL_NAME, 'the id of a model', {
      name: 'LOCAL_MODEL',
      about: 'The model of the local server.',
      fallback: 'local',
    }),
    guardModel: text(MODEL_NAME, 'the id of a model', {
      name: 'GUARD_MODEL',
      about: 'The small model that classifies what comes in and goes out.',
      fallback: 'claude-haiku-5-5',
    }),
    aiModel: text(MODEL_NAME, 'the id of a model', {
      name: 'AI_MODEL',
      about: 'The small model that programs may ask.',
      fallback: 'claude-haiku-5-5',
    }),
    summaryModel: text(MODEL_NAME, 'the id of a model', {
      name: 'SUMMARY_MODEL',
      about: 'The small model that makes long conversations and results short.',
      fallback: 'claude-haiku-5-5',
    }),
    guard: oneOf(['on', 'off'], { name: 'GUARD', about: 'The content guard.', fallback: 'on' }),
    guardOnError: oneOf(['open', 'closed'], {
      name: 'GUARD_ON_ERROR',
      about: 'What a guard that cannot answer means: `open` lets the text pass, `closed` refuses it.',
      fallback: 'open',
    }),
    guardTimeout: duration(
      { least: 1_000, most: 5 * 60_000 },
      {
        name: 'GUARD_TIMEOUT',
        about: 'How long the guard may take over one text. `2m` where a local model alone does all.',
        fallback: '15s',
      },
    ),
    guardObservations: oneOf(['on', 'off'], {
      name: 'GUARD_OBSERVATIONS',
      about: 'Whether the guard also judges what programs bring in from outside, before the model reads it.',
      fallback: 'off',
    }),
    slackBotToken: secret(/^xoxb-\S+$/, 'the bot token of your Slack app (xoxb-...)', {
      name: 'SLACK_BOT_TOKEN',
      about: 'Bot token of the Slack app.',
    }),
    slackAppToken: secret(/^xapp-\S+$/, 'the app-level token of your Slack app (xapp-...)', {
      name: 'SLACK_APP_TOKEN',
      about: 'App-level token of the Slack app, with the scope `connections:write`.',
    }),
    slackApiUrl: url({ name: 'SLACK_API_URL', about: "Another address of Slack's Web API." }),
    discordToken: secret(
      /^[\w-]+\.[\w-]+\.[\w-]+$/,
      "the bot's token from Discord's developer portal (three parts joined by dots)",
      {
        name: 'DISCORD_TOKEN',
        about: 'Token of the Discord bot.',
      },
    ),
    discordApiUrl: url({ name: 'DISCORD_API_URL', about: "Another address of Discord's REST API." }),
    dataFolder: text(/\S/, 'a folder', {
      name: 'WATTLE_DATA',
      about: 'Folder of the database.',
      fallback: 'data',
    }),
    sessionTtl: duration(
      { least: 1_000, most: 30 * 86_400_000 },
      {
        name: 'SESSION_TTL',
        about: 'How long a thread is remembered after its last message.',
        fallback: '1h',
      },
    ),
    maxSteps: integer(
      { least: 1, most: 100 },
      { name: 'MAX_STEPS', about: 'Model calls in one turn.', fallback: '10' },
    ),
    maxRetries: integer(
      { least: 0, most: 10 },
      {
        name: 'MAX_RETRIES',
        about: 'How often the model may mend a program that does not compile, in one step.',
        fallback: '2',
      },
    ),
    maxFailures: integer(
      { least: 1, most: 100 },
      {
        name: 'MAX_FAILURES',
        about: 'Tool calls in a row that may fail before the model has to answer with what it has.',
        fallback: '5',
      },
    ),
    turnDeadline: duration(
      { least: 1_000, most: 86_400_000 },
      {
        name: 'TURN_DEADLINE',
        about: 'Wall clock of one turn. In its last fifth the model is asked to answer with what it has.',
        fallback: '10m',
      },
    ),
    historyTokens: integer(
      { least: 4_000, most: 1_000_000 },
      {
        name: 'HISTORY_TOKENS',
        about: 'Tokens of a conversation, about, from which on its older turns are summarised.',
        fallback: '60000',
      },
    ),
    fuel: integer(limits.fuel, {
      name: 'FUEL',
      about: 'Instructions that one program may execute (Wasmtime fuel).',
      fallback: String(limits.fuel.default),
    }),
    memoryPages: integer(limits.memoryPages, {
      name: 'MEMORY_PAGES',
      about: 'Memory of one program in pages of 64 KiB.',
      fallback: String(limits.memoryPages.default),
    }),
    deadline: duration(limits.deadlineMs, {
      name: 'DEADLINE',
      about: 'Wall clock of one program, waiting included.',
      fallback: `${limits.deadlineMs.default / 1_000}s`,
    }),
    workers: integer(limits.workers, {
      name: 'WORKERS',
      about: 'Threads that programs run on. Unset: the cores but one, at least one.',
    }),
    totalMemory: integer(inMebibytes(limits.memoryBytes), {
      name: 'TOTAL_MEMORY',
      about: 'Memory of all programs together, in MiB. What does not fit waits.',
      fallback: String(limits.memoryBytes.default / MIB),
    }),
    modelGrants: list(
      parseCapability,
      'names of capabilities such as http, kv, kv_channel, separated by commas',
      {
        name: 'MODEL_GRANTS',
        about:
          'Capabilities of the programs that the model writes; those of the catalog name their own. Unset: all but `kv_channel`, `kv_user` and `kv_workspace`.',
      },
    ),
    budgetRun: budget('BUDGET_RUN', 'What one run of a program may spend, with what it asks of models.'),
    budgetTurn: budget(
      'BUDGET_TURN',
      'What one request may spend: `tokens=200000, usd=0.5, fuel=1e9, host_calls=500`, each of them optional. Unset: no limit, here and below.',
    ),
    budgetUser: budget('BUDGET_USER', 'What one person may spend in a day (UTC).'),
    budgetChannel: budget('BUDGET_CHANNEL', 'What all requests in one channel may spend in a day.'),
    budgetWorkspace: budget('BUDGET_WORKSPACE', 'What all requests of one workspace may spend in a day.'),
    prices: parsed(parsePrices, PRICES, {
      name: 'PRICES',
      about:
        'Prices of models in US dollars for a million tokens, as JSON, added to the table in `docs/budgets.md` or in place of its rows.',
    }),
    httpAllow: list(
      parseHostPattern,
      'host names such as api.example.com, *.example.com or * for every public host, separated by commas',
      {
        name: 'HTTP_ALLOW',
        about:
          'Hosts that programs may fetch from: `api.example.com`, `*.example.com`, or `*` for every public host. Unset: none.',
      },
    ),
    httpLoopbackPorts: list(parsePort, 'port numbers from 1 to 65535, separated by commas', {
      name: 'HTTP_LOOPBACK_PORTS',
      about:
        'Ports of this machine (127.0.0.1) that programs may fetch from: local services, tests. Unset: none.',
    }),
    httpCredentials: secretly(
      parseHttpCredentials,
      'a JSON object such as {"api.example.com": "Bearer ..."}, or with headers: {"api.example.com": {"x-api-key": "..."}}',
      {
        name: 'HTTP_CREDENTIALS',
        about:
          'Credentials by host, as JSON: `{"api.example.com": "Bearer ..."}`. Added to requests of programs, which never see them.',
      },
    ),
    catalogFolder: text(/\S/, 'a folder', {
      name: 'WATTLE_CATALOG',
      about:
        'Folder of programs of your own, loaded beside the stock catalog, whose names they cannot take. Unset: none.',
    }),
    savers: parsed(
      parseSavers,
      '`everyone`, `nobody`, or people such as slack:U0123ABCD, discord:80351110224678912, separated by commas',
      {
        name: 'SAVE_PROGRAMS',
        about:
          'Who may save a program that worked for the whole workspace (`@save`) and remove one (`@forget`): `everyone`, `nobody`, or people as `platform:id`.',
        fallback: 'nobody',
      },
    ),
    filesFolder: text(/\S/, 'a folder', {
      name: 'FS_ROOT',
      about:
        'Folder of the files that programs keep, one folder in it for each workspace. Unset: `files` in `WATTLE_DATA`.',
    }),
    logLevel: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      name: 'LOG_LEVEL',
      about:
        'Logs go to standard error, as JSON lines. Unset: `info` for `serve`, `warn` for the other commands.',
    }),
  });
}

function budget(name: string, about: string) {
  return parsed(parseUnitLimits, UNIT_LIMITS, { name, about });
}

function inMebibytes({ least, most }: Range): Range {
  return { least: Math.ceil(least / MIB), most: Math.floor(most / MIB) };
}

function parseCapability(name: string): Parsed<string> {
  return /^[a-z][a-z0-9_]*$/.test(name) ? accept(name) : REFUSED;
}

function parseHostPattern(pattern: string): Parsed<string> {
  const host = pattern.toLowerCase().replace(/\.$/, '');
  const isHost = /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(host) || host === '*';
  return isHost ? accept(host) : REFUSED;
}

function parsePort(port: string): Parsed<number> {
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  return number >= 1 && number <= 65_535 ? accept(number) : REFUSED;
}
