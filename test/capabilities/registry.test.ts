import { describe, expect, it } from 'vitest';
import type { Capability, HostContext, SessionContext } from '../../src/capabilities/capability.ts';
import { defineCapability, hostFunction } from '../../src/capabilities/define.ts';
import { pureCapabilities } from '../../src/capabilities/pure.ts';
import { createCapabilityHost } from '../../src/capabilities/registry.ts';
import type { CapabilityHost } from '../../src/catalog/port.ts';
import { WattleError } from '../../src/errors.ts';
import { sessionContext } from './session-context.ts';

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

function counterCalled(name: string): Capability<HostContext> {
  return { ...counter, name, imports: counter.imports.map((item) => ({ ...item, capability: name })) };
}

/** The half of a pure capability that is not pure. */
const loudHalf: Capability<HostContext> = defineCapability({
  name: 'string',
  open: () => ({ count: 0 }),
  functions: {
    shout: write({ summary: 'Is heard.', params: {}, result: 'none', run: () => undefined }),
  },
});

const { signal } = new AbortController();
const context = sessionContext();

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

const capabilitiesOf = (grants: readonly string[]) => [
  ...new Set(host.imports(grants).map(({ capability }) => capability)),
];

describe('createCapabilityHost', () => {
  it('names the pure capabilities and those given, each once', () => {
    expect(host.names).toEqual([...pureCapabilities.map(({ name }) => name), 'counter']);
    expect(createCapabilityHost([loudHalf]).names).toEqual(pureCapabilities.map(({ name }) => name));
  });

  it('offers every pure function without a grant, and nothing else', () => {
    expect(capabilitiesOf([])).toEqual(pureCapabilities.map(({ name }) => name));
    expect(host.imports([]).filter(({ effect }) => effect !== 'pure')).toEqual([]);
    expect(host.imports(['core', 'string'])).toEqual(host.imports([]));
  });

  it('gives imports in one order, whatever the order of the grants', () => {
    const one = host.imports(['counter', 'string']);
    expect(host.imports(['string', 'counter', 'core', 'string'])).toEqual(one);
    expect(capabilitiesOf(['counter'])).toEqual([...pureCapabilities.map(({ name }) => name), 'counter']);
  });

  it('gives the same list for the same grants, which nobody can change', () => {
    const one = host.imports(['counter', 'string']);
    expect(host.imports(['string', 'counter', 'core', 'string'])).toBe(one);
    expect(host.imports(['core', 'string'])).toBe(host.imports([]));
    expect(host.imports([])).not.toBe(one);
    expect(Object.isFrozen(one)).toBe(true);
  });

  it('remembers the lists used last, and no more than a few', () => {
    const names = Array.from({ length: 100 }, (_, at) => `counter${at}`);
    const many = createCapabilityHost(names.map(counterCalled));
    const [first, second] = [many.imports(['counter0']), many.imports(['counter1'])];
    for (const name of names.slice(2)) {
      many.imports([name]);
      expect(many.imports(['counter0'])).toBe(first);
    }
    expect(many.imports(['counter1'])).toEqual(second);
    expect(many.imports(['counter1'])).not.toBe(second);
  });

  it('offers the pure half of a name always and the other half by grant', () => {
    const split = createCapabilityHost([loudHalf]);
    const namesOf = (grants: readonly string[]) =>
      split.imports(grants).map(({ capability, name }) => `${capability}.${name}`);
    expect(namesOf([])).toContain('string.upper');
    expect(namesOf([])).not.toContain('string.shout');
    expect(namesOf(['string'])).toEqual([...namesOf([]), 'string.shout']);
  });

  it('refuses a grant that names no capability', () => {
    expect(codeOf(() => host.imports(['string', 'fs']))).toMatch(/^USAGE: expected .*counter; got fs$/);
    expect(codeOf(() => host.open(['toString'], context, signal))).toMatch(/^USAGE: .*got toString$/);
  });

  it('refuses two capabilities of one name, and two functions', () => {
    expect(codeOf(() => createCapabilityHost([counter, counter]))).toMatch(/^INTERNAL: .*counter/);
    const upper = defineCapability({
      name: 'string',
      open: () => ({ count: 0 }),
      functions: { upper: write({ summary: 'Again.', params: {}, result: 'none', run: () => undefined }) },
    });
    expect(codeOf(() => createCapabilityHost([upper]))).toMatch(/^INTERNAL: .*string\.upper/);
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
