import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAi } from '../../src/capabilities/ai.ts';
import type { Capability, GuestContext, HostContext } from '../../src/capabilities/capability.ts';
import { chat } from '../../src/capabilities/chat.ts';
import { createFs } from '../../src/capabilities/fs.ts';
import { createHttp } from '../../src/capabilities/http.ts';
import { kv, sharedKv } from '../../src/capabilities/kv.ts';
import { pureCapabilities } from '../../src/capabilities/pure.ts';
import { createRandom } from '../../src/capabilities/random.ts';
import { createTimeNow } from '../../src/capabilities/time-now.ts';
import { hostContext } from './session-context.ts';

const guest: GuestContext = {
  args: [],
  setResult: () => undefined,
  log: () => undefined,
  hold: () => true,
  share: (make) => make(guest),
};
const host = hostContext();
const effectful: readonly Capability<HostContext>[] = [
  kv,
  ...sharedKv,
  chat,
  createHttp({ allow: [], loopbackPorts: [], userAgent: 'test' }),
  createFs({ root: 'nowhere', now: () => 0, newId: () => 'id' }),
  createAi(async () => ({ ok: true, text: '' })),
  createTimeNow(() => 0),
  createRandom({ u32: () => 0, uuid: () => 'id' }),
];

const cases = [
  ...pureCapabilities.map((capability) => ({ ...capability, functions: capability.open(guest), pure: true })),
  ...effectful.map((capability) => ({ ...capability, functions: capability.open(host), pure: false })),
];

const NAME = /^[a-z][a-z0-9_]*$/;

describe.each(cases)('the capability $name (pure: $pure)', ({ name, imports, functions, pure }) => {
  it('has names that WAT and the prompt can carry', () => {
    const names = [name, ...imports.flatMap((it) => [it.name, ...it.params.map((param) => param.name)])];
    expect(names.filter((it) => !NAME.test(it))).toEqual([]);
    expect(imports.map(({ capability }) => capability)).toEqual(imports.map(() => name));
  });

  it('declares each function once and implements exactly those', () => {
    const declared = imports.map((it) => it.name);
    expect(new Set(declared).size).toBe(declared.length);
    expect(Object.keys(functions).sort()).toEqual([...declared].sort());
  });

  it('sums each function up in one line that ends with a full stop', () => {
    const wrong = imports.filter(({ summary }) => !/^[^\r\n]{5,110}\.$/.test(summary));
    expect(wrong.map((it) => it.name)).toEqual([]);
  });

  it('is wholly pure in the worker and wholly not on the main thread', () => {
    expect(imports.filter(({ effect }) => (effect === 'pure') !== pure)).toEqual([]);
  });
});

/** Packages and built-in modules that only compute. */
const COMPUTING = ['re2js', 'temporal-polyfill/implementation', 'htmlparser2', 'node:crypto', 'node:zlib'];

describe('pure.ts', () => {
  /** Every module that a file reaches by imports of values. */
  function reached(file: string, seen = new Set<string>()): Set<string> {
    if (seen.has(file)) return seen;
    seen.add(file);
    const imports = readFileSync(file, 'utf8').matchAll(/^import (?!type )[^;]*? from '([^']+)';$/gm);
    for (const [, target = ''] of imports) {
      if (target.startsWith('.')) reached(resolve(dirname(file), target), seen);
      else seen.add(target);
    }
    return seen;
  }

  it('reaches nothing that leads to network or disk', () => {
    const modules = [...reached(resolve(import.meta.dirname, '../../src/capabilities/pure.ts'))];
    expect(modules.length).toBeGreaterThan(5);
    expect(modules.filter((module) => !module.endsWith('.ts') && !COMPUTING.includes(module))).toEqual([]);
    expect(
      modules.filter((module) =>
        /http|connection|address|url-policy|\/fs|\/ai\.ts|random|time-now/.test(module),
      ),
    ).toEqual([]);
  });

  it('takes neither clock nor chance nor the language of the machine', () => {
    const sources = [...reached(resolve(import.meta.dirname, '../../src/capabilities/pure.ts'))];
    const wrong = sources
      .filter((module) => module.endsWith('.ts'))
      .filter((file) => {
        const text = readFileSync(file, 'utf8');
        return /Math\.random|Date\.now|new Date\(\)|performance\.|toLocale|localeCompare|randomUUID|Temporal\.Now/.test(
          text,
        );
      });
    expect(wrong).toEqual([]);
  });
});
