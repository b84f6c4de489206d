import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createBotBudgets } from '../../src/composition/bot-budgets.ts';
import { parseConfig } from '../../src/config.ts';
import { ALL_RANGES } from '../../src/engine/engine-limits.ts';
import { openUsage } from '../../src/store/usage.ts';
import { NOON, OWNERS, planned } from '../budget/budget-bench.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';

async function accountOf(environment: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'wattle-bot-budgets-'));
  const usage = openUsage({ file: join(folder, 'usage.sqlite'), now: () => NOON });
  onTestFinished(async () => {
    usage.close();
    await rm(folder, { recursive: true, force: true });
  });
  const log = createRecordingLog();
  const config = parseConfig(environment, ALL_RANGES);
  const budgets = createBotBudgets({ config, store: { usage }, log, now: () => NOON });
  const account = budgets.openAccount({ owners: OWNERS, onNotice: () => undefined });
  return { account, log, usage };
}

const LOCAL = { LOCAL_MODEL_URL: 'http://127.0.0.1:1234', LOCAL_MODEL: 'my-own' };

it('holds to the limits of the environment', async () => {
  const { account } = await accountOf({ BUDGET_TURN: 'tokens=1500' });
  const model = 'claude-sonnet-5-5';
  expect(account.reserveCall(planned({ model }))).toMatchObject({ ok: true, maxTokens: 500 });
});

it('gives a local model for nothing, unless it has a price', async () => {
  const model = 'local:my-own';
  const free = await accountOf({ ...LOCAL, BUDGET_USER: 'usd=0' });
  expect(free.account.reserveCall(planned({ model })).ok).toBe(true);
  const PRICES = '{"local:my-own": {"input": 1, "output": 1}}';
  const priced = await accountOf({ ...LOCAL, PRICES, BUDGET_USER: 'usd=0' });
  expect(priced.account.reserveCall(planned({ model })).ok).toBe(false);
});

it('keeps the price of a model whose id the local one bears as well', async () => {
  const environment = { ...LOCAL, LOCAL_MODEL: 'claude-sonnet-5-5', BUDGET_USER: 'usd=0' };
  const { account } = await accountOf(environment);
  expect(account.reserveCall(planned({ model: 'claude-sonnet-5-5' })).ok).toBe(false);
  expect(account.reserveCall(planned({ model: 'local:claude-sonnet-5-5' })).ok).toBe(true);
});

it('says once that it knows no price of a model', async () => {
  const { account, log } = await accountOf({});
  for (const _ of [1, 2]) account.reserveCall(planned({ model: 'claude-next-9' }));
  expect(log.lines).toMatchObject([{ level: 'warn', fields: { model: 'claude-next-9' } }]);
});

it('goes on when what was spent cannot be written, and says so', async () => {
  const { account, log, usage } = await accountOf({});
  usage.close();
  const reserved = account.reserveCall(planned({ model: 'claude-sonnet-5-5' }));
  if (reserved.ok)
    reserved.settle({ inputTokens: 5, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 });
  expect(account.spent.inputTokens).toBe(5);
  expect(log.lines).toMatchObject([{ level: 'error' }]);
});
