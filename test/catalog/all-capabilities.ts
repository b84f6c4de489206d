import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AskModel, createAi } from '../../src/capabilities/ai.ts';
import type { SessionContext } from '../../src/capabilities/capability.ts';
import { chat } from '../../src/capabilities/chat.ts';
import { createFs } from '../../src/capabilities/fs.ts';
import { createHttp } from '../../src/capabilities/http.ts';
import { kv, sharedKv } from '../../src/capabilities/kv.ts';
import { createRandom } from '../../src/capabilities/random.ts';
import { createCapabilityHost } from '../../src/capabilities/registry.ts';
import { createTimeNow } from '../../src/capabilities/time-now.ts';
import type { CapabilityHost } from '../../src/catalog/port.ts';

export interface AllCapabilitiesOptions {
  readonly loopbackPorts?: readonly number[];
  /** What answers as the small model; an echo of the prompt when not given. */
  readonly ask?: AskModel;
}

/** All that a program of the stock catalog can be granted, with a clock that stands and chance that is always 0. */
export function allCapabilities({
  loopbackPorts = [],
  ask = async ({ prompt }) => ({ ok: true, text: prompt }),
}: AllCapabilitiesOptions = {}): CapabilityHost<SessionContext> {
  return createCapabilityHost([
    createHttp({ allow: ['127.0.0.1'], loopbackPorts, userAgent: 'wattle-test' }),
    kv,
    ...sharedKv,
    chat,
    createFs({ root: join(tmpdir(), 'wattle-stock-test'), now: () => 0, newId: () => 'id' }),
    createAi(ask),
    createTimeNow(() => 0),
    createRandom({ u32: () => 0, uuid: () => '00000000-0000-4000-8000-000000000000' }),
  ]);
}
