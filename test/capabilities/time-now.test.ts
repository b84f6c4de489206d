import { describe, expect, it } from 'vitest';
import { createTimeNow } from '../../src/capabilities/time-now.ts';
import { openHost } from './open-capability.ts';
import { hostContext } from './session-context.ts';

describe('time.now', () => {
  it('gives whole milliseconds of the clock that it was made with', async () => {
    let now = 1_790_000_000_123.7;
    const call = openHost(
      createTimeNow(() => now),
      hostContext(),
    );
    expect(await call('now')).toEqual({ ok: true, value: 1_790_000_000_123 });
    now += 1;
    expect(await call('now')).toEqual({ ok: true, value: 1_790_000_000_124 });
  });
});
