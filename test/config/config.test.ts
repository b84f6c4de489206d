import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { ALL_RANGES } from '../../src/engine/engine-limits.ts';

const parse = (environment: Record<string, string>) => parseConfig(environment, ALL_RANGES);

function problemsOf(environment: Record<string, string>): string[] {
  try {
    parse(environment);
    return [];
  } catch (error) {
    expect(error).toMatchObject({ name: 'WattleError', code: 'CONFIG_INVALID' });
    return String((error as Error).message).split('\n');
  }
}

describe('parseConfig', () => {
  it('gives every setting its default when nothing is set', () => {
    expect(parse({})).toMatchObject({
      model: {
        apiKey: null,
        baseUrl: null,
        name: 'claude-sonnet-5-5',
        fallbackName: null,
        local: null,
        guardName: 'claude-haiku-5-5',
        aiName: 'claude-haiku-5-5',
        summaryName: 'claude-haiku-5-5',
      },
      guard: { enabled: true, onError: 'open', timeoutMs: 15_000, observations: false },
      slack: null,
      discord: null,
      dataFolder: 'data',
      sessionTtlMs: 3_600_000,
      turn: { maxSteps: 10, maxRetries: 2 },
      http: { allow: [], loopbackPorts: [], credentials: [] },
      catalogFolder: null,
      savers: 'nobody',
      filesFolder: join('data', 'files'),
      modelGrants: null,
      budgets: { run: {}, turn: {}, user: {}, channel: {}, workspace: {} },
      prices: {},
      logLevel: null,
    });
  });

  it('takes an empty variable for an unset one', () => {
    expect(parse({ SESSION_TTL: ' ', SLACK_BOT_TOKEN: '' })).toEqual(parse({}));
  });

  it('reads durations, lists and tokens', () => {
    const config = parse({
      SESSION_TTL: '90s',
      HTTP_ALLOW: 'api.example.com, *.Example.org',
      HTTP_LOOPBACK_PORTS: '8080 9090',
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_API_URL: 'http://127.0.0.1:5000/api/',
    });
    expect(config.sessionTtlMs).toBe(90_000);
    expect(config.http).toMatchObject({
      allow: ['api.example.com', '*.example.org'],
      loopbackPorts: [8080, 9090],
    });
    expect(config.slack?.botToken.reveal()).toBe('xoxb-1');
    expect(config.slack?.apiUrl).toBe('http://127.0.0.1:5000/api');
  });

  it('reads budgets, each unit by itself', () => {
    const { budgets } = parse({
      BUDGET_TURN: 'tokens=200000, usd=0.5, fuel=1e9, host_calls=500',
      BUDGET_USER: ' usd = 0 ',
    });
    expect(budgets.turn).toEqual({ tokens: 200_000, usd: 0.5, fuel: 1_000_000_000, hostCalls: 500 });
    expect(budgets.user).toEqual({ usd: 0 });
    expect(budgets.run).toEqual({});
  });

  it('reads prices, and reckons those of the cache from that of input where they are left out', () => {
    const { prices } = parse({
      PRICES:
        '{"a": {"input": 2, "output": 10}, "b": {"input": 1, "output": 2, "cache_read": 0, "cache_write": 3, "long_prompt": {"over": 1000, "input": 4, "output": 8}}}',
    });
    expect(prices).toEqual({
      a: { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 },
      b: {
        ...{ input: 1, output: 2, cacheRead: 0, cacheWrite: 3 },
        longPrompt: { over: 1_000, input: 4, output: 8, cacheRead: 0.4, cacheWrite: 5 },
      },
    });
  });

  it.each([
    ['BUDGET_RUN', '200000'],
    ['BUDGET_RUN', 'tokens=many'],
    ['BUDGET_TURN', 'tokens=1.5'],
    ['BUDGET_TURN', 'tokens=1, tokens=2'],
    ['BUDGET_USER', 'usd=-1'],
    ['BUDGET_USER', 'usd=1e999'],
    ['BUDGET_CHANNEL', 'hostCalls=5'],
    ['BUDGET_WORKSPACE', 'tokens=1,'],
  ])('refuses the budget %s=%s', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([
      `${name}: expected limits such as tokens=200000, usd=0.5, fuel=1e9, host_calls=500, each at most once and none negative, but it is ${JSON.stringify(value)}.`,
    ]);
  });

  it.each([
    '2',
    '{"m": 2}',
    '{"m": {"input": 2}}',
    '{"m": {"input": -1, "output": 1}}',
    '{"m": {"inputs": 1}}',
  ])('refuses the prices %s', (value) => {
    expect(problemsOf({ PRICES: value })).toEqual([
      expect.stringMatching(/^PRICES: expected a JSON object such as .* in US dollars for a million tokens/),
    ]);
  });

  it.each([
    ['everyone', 'everyone'],
    ['nobody', 'nobody'],
    ['slack:U0123ABCD, discord:8035', ['slack:U0123ABCD', 'discord:8035']],
  ])('reads who may save programs: %s', (text, savers) => {
    expect(parse({ SAVE_PROGRAMS: text }).savers).toEqual(savers);
  });

  it.each(['admins', 'U0123ABCD', 'everyone, slack:U0123ABCD', 'slack:'])(
    'refuses people that are not platform:id: %s',
    (text) => {
      expect(problemsOf({ SAVE_PROGRAMS: text })).toEqual([
        expect.stringMatching(/^SAVE_PROGRAMS: expected `everyone`, `nobody`, or people such as slack:/),
      ]);
    },
  );

  it('reads credentials by host, a text for Authorization or headers by name', () => {
    const { http, secrets } = parse({
      HTTP_CREDENTIALS: '{"a.example": "Bearer tok-1", "b.example": {"x-api-key": "key-2"}}',
    });
    const shown = http.credentials.map(({ host, headers }) => [
      host,
      Object.entries(headers).map(([name, value]) => [name, value.reveal()]),
    ]);
    expect(shown).toEqual([
      ['a.example', [['authorization', 'Bearer tok-1']]],
      ['b.example', [['x-api-key', 'key-2']]],
    ]);
    expect(secrets.map((secret) => secret.reveal())).toEqual(['Bearer tok-1', 'tok-1', 'key-2']);
    expect(`${JSON.stringify(http)} ${inspect(http, { depth: 9 })}`).not.toMatch(/tok-1|key-2/);
  });

  it.each([['Bearer tok-1'], ['["tok-1"]'], ['{"a.example": 1}'], ['{"a.example": "tok-1"'], ['null']])(
    'refuses the credentials %s without showing them',
    (value) => {
      const [problem, ...others] = problemsOf({ HTTP_CREDENTIALS: value });
      expect(others).toEqual([]);
      expect(problem).toContain('HTTP_CREDENTIALS: expected a JSON object such as');
      expect(problem).not.toContain('tok-1');
    },
  );

  it('keeps the files of programs in the data folder where nothing else is said', () => {
    expect(parse({ WATTLE_DATA: '/var/wattle' }).filesFolder).toBe('/var/wattle/files');
    expect(parse({ WATTLE_DATA: '/var/wattle', FS_ROOT: '/srv/files' }).filesFolder).toBe('/srv/files');
  });

  it('freezes what it gives, all the way down', () => {
    const config = parse({ HTTP_ALLOW: '*' });
    expect([config, config.http, config.http.allow, config.limits].every(Object.isFrozen)).toBe(true);
  });

  it.each([
    ['SESSION_TTL', '1 hour', 'a duration such as 90s, 30m or 1h'],
    ['SESSION_TTL', '0s', 'from 1s to 30d'],
    ['MAX_STEPS', 'NaN', 'a whole number from 1 to 100'],
    ['MAX_STEPS', '0', 'a whole number from 1 to 100'],
    ['MAX_STEPS', '101', 'a whole number from 1 to 100'],
    ['HISTORY_TOKENS', '3999', 'a whole number from 4000 to 1000000'],
    ['MAX_RETRIES', '-1', 'a whole number from 0 to 10'],
    ['FUEL', '1e9', 'a whole number'],
    ['GUARD', 'yes', 'one of on, off'],
    ['GUARD_ON_ERROR', 'open!', 'one of open, closed'],
    ['GUARD_TIMEOUT', '10m', 'from 1s to 5m'],
    ['GUARD_OBSERVATIONS', 'yes', 'one of on, off'],
    ['LOG_LEVEL', 'loud', 'one of trace'],
    ['SLACK_API_URL', 'slack.com', 'an http:// or https:// address'],
    ['ANTHROPIC_BASE_URL', 'https://user:pw@proxy', 'an http:// or https:// address'],
    ['LOCAL_MODEL_URL', 'http://127.0.0.1:11434/v1', 'an http:// or https:// address without /v1 at its end'],
    ['LOCAL_MODEL_URL', 'http://127.0.0.1:11434/v1/messages/', 'without /v1 at its end'],
    ['HTTP_ALLOW', 'https://example.com', 'host names such as'],
    ['HTTP_ALLOW', 'example.com:443', 'host names such as'],
    ['MODEL_GRANTS', 'http, kv.channel', 'names of capabilities such as'],
    ['HTTP_LOOPBACK_PORTS', '0', 'port numbers'],
    ['HTTP_LOOPBACK_PORTS', '65536', 'port numbers'],
  ])('names %s=%s with what was expected', (name, value, expected) => {
    const [problem, ...others] = problemsOf({ [name]: value });
    expect(others).toEqual([]);
    expect(problem).toContain(`${name}: expected `);
    expect(problem).toContain(expected);
    expect(problem).toContain(JSON.stringify(value));
  });

  it('reports every problem in one error', () => {
    const problems = problemsOf({ MAX_STEPS: 'many', SESSION_TTL: 'long', LOG_LEVEL: 'loud' });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'SESSION_TTL',
      'MAX_STEPS',
      'LOG_LEVEL',
    ]);
  });

  it('asks for the other Slack token when only one is set', () => {
    expect(problemsOf({ SLACK_BOT_TOKEN: 'xoxb-1' })).toEqual([
      expect.stringContaining('SLACK_APP_TOKEN: expected'),
    ]);
    expect(problemsOf({ SLACK_APP_TOKEN: 'xapp-1' })).toEqual([
      expect.stringContaining('SLACK_BOT_TOKEN: expected'),
    ]);
  });

  it('reports a malformed Slack token once', () => {
    expect(problemsOf({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xoxb-1' })).toHaveLength(1);
  });

  it('refuses a closed guard that has no model', () => {
    expect(problemsOf({ GUARD_ON_ERROR: 'closed' })).toEqual([expect.stringContaining('ANTHROPIC_API_KEY')]);
    expect(problemsOf({ GUARD_ON_ERROR: 'closed', GUARD: 'off' })).toEqual([]);
    const local = { LOCAL_MODEL_URL: 'http://127.0.0.1:8080' };
    expect(problemsOf({ GUARD_ON_ERROR: 'closed', ...local })).toEqual([]);
  });

  it('gives the guard of a local model that is alone the time to wait for its turn', () => {
    const local = { LOCAL_MODEL_URL: 'http://127.0.0.1:8080' };
    expect(parse(local).guard.timeoutMs).toBe(120_000);
    expect(parse({ ...local, GUARD_TIMEOUT: '5s' }).guard.timeoutMs).toBe(5_000);
    expect(parse({ ...local, ANTHROPIC_API_KEY: 'sk-ant-12345' }).guard.timeoutMs).toBe(15_000);
  });

  it('keeps secrets out of errors, text, JSON and inspection', () => {
    const [problem] = problemsOf({ SLACK_BOT_TOKEN: 'hunter2-hunter2', SLACK_APP_TOKEN: 'xapp-1' });
    expect(problem).toContain('SLACK_BOT_TOKEN');
    expect(problem).not.toContain('hunter2');
    const config = parse({ ANTHROPIC_API_KEY: 'sk-ant-hunter2' });
    expect(`${config.model.apiKey} ${JSON.stringify(config)} ${inspect(config, { depth: 9 })}`).not.toContain(
      'hunter2',
    );
  });
});
