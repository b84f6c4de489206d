import { createDiscordAdapter } from '../../../adapters/discord/discord-adapter.ts';
import { type AdapterHarness, describeAdapterContract } from '../../contracts/adapter-contract.ts';
import { DISCORD_ERRORS } from '../../fakes/discord/discord-error.ts';
import { createFakeDiscord, type FakeDiscord } from '../../fakes/discord/fake-discord.ts';
import type { SeenMessage } from '../../fakes/discord/message.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';

type Say = (fake: FakeDiscord, text: string, threadId: string | null) => void;

/** Small text stands for progress; all else that the bot says is an answer. */
function isProgress({ content }: SeenMessage): boolean {
  return content.startsWith('-# ');
}

function asRead(content: string): string {
  return content.replace(/^-# /gm, '').replace(/\\([^\w\s])/g, '$1');
}

async function createHarness(say: Say, hasThreads: boolean): Promise<AdapterHarness> {
  const fake = await createFakeDiscord();
  const { apiUrl, token, person, bot } = fake;
  const ofBot = (threadId: string) => fake.messages(threadId).filter(({ author }) => author.id === bot.id);
  return {
    adapter: createDiscordAdapter({ token, apiUrl, log: createRecordingLog() }),
    person: { id: person.id, name: person.name },
    hasThreads,
    mergesRepeatedPosts: true,
    async say(text, thread) {
      say(fake, text, thread?.thread ?? null);
    },
    async sayAsBot(text, { thread }) {
      fake.say(thread, text, bot);
    },
    async posts({ thread }) {
      const answers = ofBot(thread).filter((message) => !isProgress(message) && !isEcho(message));
      return answers.map(({ id, content, notifiedEveryone }) => ({
        id,
        text: asRead(content),
        notifiedEveryone,
      }));
    },
    async progress({ thread }) {
      const shown = ofBot(thread).findLast(isProgress);
      return shown === undefined
        ? null
        : { text: asRead(shown.content), running: shown.content.includes('⏳') };
    },
    async failNextPost(kind) {
      const refusal = { kind: 'refuse', error: DISCORD_ERRORS.missingPermissions } as const;
      const route = 'POST /channels/:channel/messages';
      fake.failNext(route, kind === 'refused' ? refusal : { kind: 'drop', done: true });
    },
    close: () => fake.stop(),
  };
}

/** The question, shown where the command was used inside a thread. */
function isEcho({ content }: SeenMessage): boolean {
  return content.startsWith('> ');
}

describeAdapterContract('Discord, a command in a guild', () =>
  createHarness((fake, text, threadId) => fake.slashAsk(threadId ?? fake.channelId, text), true),
);

describeAdapterContract('Discord, a mention in a guild', () =>
  createHarness((fake, text, threadId) => fake.mention(threadId ?? fake.channelId, text), true),
);

describeAdapterContract('Discord, a direct message', () =>
  createHarness((fake, text) => fake.directMessage(text), false),
);

describeAdapterContract('Discord, a command in a direct message', () =>
  createHarness((fake, text) => fake.slashAsk(fake.dmId, text), false),
);
