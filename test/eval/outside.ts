import type { KeyValue, SessionContext } from '../../src/capabilities/capability.ts';
import { createHttp } from '../../src/capabilities/http.ts';
import { kv, sharedKv } from '../../src/capabilities/kv.ts';
import { type CapabilityRegistry, createCapabilityHost } from '../../src/capabilities/registry.ts';
import { memorySpace, sessionContext } from '../capabilities/session-context.ts';
import { type LoopbackSite, openLoopbackSite } from './loopback-site.ts';
import { SERVER, type TaskCase } from './task.ts';

/** What a case's program finds around it, and what it leaves behind. */
export interface Outside {
  readonly capabilities: CapabilityRegistry;
  readonly context: SessionContext;
  /** The value or text with the address of the live server in it. */
  localise<T>(value: T): T;
  /** The same the other way round. */
  normalise<T>(value: T): T;
  traces(): Promise<Traces>;
  [Symbol.asyncDispose](): Promise<void>;
}

type Texts = Readonly<Record<string, string>>;

export interface Traces {
  readonly kv: Texts;
  readonly channel: Texts;
  readonly sent: LoopbackSite['sent'];
}

/** Everything is real but what lies behind the ports: a loopback server, key-values in memory. */
export async function openOutside(given: TaskCase): Promise<Outside> {
  const site = await openLoopbackSite(given.http);
  const own = await filledSpace(given.kv);
  const channel = await filledSpace(given.channel);
  const http = createHttp({ allow: [], loopbackPorts: [site.port], userAgent: 'wattle' });
  const context = sessionContext({ kv: own });
  return {
    capabilities: createCapabilityHost([kv, ...sharedKv, http]),
    context: { ...context, shared: { ...context.shared, channel } },
    localise: (value) => replaceText(value, SERVER, site.url),
    normalise: (value) => replaceText(value, site.url, SERVER),
    traces: async () => ({ kv: await contentOf(own), channel: await contentOf(channel), sent: site.sent }),
    [Symbol.asyncDispose]: () => site[Symbol.asyncDispose](),
  };
}

async function filledSpace(content: Texts): Promise<KeyValue> {
  const space = memorySpace();
  for (const [key, value] of Object.entries(content)) await space.set(key, value);
  return space;
}

async function contentOf(space: KeyValue): Promise<Texts> {
  return Object.fromEntries(await space.entries(''));
}

/** In texts however deep in lists and records; all else stays as it is. */
function replaceText<T>(value: T, from: string, to: string): T;
function replaceText(value: unknown, from: string, to: string): unknown {
  if (typeof value === 'string') return value.replaceAll(from, to);
  if (Array.isArray(value)) return value.map((item) => replaceText(item, from, to));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaceText(item, from, to)]));
}
