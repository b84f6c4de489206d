import { afterEach, describe, expect, it } from 'vitest';
import { createAgent } from '../../src/agent/agent.ts';
import type { Shelf, TurnRequest } from '../../src/agent/port.ts';
import type { SavedProgram } from '../../src/catalog/port.ts';
import { createAnthropicModel } from '../../src/model/anthropic.ts';
import type { ModelMessage } from '../../src/model/model.ts';
import {
  type MessagesServer,
  replyEvents,
  startMessagesServer,
  writeEvents,
} from '../model/messages-server.ts';
import { type CacheUsage, createPromptCache } from '../model/prompt-cache.ts';
import { createFakeRunner } from './fake-runner.ts';
import { agentDefaults, createFakeGuard, turnRequest } from './turn-fixture.ts';

const servers: MessagesServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

interface Reply {
  /** How many tools it calls; with none it is an answer. */
  readonly calls: number;
}

/** A session with a server that caches prompts. Its replies call as many tools as they are told to, in order. */
async function openSession(replies: readonly Reply[], maxSteps = 6) {
  const cache = createPromptCache();
  const usages: CacheUsage[] = [];
  const server = await startMessagesServer((response, request) => {
    const { calls } = replies[usages.length] ?? { calls: 0 };
    const number = usages.push(cache.read(request));
    writeEvents(
      response,
      calls === 0
        ? replyEvents([{ block: { type: 'text', text: `Answer ${number}.` } }])
        : replyEvents(
            Array.from({ length: calls }, (_, index) => ({
              block: {
                type: 'tool_use',
                id: `c${number}-${index}`,
                name: 'use_program',
                input: { name: 'http_get', args: [`https://${index}.example`] },
              },
            })),
            'tool_use',
          ),
    );
  });
  servers.push(server);
  const defaults = agentDefaults();
  const agent = createAgent({
    ...defaults,
    limits: { ...defaults.limits, maxSteps },
    openModel: () => createAnthropicModel({ apiKey: 'k', baseUrl: server.url, model: 'm-1', maxRetries: 0 }),
    guard: createFakeGuard(),
    runner: createFakeRunner(),
  });
  let history: readonly ModelMessage[] = [];
  return {
    usages,
    requests: server.requests,
    async say(text: string, changes: Partial<TurnRequest> = {}) {
      const result = await agent.turn(turnRequest({ text, history, ...changes }));
      // As it comes back from the store.
      history = JSON.parse(JSON.stringify(result.history));
      return result;
    },
  };
}

const sizeOf = ({ inputTokens, cacheReadTokens, cacheWriteTokens }: CacheUsage): number =>
  inputTokens + cacheReadTokens + cacheWriteTokens;

const saved = (name: string): SavedProgram => ({
  name,
  description: 'Does a thing.',
  signature: '() -> string',
  grants: [],
  body: '"x"',
  example: { args: [], result: '"x"' },
  hash: 'h',
  savedBy: 'slack:U1',
  savedAt: 0,
});

function shelf(...names: readonly string[]): Shelf {
  return {
    asker: 'slack:U1',
    mayChange: false,
    programs: names.map(saved),
    save: async () => ({ kind: 'full' }),
    forget: async () => null,
  };
}

describe('the prompt cache of a session', () => {
  it('has all of a step for the next one, and of a turn for the next one', async () => {
    const { say, usages } = await openSession([{ calls: 1 }, { calls: 2 }, { calls: 0 }, { calls: 0 }]);
    await say('What is the weather?');
    await say('And tomorrow?');
    expect(usages).toHaveLength(4);
    for (const [index, usage] of usages.entries()) {
      const before = usages[index - 1];
      expect(usage.cacheReadTokens).toBe(before === undefined ? 0 : sizeOf(before));
      expect(usage.inputTokens).toBe(0);
    }
  });

  it('has it after a reply with more tool calls than the API looks back', async () => {
    const { say, usages } = await openSession([{ calls: 15 }, { calls: 0 }, { calls: 0 }]);
    await say('Compare these.');
    await say('And again.');
    expect(usages.map(({ cacheReadTokens }) => cacheReadTokens)).toEqual([
      0,
      ...usages.slice(0, 2).map(sizeOf),
    ]);
  });

  it('has all that went before a last step for the turn after it', async () => {
    const { say, usages, requests } = await openSession([{ calls: 1 }, { calls: 1 }, { calls: 0 }], 3);
    await say('What is the weather?');
    expect(requests[2]?.body.tool_choice).toEqual({ type: 'none' });
    await say('And tomorrow?');
    const [, second, last, next] = usages.map((usage) => ({ ...usage, all: sizeOf(usage) }));
    // The last step reads tools and system text; to write what nobody reads would cost more than it brings.
    expect(last).toMatchObject({
      cacheReadTokens: usages[0] && prefixOf(requests[0]?.body),
      cacheWriteTokens: 0,
    });
    expect(next?.cacheReadTokens).toBe(second?.all);
  });

  it('has it with programs of the workspace behind the system text', async () => {
    const { say, usages } = await openSession([{ calls: 1 }, { calls: 0 }, { calls: 0 }]);
    await say('What is the weather?', { shelf: shelf('weather') });
    await say('And tomorrow?', { shelf: shelf('weather') });
    expect(usages[2]?.cacheReadTokens).toBe(usages[1] && sizeOf(usages[1]));
  });

  it('has tools and system text still when those programs change, or another person asks', async () => {
    const { say, usages, requests } = await openSession([]);
    await say('What is the weather?', { shelf: shelf('weather') });
    await say('And tomorrow?', { shelf: shelf('weather', 'calendar') });
    expect(usages[1]?.cacheReadTokens).toBe(prefixOf(requests[0]?.body));
    expect(usages[1]?.cacheReadTokens).toBeGreaterThan(1_000);
  });
});

/** The size of tools and system text, up to its mark. */
function prefixOf(body: Readonly<Record<string, unknown>> = {}): number {
  const system = Array.isArray(body.system) ? body.system.slice(0, 1) : [];
  return sizeOf(createPromptCache().read({ headers: {}, body: { ...body, system, messages: [] } }));
}
