import { describe, expect, it } from 'vitest';
import { core } from '../../src/capabilities/core.ts';
import { openGuest } from './open-capability.ts';

const first = new Uint8Array([1, 0, 0, 0, 65]);
const second = new Uint8Array([7, 0, 0, 0]);

describe('core.argc', () => {
  it('counts the arguments', () => {
    expect(openGuest(core, [first, second]).call('argc')).toEqual({ ok: true, value: 2 });
    expect(openGuest(core).call('argc')).toEqual({ ok: true, value: 0 });
  });
});

describe('core.argv', () => {
  it('gives an argument in the wire format', () => {
    const run = openGuest(core, [first, second]);
    expect(run.call('argv', 0)).toEqual({ ok: true, value: first });
    expect(run.call('argv', 1)).toEqual({ ok: true, value: second });
  });

  it.each([[-1], [1], [2147483647], [-2147483648]])(
    'answers EBOUND for index %i of one argument',
    (index) => {
      expect(openGuest(core, [first]).call('argv', index)).toEqual({
        ok: false,
        status: 'EBOUND',
        message: `there is no argument ${index}: the program was given 1, counted from 0`,
      });
    },
  );
});

describe('core.resv', () => {
  it('keeps the last value given', () => {
    const run = openGuest(core);
    expect(run.result()).toBeNull();
    expect(run.call('resv', first)).toEqual({ ok: true, value: null });
    run.call('resv', second);
    expect(run.result()).toEqual(second);
  });
});
