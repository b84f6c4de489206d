import { describe, expect, it } from 'vitest';
import { fail } from '../../src/capabilities/capability.ts';
import { defineCapability, hostFunction } from '../../src/capabilities/define.ts';
import type { HostValue } from '../../src/engine/port.ts';

interface Counter {
  count: number;
}

const write = hostFunction<Counter>('write');

const sample = defineCapability({
  name: 'sample',
  open: (start: number): Counter => ({ count: start }),
  functions: {
    add: write({
      summary: 'Adds.',
      params: { small: 'i32', large: 'i64' },
      result: 'i64',
      run: ({ small, large }, counter) => {
        counter.count += small;
        return large + BigInt(counter.count);
      },
    }),
    echo: write({
      summary: 'Gives a text back.',
      params: { text: 'string' },
      result: 'string',
      run: async ({ text }) => text,
    }),
    size: write({
      summary: 'Refuses what is empty.',
      params: { data: 'bytes' },
      result: 'i32',
      run: ({ data }) => (data.length === 0 ? fail('EBOUND', 'empty') : data.length),
    }),
    rest: write({ summary: 'Does nothing.', params: {}, result: 'none', run: () => undefined }),
  },
});

function call(name: string, ...values: HostValue[]): unknown {
  const implementation = sample.open(10)[name] as ((...args: HostValue[]) => unknown) | undefined;
  return implementation?.(...values);
}

describe('defineCapability', () => {
  it('derives the imports from the table, parameters in the order written', () => {
    expect(sample.imports[0]).toEqual({
      capability: 'sample',
      name: 'add',
      params: [
        { name: 'small', type: 'i32' },
        { name: 'large', type: 'i64' },
      ],
      result: 'i64',
      effect: 'write',
      summary: 'Adds.',
    });
    expect(sample.imports.map(({ name }) => name)).toEqual(['add', 'echo', 'size', 'rest']);
  });

  it('hands positional values over by name and wraps what comes back', () => {
    expect(call('add', 2, 30n)).toEqual({ ok: true, value: 42n });
  });

  it('answers null for a function without a result', () => {
    expect(call('rest')).toEqual({ ok: true, value: null });
  });

  it('passes failures on as they are', () => {
    expect(call('size', new Uint8Array())).toEqual({ ok: false, status: 'EBOUND', message: 'empty' });
    expect(call('size', new Uint8Array(3))).toEqual({ ok: true, value: 3 });
  });

  it('waits for an asynchronous function', async () => {
    await expect(call('echo', 'x')).resolves.toEqual({ ok: true, value: 'x' });
  });

  it('makes fresh state for each run', () => {
    call('add', 5, 0n);
    expect(call('add', 1, 0n)).toEqual({ ok: true, value: 11n });
  });

  it('answers ETRFM for a text that is not Unicode', async () => {
    await expect(call('echo', '\ud800')).resolves.toMatchObject({ ok: false, status: 'ETRFM' });
  });

  it.each<[string, string, HostValue[], RegExp]>([
    ['too few values', 'add', [1], /expected 2 arguments, got 1/],
    ['too many values', 'rest', [1], /expected 0 arguments, got 1/],
    ['a number for an i64', 'add', [1, 2], /expected i64 for large, got number/],
    ['a text for bytes', 'size', ['abc'], /expected bytes for data, got string/],
    ['bytes for a text', 'echo', [new Uint8Array()], /expected string for text, got object/],
  ])('throws for %s, which only a mistake in the engine can bring', (_, name, values, message) => {
    expect(() => call(name, ...values)).toThrow(message);
  });

  it('holds results and arguments to the declared types when it is compiled', () => {
    // @ts-expect-error: a string function cannot give a number
    write({ summary: '', params: {}, result: 'string', run: () => 1 });
    // @ts-expect-error: text is a string
    write({ summary: '', params: { text: 'string' }, result: 'i32', run: ({ text }) => text * 2 });
    // @ts-expect-error: there is no parameter of that name
    write({ summary: '', params: { text: 'string' }, result: 'none', run: ({ other }) => other });
    expect(sample.name).toBe('sample');
  });
});
