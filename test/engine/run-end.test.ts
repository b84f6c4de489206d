import { describe, expect, it } from 'vitest';
import { endOfError } from '../../src/engine/worker/run-end.ts';

describe('endOfError', () => {
  it('counts memory that the machine does not have as out-of-memory', () => {
    const error = new RangeError('WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory');
    expect(endOfError(error)).toEqual({
      outcome: 'out-of-memory',
      status: null,
      error: `no memory for the program: ${error.message}`,
    });
  });

  it('counts a module that does not fit its imports as invalid', () => {
    expect(endOfError(new WebAssembly.LinkError('import 3'))).toMatchObject({ outcome: 'invalid' });
  });

  it('counts a data segment that does not fit as a trap', () => {
    const error = new WebAssembly.RuntimeError('WebAssembly.Instance(): data segment 0 is out of bounds');
    expect(endOfError(error)).toMatchObject({
      outcome: 'trap',
      error: 'trap: a data or element segment that does not fit',
    });
  });

  it('never keeps a failure of its own to itself', () => {
    expect(endOfError(new TypeError('x is undefined'))).toMatchObject({
      outcome: 'trap',
      error: 'engine failure: x is undefined',
    });
  });
});
