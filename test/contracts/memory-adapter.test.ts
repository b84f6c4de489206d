import type { Message, Target } from '../../src/chat/message.ts';
import { threadKey } from '../../src/chat/message.ts';
import { MEMORY_BOT, MemoryAdapter } from '../fakes/memory-adapter.ts';
import { type AdapterHarness, describeAdapterContract } from './adapter-contract.ts';

const person = { id: 'u1', name: 'Ada' };

async function createMemoryHarness(): Promise<AdapterHarness> {
  const adapter = new MemoryAdapter();
  function place(thread?: Target): Partial<Message> {
    if (thread === undefined) return {};
    return { workspace: thread.workspace, channel: thread.channel, thread: thread.thread };
  }
  return {
    adapter,
    person,
    hasThreads: true,
    mergesRepeatedPosts: true,
    async say(text, thread) {
      adapter.say({ ...place(thread), text, author: person });
    },
    async sayAsBot(text, thread) {
      adapter.say({ ...place(thread), text, author: MEMORY_BOT });
    },
    async posts(thread) {
      const own = adapter.posts.filter((post) => post.thread === threadKey(thread));
      return own.map(({ id, markdown }) => ({ id, text: markdown, notifiedEveryone: false }));
    },
    async progress(thread) {
      const shown = adapter.plans.findLast((entry) => entry.thread === threadKey(thread));
      if (shown === undefined) return null;
      const lines = shown.plan.tasks.map(({ title, state, detail }) => `${state} ${title} ${detail}`);
      return { text: lines.join('\n'), running: !shown.plan.finished };
    },
    async failNextPost(kind) {
      adapter.failNextPost({ kind, message: `made to fail as ${kind}` });
    },
    async close() {
      return undefined;
    },
  };
}

describeAdapterContract('memory', createMemoryHarness);
