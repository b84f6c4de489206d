import { describe, expect, it } from 'vitest';
import type { TurnEvent } from '../../src/agent/events.ts';
import { NO_GUARD_MODEL } from '../../src/agent/guard.ts';
import { TURN_ENDED } from '../../src/agent/judge.ts';
import { createTally } from '../../src/budget/tally.ts';
import { logEvent } from '../../src/composition/log-event.ts';
import { createLogger } from '../../src/log.ts';

const ORIGIN = { version: 1, at: 1, turnId: 't1', thread: 'slack:w:c:t', messageId: 'm1' } as const;

function logged(event: TurnEvent): Record<string, unknown>[] {
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  logEvent(createLogger({ level: 'info', destination, secrets: [] }), { ...ORIGIN, ...event });
  return lines.map((line) => JSON.parse(line));
}

describe('logEvent', () => {
  it('writes a line with the ids and the fields, named by the type of the event', () => {
    expect(logged({ type: 'answer', text: 'a'.repeat(500) })).toMatchObject([
      { msg: 'answer', ...ORIGIN, text: 'a'.repeat(500) },
    ]);
  });

  it('cuts a long text and says so', () => {
    expect(logged({ type: 'turn.started', text: 'a'.repeat(100_000) })).toMatchObject([
      { text: `${'a'.repeat(500)}… (cut, 100000 characters)` },
    ]);
  });

  it('cuts a long text wherever it is, and keeps all else', () => {
    const verdict = { kind: 'unavailable', reason: 'b'.repeat(501), passed: true } as const;
    expect(logged({ type: 'guard.verdict', stage: 'pre', verdict })).toMatchObject([
      { verdict: { ...verdict, reason: `${'b'.repeat(500)}… (cut, 501 characters)` } },
    ]);
    const failed = { step: 1, stopReason: 'failed', usage: null, error: null } as const;
    expect(logged({ type: 'model.finished', ...failed })).toMatchObject([failed]);
  });

  const { spent } = createTally();
  const finished = { type: 'turn.finished', durationMs: 1, spent } as const;
  const unjudged = { type: 'guard.verdict', stage: 'pre' } as const;
  const [INFO, WARN] = [30, 40];

  it.each<[TurnEvent, number]>([
    [{ ...finished, cause: 'model-failed', error: 'auth: no' }, WARN],
    [{ ...finished, cause: 'answered', error: null }, INFO],
    [{ ...unjudged, verdict: { kind: 'unavailable', reason: 'overloaded', passed: true } }, WARN],
    [{ ...unjudged, verdict: { kind: 'unavailable', reason: NO_GUARD_MODEL, passed: true } }, INFO],
    [{ ...unjudged, verdict: { kind: 'unavailable', reason: TURN_ENDED, passed: false } }, INFO],
    [{ ...unjudged, verdict: { kind: 'blocked', category: 'JAILBREAK', severity: 'high' } }, INFO],
  ])('warns of what whoever runs it has to know: %j', (event, level) => {
    expect(logged(event)).toMatchObject([{ level }]);
  });

  it('leaves deltas to a trace', () => {
    expect(logged({ type: 'model.delta', step: 1, text: 'a' })).toEqual([]);
  });
});
