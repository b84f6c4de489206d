import { describe, expect, it } from 'vitest';
import { debug } from '../../src/capabilities/debug.ts';
import { openGuest } from './open-capability.ts';

describe('debug.log', () => {
  it('hands each text to the run, in order', () => {
    const run = openGuest(debug);
    expect(run.call('log', 'one')).toEqual({ ok: true, value: null });
    run.call('log', '');
    run.call('log', 'zwei ✓');
    expect(run.lines).toEqual(['one', '', 'zwei ✓']);
  });
});
