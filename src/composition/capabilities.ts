import { randomInt, randomUUID } from 'node:crypto';
import { createAi } from '../capabilities/ai.ts';
import type { Capability, HostContext } from '../capabilities/capability.ts';
import { chat } from '../capabilities/chat.ts';
import { createFs } from '../capabilities/fs.ts';
import { createHttp } from '../capabilities/http.ts';
import { kv, sharedKv } from '../capabilities/kv.ts';
import { createRandom } from '../capabilities/random.ts';
import { createTimeNow } from '../capabilities/time-now.ts';
import type { Config } from '../config.ts';
import { createAskModel } from './ask-model.ts';
import { createSmallModel } from './small-model.ts';

const USER_AGENT = 'wattle';

/** All that has effects, in the order of the prompt. */
export function createCapabilities(config: Config): readonly Capability<HostContext>[] {
  return [
    createConfiguredHttp(config.http),
    kv,
    ...sharedKv,
    chat,
    createFs({ root: config.filesFolder, now: Date.now, newId: randomUUID }),
    createAi(createAskModel(createSmallModel(config.model, config.model.aiName))),
    createTimeNow(Date.now),
    createRandom({ u32: () => randomInt(2 ** 32), uuid: randomUUID }),
  ];
}

/** The credentials leave their wrapping here and go to nothing but the client. */
function createConfiguredHttp(http: Config['http']): Capability<HostContext> {
  const credentials = http.credentials.map(({ host, headers }) => ({
    host,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.reveal()])),
  }));
  return createHttp({ ...http, credentials, userAgent: USER_AGENT });
}
