import { describe, expect, it } from 'vitest';
import type { Capability, HostContext, SessionContext } from '../../src/capabilities/capability.ts';
import { defineCapability, hostFunction } from '../../src/capabilities/define.ts';
import { createCapabilityHost } from '../../src/capabilities/registry.ts';
import type { CapabilityHost } from '../../src/catalog/port.ts';
import { WattleError } from '../../src/errors.ts';

const write = hostFunction<{ count: number }>('write');

/** Counts its own calls, one count a run. */
const counter: Capability<HostContext> = defineCapability({
  name: 'counter',
  open: () => ({ count: 0 }),
  functions: {
    next: write({
      summary: 'The next number.',
      params: { step: 'i32' },
      result: 'i32',
      run: ({ step }, state) => {
        state.count += step;
        return state.count;
      },
    }),
  },
});

const { signal } = new AbortController();
const context: SessionContext = {
  kv: {
    get: async () => undefined,
    set: async () => true,
    delete: async () => false,
    list: async () => [],
  },
};

// The declared type is the point: the registry is what the catalog's port asks for.
const host: CapabilityHost<SessionContext> = createCapabilityHost([counter]);

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof WattleError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'nothing thrown';
}

describe('createCapabilityHost', () => {
  it('names the pure capabilities and those given', () => {
    expect(host.names).toEqual(['core', 'string', 'json', 'debug', 'counter']);
  });

  it('offers core without a grant, and nothing else', () => {
    expect(new Set(host.imports([]).map(({ capability }) => capability))).toEqual(new Set(['core']));
  });

  it('gives imports in one order, whatever the order of the grants', () => {
    const one = host.imports(['counter', 'string']);
    expect(host.imports(['string', 'counter', 'core', 'string'])).toEqual(one);
    expect([...new Set(one.map(({ capability }) => capability))]).toEqual(['core', 'string', 'counter']);
  });

  it('refuses a grant that names no capability', () => {
    expect(codeOf(() => host.imports(['string', 'fs']))).toMatch(/^USAGE: expected .*counter; got fs$/);
    expect(codeOf(() => host.open(['toString'], context, signal))).toMatch(/^USAGE: .*got toString$/);
  });

  it('refuses two capabilities of one name', () => {
    expect(codeOf(() => createCapabilityHost([counter, counter]))).toMatch(/^INTERNAL: .*counter/);
  });
});

describe('open', () => {
  it('answers calls from state that is fresh for each run', async () => {
    const first = host.open(['counter'], context, signal);
    const second = host.open(['counter'], context, signal);
    const call = { capability: 'counter', name: 'next', args: [2] };
    expect(await first(call)).toEqual({ ok: true, value: 2 });
    expect(await first(call)).toEqual({ ok: true, value: 4 });
    expect(await second(call)).toEqual({ ok: true, value: 2 });
  });

  it('answers EACCESS for a capability that was not granted', async () => {
    const answer = host.open([], context, signal);
    expect(await answer({ capability: 'counter', name: 'next', args: [1] })).toEqual({
      ok: false,
      status: 'EACCESS',
      message: 'counter is not granted to this run',
    });
  });

  it('rejects for a function that does not exist, inherited names included', async () => {
    const answer = host.open(['counter'], context, signal);
    for (const name of ['previous', 'constructor', '__proto__']) {
      await expect(answer({ capability: 'counter', name, args: [] })).rejects.toThrow(
        /counter has no function/,
      );
    }
  });
});
