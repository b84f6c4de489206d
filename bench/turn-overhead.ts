import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createAgent } from '../src/agent/agent.ts';
import { createGuard } from '../src/agent/guard.ts';
import { promptOf } from '../src/composition/bot.ts';
import { openWorkshop } from '../src/composition/workshop.ts';
import { parseConfig } from '../src/config.ts';
import { ALL_RANGES } from '../src/engine/engine-limits.ts';
import { createHost, type Host } from '../src/host/host.ts';
import type { Model, ModelOutcome } from '../src/model/model.ts';
import { openStore } from '../src/store/store.ts';
import { agentDefaults } from '../test/agent/turn-fixture.ts';
import { MemoryAdapter } from '../test/fakes/memory-adapter.ts';
import { createRecordingLog } from '../test/fakes/recording-log.ts';
import { MESSAGE } from '../test/host/host-fixture.ts';
import { renderLatencies } from './latency-table.ts';
import { sample } from './measure.ts';

const TURNS = 500;
const WARM_UP = 200;
const AT_ONCE = 200;
/** What a model takes for a reply while many turns wait for theirs. */
const REPLY_MS = 1_000;
const REPLIES_A_TURN = 2;
const MIB = 2 ** 20;

const PROGRAM = {
  body: '(format "{} words" (array.length (string.split $text " ")))',
  signature: '(text: string) -> string',
  args: ['one two three'],
  title: 'Count the words',
};
const VERDICT = '{"category": "SAFE", "severity": "none"}';
const USAGE = { inputTokens: 3_000, outputTokens: 60, cacheReadTokens: 0, cacheWriteTokens: 0 };

/**
 * What a turn costs beside the model's own time: claim, session, guard, a program that is assembled, metered, proven
 * and run, the second reply, guard, session, answer. The models answer at once, or all after the same time.
 */
export async function measureTurnOverhead(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wattle-bench-'));
  const workshop = await openWorkshop(parseConfig({}, ALL_RANGES));
  const store = await openStore({
    folder,
    sessionTtlMs: 3_600_000,
    now: Date.now,
    onProblem: () => undefined,
  });
  let replyMs = 0;
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${ids}`;
  };
  const model = programmer(() => replyMs);
  const agent = createAgent({
    ...agentDefaults(),
    openModel: () => model,
    guard: createGuard({ model: approver(() => replyMs), onError: 'closed', enabled: true }),
    runner: workshop.runner,
    catalog: workshop.catalog,
    capabilities: workshop.modelGrants,
    prompt: promptOf(parseConfig({}, ALL_RANGES), workshop),
    newId,
    now: () => performance.now(),
  });
  const host = createHost({
    agent,
    store,
    adapters: [new MemoryAdapter()],
    now: Date.now,
    newId,
    log: createRecordingLog(),
    process: { pid: process.pid, isAlive: () => false },
    limits: { runningTurns: AT_ONCE },
  });
  try {
    await sample('warm-up', WARM_UP, () => submit(host, newId()));
    const alone = await sample('a turn with one program, without the model', TURNS, () =>
      submit(host, newId()),
    );
    replyMs = REPLY_MS;
    return [renderLatencies([alone]), await manyAtOnce(host, newId)].join('\n\n');
  } finally {
    await host.stop(0);
    await workshop.engine.stop();
    await store.close();
    await rm(folder, { recursive: true });
  }
}

/** Threads of their own, so that none waits for another. */
async function submit(host: Host, id: string): Promise<void> {
  const report = await host.submit({ ...MESSAGE, thread: id, id, text: 'How many words?' });
  if (report.kind !== 'worked' || report.answer !== 'Three words.')
    throw new Error(`expected the answer "Three words.", but got ${JSON.stringify(report)}`);
}

async function manyAtOnce(host: Host, newId: () => string): Promise<string> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const over = new AbortController();
  const watching = watch(over.signal, () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  });
  const start = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, () => submit(host, newId())));
  const spent = performance.now() - start;
  over.abort();
  await watching;
  // The guard's first verdict is waited for beside the first reply; the second stands behind the last.
  const models = (REPLIES_A_TURN + 1) * REPLY_MS;
  return [
    '| figure | value |',
    '|---|---|',
    `| turns at once, in one process | ${AT_ONCE} |`,
    `| until all were answered, with ${models / 1_000} s of it the models' own | ${(spent / 1_000).toFixed(2)} s |`,
    `| resident memory before, at its highest | ${(before / MIB).toFixed(0)} MiB, ${(peak / MIB).toFixed(0)} MiB |`,
    `| of each turn | ${((peak - before) / AT_ONCE / 1_024).toFixed(0)} KiB |`,
  ].join('\n');
}

async function watch(signal: AbortSignal, look: () => void): Promise<void> {
  while (!signal.aborted) {
    look();
    await setTimeout(10);
  }
}

/** Writes one program, and answers when it has run. */
function programmer(replyMs: () => number): Model {
  let calls = 0;
  return {
    name: 'programmer',
    async *stream({ messages }) {
      if (replyMs() > 0) await setTimeout(replyMs());
      const last = messages.at(-1)?.content.at(-1);
      if (last?.type === 'tool-result') {
        yield { type: 'text', text: 'Three words.' };
        return said('Three words.');
      }
      calls += 1;
      // Another title each time; the program is the same, as most that people ask for are.
      const input = { ...PROGRAM, title: `${PROGRAM.title} ${calls}` };
      const content = [{ type: 'tool-call', callId: `c${calls}`, name: 'run_program', input }] as const;
      return { ok: true, content, stopReason: 'tool_use', usage: USAGE };
    },
  };
}

function approver(replyMs: () => number): Model {
  return {
    name: 'approver',
    async *stream() {
      if (replyMs() > 0) await setTimeout(replyMs());
      yield { type: 'text', text: VERDICT };
      return said(VERDICT);
    },
  };
}

function said(text: string): ModelOutcome {
  return { ok: true, content: [{ type: 'text', text }], stopReason: 'end_turn', usage: USAGE };
}
