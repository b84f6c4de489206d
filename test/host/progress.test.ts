import { describe, expect, it } from 'vitest';
import type { TurnEvent } from '../../src/agent/events.ts';
import { NOTHING_SPENT } from '../../src/budget/usage.ts';
import type { Plan } from '../../src/chat/plan.ts';
import { emptyPlan, foldEvent } from '../../src/host/progress.ts';

const started: TurnEvent = { type: 'run.started', runId: 'r1', title: 'Fetch the page', program: 'http_get' };
const finished: TurnEvent = {
  type: 'run.finished',
  runId: 'r1',
  outcome: 'ok',
  status: 'SUCCESS',
  summary: '200 OK',
  fuel: 12_345,
  memoryBytes: 65_536,
  durationMs: 41.7,
};
const rejected: TurnEvent = {
  type: 'program.rejected',
  runId: 'r1',
  title: 'Add two numbers',
  error: 'line 1, column 9:\n  (i32.ad 1)\n   ^ unknown instruction',
};
const ended: TurnEvent = {
  type: 'turn.finished',
  cause: 'answered',
  durationMs: 5,
  error: null,
  spent: NOTHING_SPENT,
};

function fold(...events: readonly TurnEvent[]): Plan {
  return events.reduce(foldEvent, emptyPlan('turn-1'));
}

describe('foldEvent', () => {
  it('begins a task with each run', () => {
    const second = { ...started, runId: 'r2', title: 'Parse it' };
    expect(fold(started, second)).toEqual({
      id: 'turn-1',
      tasks: [
        { id: 'r1', title: 'Fetch the page', state: 'running', detail: '' },
        { id: 'r2', title: 'Parse it', state: 'running', detail: '' },
      ],
      finished: false,
    });
  });

  it('ends a task with its result, fuel and time', () => {
    expect(fold(started, finished).tasks).toEqual([
      { id: 'r1', title: 'Fetch the page', state: 'done', detail: '200 OK · fuel 12,345 · 42 ms' },
    ]);
  });

  it('shows a run without a result by its cost alone', () => {
    expect(fold(started, { ...finished, summary: '' }).tasks[0]?.detail).toBe('fuel 12,345 · 42 ms');
  });

  it.each([
    [{ outcome: 'status', status: 'EREMOTE', summary: 'no route' }, 'EREMOTE: no route'],
    [{ outcome: 'out-of-fuel', status: null, summary: '' }, 'out-of-fuel'],
    [{ outcome: 'trap', status: null, summary: 'trap: unreachable' }, 'trap: unreachable'],
    [{ outcome: 'status', status: 'EACCESS', summary: 'it returned EACCESS' }, 'it returned EACCESS'],
  ] as const)('names why a run failed: %o', (change, detail) => {
    const [task] = fold(started, { ...finished, ...change }).tasks;
    expect(task).toMatchObject({ state: 'failed', detail: `${detail} · fuel 12,345 · 42 ms` });
  });

  it('shows a program that does not compile, in one line, and its retry', () => {
    const retry: TurnEvent = { type: 'retry', runId: 'r1', attempt: 1, maximum: 2, reason: 'unknown' };
    expect(fold(rejected, { ...started, runId: 'r2' }, retry).tasks).toMatchObject([
      {
        id: 'r1',
        title: 'Add two numbers',
        state: 'failed',
        detail: 'does not compile: line 1, column 9: (i32.ad 1) ^ unknown instruction · retry 1 of 2',
      },
      { id: 'r2', state: 'running', detail: '' },
    ]);
  });

  it.each([
    [{ kind: 'blocked', category: 'JAILBREAK', severity: 'high' }, 'JAILBREAK'],
    [{ kind: 'unavailable', reason: 'overloaded', passed: false }, 'it could not be checked'],
  ] as const)('says that the guard withheld what a run brought in: %o', (verdict, why) => {
    const judged: TurnEvent = { type: 'guard.verdict', stage: 'observation', verdict, runId: 'r1' };
    expect(fold(started, finished, judged).tasks).toEqual([
      {
        id: 'r1',
        title: 'Fetch the page',
        state: 'failed',
        detail: `withheld by the content guard (${why})`,
      },
    ]);
  });

  it.each([
    { kind: 'safe', category: 'SAFE', severity: 'none' },
    { kind: 'unavailable', reason: 'overloaded', passed: true },
  ] as const)('shows nothing of a verdict that lets pass: %o', (verdict) => {
    const plan = fold(started, finished);
    expect(foldEvent(plan, { type: 'guard.verdict', stage: 'observation', verdict, runId: 'r1' })).toBe(plan);
    expect(foldEvent(plan, { type: 'guard.verdict', stage: 'pre', verdict })).toBe(plan);
  });

  it('does not show one run twice', () => {
    expect(fold(rejected, started).tasks).toEqual([
      { id: 'r1', title: 'Fetch the page', state: 'running', detail: '' },
    ]);
  });

  it('cuts a long result and says so, between characters', () => {
    const detail = fold(started, { ...finished, summary: '🌡'.repeat(1_000) }).tasks[0]?.detail ?? '';
    expect(detail).toContain('🌡… · fuel');
    expect(detail.isWellFormed()).toBe(true);
    expect(detail.length).toBeLessThan(450);
  });

  it.each([
    ['the conversation', {}, 'Summarise the conversation'],
    ['a long result', { runId: 'r1' }, 'Summarise a long result'],
  ])('shows as a task that %s is summarised, and what came of it', (_what, subject, title) => {
    const during = fold(started, finished, { type: 'summary.started', ...subject });
    expect(during.tasks.slice(1)).toMatchObject([{ title, state: 'running', detail: '' }]);
    const done = foldEvent(during, { type: 'summary.finished', ...subject, error: null });
    expect(done.tasks.slice(1)).toMatchObject([{ title, state: 'done', detail: '' }]);
    const failed = foldEvent(during, { type: 'summary.finished', ...subject, error: 'overloaded: no' });
    expect(failed.tasks.slice(1)).toMatchObject([
      { title, state: 'failed', detail: expect.stringContaining('left out') },
    ]);
    expect(during.tasks[0]).toEqual(fold(started, finished).tasks[0]);
  });

  it('ends with the turn, and what still runs as stopped', () => {
    const plan = fold(started, finished, { ...started, runId: 'r2' }, ended);
    expect(plan.finished).toBe(true);
    expect(plan.tasks.map(({ state, detail }) => ({ state, detail }))).toEqual([
      { state: 'done', detail: '200 OK · fuel 12,345 · 42 ms' },
      { state: 'failed', detail: 'stopped' },
    ]);
  });

  it.each<TurnEvent>([
    { type: 'turn.started', text: 'hello' },
    { type: 'model.started', step: 1, model: 'm' },
    { type: 'model.delta', step: 1, text: 'a' },
    { type: 'program.compiled', runId: 'r1', title: 'Fetch' },
    { type: 'observation', runId: 'r1', text: 'SUCCESS' },
    { type: 'answer', text: 'done' },
    { type: 'retry', runId: 'r9', attempt: 1, maximum: 2, reason: 'nothing to hang it on' },
  ])('gives the same plan for $type, which nobody sees', (event) => {
    const plan = emptyPlan('turn-1');
    expect(foldEvent(plan, event)).toBe(plan);
  });

  it('leaves the plan that it was given as it was', () => {
    const before = fold(started);
    const copy = structuredClone(before);
    foldEvent(before, finished);
    expect(before).toEqual(copy);
  });
});
