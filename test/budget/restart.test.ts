import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openUsage, type Usage } from '../../src/store/usage.ts';
import { createBench, NOON, OWNERS, planned, spend, used } from './budget-bench.ts';

let folder: string;
let usage: Usage;

const open = () => openUsage({ file: join(folder, 'usage.sqlite'), now: () => NOON });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wattle-budgets-'));
  usage = open();
});

afterEach(async () => {
  usage.close();
  await rm(folder, { recursive: true, force: true });
});

it('what was spent in a day still counts after a restart, on the database itself', () => {
  const limits = { user: { tokens: 2_000 }, channel: { hostCalls: 1 } };
  const before = createBench({ limits, usage }).open();
  spend(before, used(1_000, 500));
  const run = before.reserveRun(1_000);
  if (run.ok) {
    run.hostCall();
    run.settle(40);
  }
  usage.close();
  usage = open();
  const after = createBench({ limits, usage }).open();
  expect(after.reserveCall(planned({ inputTokens: 400 }))).toMatchObject({
    ok: false,
    notice: { scope: 'user', used: 1_500, limit: 2_000 },
  });
  const next = after.reserveRun(1_000);
  expect(next.ok && next.hostCall()).toMatchObject({ scope: 'channel', unit: 'hostCalls', used: 1 });
  expect(usage.total('session', OWNERS.session)).toEqual(before.spent);
});
