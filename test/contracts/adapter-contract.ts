import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Adapter } from '../../src/chat/adapter.ts';
import { type Message, type Target, threadKey } from '../../src/chat/message.ts';
import type { Plan } from '../../src/chat/plan.ts';

/** What a person sees of one message of the bot, after all edits. */
export interface SeenPost {
  /** The id that a `Receipt` names. */
  readonly id: string;
  /** As a person reads it: markup rendered away, escapes undone. */
  readonly text: string;
  /** True when the platform notified everyone of it (`@everyone`, `@here`, `<!channel>`). */
  readonly notifiedEveryone: boolean;
}

/** What a person sees of a turn's progress, wherever the platform shows it. */
export interface SeenProgress {
  readonly text: string;
  /** True while something in it says that work still goes on. */
  readonly running: boolean;
}

/** One adapter beside the fake platform that it talks to. A fresh one is made for each test. */
export interface AdapterHarness {
  /** Not yet started; configured for the fake platform. */
  readonly adapter: Adapter;
  /** The author of what `say` sends, by the name that people know. */
  readonly person: { readonly id: string; readonly name: string };
  /** False where all messages of a conversation make one thread, as in a Discord direct message. */
  readonly hasThreads: boolean;
  /** True where the platform itself makes one post of two with the same id (Discord's enforced nonce). */
  readonly mergesRepeatedPosts: boolean;
  /**
   * A person addresses the bot (mention, command or direct message) in a new thread, or in the given
   * one. Adds the mention itself. Resolves when the platform has taken the message.
   */
  say(text: string, thread?: Target): Promise<void>;
  /** The platform delivers a message that the bot itself wrote in that thread. */
  sayAsBot(text: string, thread: Target): Promise<void>;
  /** The bot's answers in a thread, oldest first, without what only shows progress. */
  posts(thread: Target): Promise<readonly SeenPost[]>;
  /** Null when no progress is shown. */
  progress(thread: Target): Promise<SeenProgress | null>;
  /** `refused`: the next send is turned down for good. `unknown`: it arrives and its answer is lost. */
  failNextPost(kind: 'refused' | 'unknown'): Promise<void>;
  /** Closes the fake platform; the adapter is stopped by then. */
  close(): Promise<void>;
}

const AN_HOUR = 3_600_000;

/** What a person sends reaches the host as these; `next` waits for the one after those already taken. */
function createInbox() {
  const messages: Message[] = [];
  const waiting: ((message: Message) => void)[] = [];
  let taken = 0;
  return {
    messages,
    handlers: {
      onMessage(message: Message): void {
        messages.push(message);
        waiting.shift()?.(message);
      },
      onAction(): void {
        throw new Error('the contract presses no buttons');
      },
    },
    /** The next message with this text; a platform may deliver one message twice under one id. */
    async next(text: string): Promise<Message> {
      for (;;) {
        const message = messages[taken] ?? (await new Promise<Message>((resolve) => waiting.push(resolve)));
        taken += 1;
        if (message.text === text) return message;
      }
    },
  };
}

function plan(tasks: Plan['tasks'], finished: boolean): Plan {
  return { id: 'turn-1', tasks, finished };
}

/** Numbered words, so that each can be looked for; exactly `length` characters long. */
function longText(length: number): string {
  let text = '';
  for (let index = 0; text.length < length; index += 1) text += `word${index} `;
  return `${text.slice(0, length - 1).trimEnd()}`.padEnd(length, '.');
}

/** What every chat platform promises the host. Call it once for each kind of conversation that a platform has. */
export function describeAdapterContract(name: string, createHarness: () => Promise<AdapterHarness>): void {
  describe(`the adapter contract: ${name}`, () => {
    let harness: AdapterHarness;
    let inbox: ReturnType<typeof createInbox>;

    beforeEach(async () => {
      harness = await createHarness();
      inbox = createInbox();
    });

    afterEach(async () => {
      await harness.adapter.stop();
      await harness.close();
    });

    async function hear(text: string, thread?: Target): Promise<Message> {
      await harness.say(text, thread);
      return inbox.next(text);
    }

    async function startAndHear(text: string): Promise<Message> {
      await harness.adapter.start(inbox.handlers);
      return hear(text);
    }

    async function postTo(thread: Target, markdown: string, id = 'post-1') {
      const outcome = await harness.adapter.post(thread, { markdown }, id);
      if (!outcome.ok)
        throw new Error(`expected the post to be sent, got ${outcome.kind}: ${outcome.message}`);
      return outcome.receipt;
    }

    it('states its numbers', () => {
      expect(harness.adapter.name).not.toBe('');
      expect(harness.adapter.capabilities.maxText).toBeGreaterThanOrEqual(100);
      expect(harness.adapter.capabilities.editIntervalMs).toBeGreaterThanOrEqual(0);
    });

    it('stops before it was started, and twice after', async () => {
      await harness.adapter.stop();
      await harness.close();
      harness = await createHarness();
      await harness.adapter.start(inbox.handlers);
      await harness.adapter.stop();
      await expect(harness.adapter.stop()).resolves.toBeUndefined();
    });

    it('makes a message with all its fields of what a person says', async () => {
      const message = await startAndHear('how warm is it?');
      expect(message).toMatchObject({
        platform: harness.adapter.name,
        text: 'how warm is it?',
        author: { id: harness.person.id },
      });
      expect(await harness.adapter.nameOf(message.author)).toBe(harness.person.name);
      for (const field of [message.workspace, message.channel, message.thread, message.id]) {
        expect(field).toMatch(/\S/);
      }
      expect(Math.abs(Date.now() - message.sentAt)).toBeLessThan(AN_HOUR);
    });

    it('gives one message one id and two messages two', async () => {
      const first = await startAndHear('one');
      const second = await hear('two');
      expect(second.id).not.toBe(first.id);
      const idsOfFirst = new Set(inbox.messages.filter(({ text }) => text === 'one').map(({ id }) => id));
      expect([...idsOfFirst]).toEqual([first.id]);
    });

    it('puts a follow-up in a thread under the same key', async () => {
      const first = await startAndHear('first');
      const second = await hear('second', first);
      expect(threadKey(second)).toBe(threadKey(first));
      expect(second.id).not.toBe(first.id);
    });

    it('ignores what the bot itself wrote', async () => {
      const first = await startAndHear('hello');
      await harness.sayAsBot('an echo', first);
      await hear('a message after the echo', first);
      expect(inbox.messages.map(({ text }) => text)).not.toContain('an echo');
    });

    it('posts into the thread that the message came from and no other', async () => {
      const first = await startAndHear('first');
      const second = await hear('second');
      const receipt = await postTo(second, 'for the second');
      expect(threadKey(receipt.target)).toBe(threadKey(second));
      const seen = await harness.posts(second);
      expect(seen.map(({ text }) => text)).toEqual(['for the second']);
      expect(seen[0]?.id).toBe(receipt.messageId);
      if (harness.hasThreads) expect(await harness.posts(first)).toEqual([]);
    });

    it('changes a post by an edit', async () => {
      const message = await startAndHear('hello');
      const receipt = await postTo(message, 'before');
      const outcome = await harness.adapter.edit(receipt, { markdown: 'after' });
      expect(outcome).toMatchObject({ ok: true });
      expect((await harness.posts(message)).map(({ text }) => text)).toEqual(['after']);
    });

    it('shows each task of the progress and ends finished', async () => {
      const message = await startAndHear('hello');
      const fetching = { id: 'run-1', title: 'Fetch the page', state: 'done', detail: '12 bytes' } as const;
      const parsing = { id: 'run-2', title: 'Parse the page', state: 'running', detail: '' } as const;
      const failed = { ...parsing, state: 'failed', detail: 'not JSON' } as const;
      await harness.adapter.progress(message, plan([fetching, parsing], false));
      expect(await harness.progress(message)).toMatchObject({ running: true });
      await harness.adapter.progress(message, plan([fetching, failed], true));
      const shown = await harness.progress(message);
      for (const text of ['Fetch the page', '12 bytes', 'Parse the page', 'not JSON']) {
        expect(shown?.text).toContain(text);
      }
      expect(shown?.running).toBe(false);
    });

    it('leaves nothing in the thread for a sign of work, a plan without tasks', async () => {
      const message = await startAndHear('hello');
      await harness.adapter.progress(message, plan([], false));
      expect(await harness.posts(message)).toEqual([]);
      expect(await harness.progress(message)).toBeNull();
    });

    it('shows a task that failed otherwise than one that is done', async () => {
      const message = await startAndHear('hello');
      const task = { id: 'run-1', title: 'Fetch', detail: 'detail' };
      await harness.adapter.progress(message, plan([{ ...task, state: 'done' }], true));
      const done = await harness.progress(message);
      await harness.adapter.progress(message, plan([{ ...task, state: 'failed' }], true));
      expect((await harness.progress(message))?.text).not.toBe(done?.text);
    });

    it('accepts a text of all the characters that it states', async () => {
      const message = await startAndHear('hello');
      const text = longText(harness.adapter.capabilities.maxText);
      await postTo(message, text);
      const seen = (await harness.posts(message)).map((post) => post.text).join(' ');
      for (const word of text.split(' ')) expect(seen).toContain(word);
    });

    it.each(['@everyone', '@here', '<!channel>', '<!here>', '<!everyone>'])(
      'keeps %s inert',
      async (mention) => {
        const message = await startAndHear('hello');
        await postTo(message, `look, ${mention}, at this`);
        const [post] = await harness.posts(message);
        expect(post?.text).toContain('at this');
        expect(post?.notifiedEveryone).toBe(false);
      },
    );

    it('says that a send was refused', async () => {
      const message = await startAndHear('hello');
      await harness.failNextPost('refused');
      const outcome = await harness.adapter.post(message, { markdown: 'text' }, 'post-1');
      expect(outcome).toMatchObject({ ok: false, kind: 'refused', message: expect.stringMatching(/\S/) });
      expect(await harness.posts(message)).toEqual([]);
    });

    it('says that the outcome of a send is unknown, and does not send it again', async () => {
      const message = await startAndHear('hello');
      await harness.failNextPost('unknown');
      const outcome = await harness.adapter.post(message, { markdown: 'text' }, 'post-1');
      expect(outcome).toMatchObject({ ok: false, kind: 'unknown', message: expect.stringMatching(/\S/) });
      expect((await harness.posts(message)).length).toBeLessThanOrEqual(1);
    });

    it('makes one post of a send whose answer was lost and its repetition', async () => {
      const message = await startAndHear('hello');
      await harness.failNextPost('unknown');
      await harness.adapter.post(message, { markdown: 'text' }, 'post-1');
      await postTo(message, 'text', 'post-1');
      expect((await harness.posts(message)).map(({ text }) => text)).toEqual(['text']);
    });

    it('makes one post of two with the same id, where the platform promises it', async () => {
      const message = await startAndHear('hello');
      await postTo(message, 'text', 'post-1');
      await postTo(message, 'text', 'post-1');
      expect(await harness.posts(message)).toHaveLength(harness.mergesRepeatedPosts ? 1 : 2);
    });
  });
}
