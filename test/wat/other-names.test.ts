import { describe, expect, it } from 'vitest';
import { createHttp } from '../../src/capabilities/http.ts';
import { kv } from '../../src/capabilities/kv.ts';
import { createCapabilityHost } from '../../src/capabilities/registry.ts';
import { OTHER_NAMES } from '../../src/wat/other-names.ts';

describe('OTHER_NAMES', () => {
  it('leads to functions that there are', () => {
    const http = createHttp({ allow: [], loopbackPorts: [], userAgent: 'test' });
    const host = createCapabilityHost([http, kv]);
    const names = new Set([...host.imports(host.names).map(({ name }) => name), ...OTHERS]);
    expect(
      Object.values(OTHER_NAMES)
        .flat()
        .filter((name) => !names.has(name)),
    ).toEqual([]);
  });
});

/** Of the capabilities that need a folder, a model, chance or a clock. */
const OTHERS = ['read', 'write', 'stat', 'delete', 'ask', 'int', 'order', 'now'];
