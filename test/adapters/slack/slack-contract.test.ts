import { createSlackAdapter } from '../../../adapters/slack/slack-adapter.ts';
import type { Target } from '../../../src/chat/message.ts';
import { type AdapterHarness, describeAdapterContract } from '../../contracts/adapter-contract.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { createFakeSlack, type FakeSlack, type SeenMessage } from '../../fakes/slack/fake-slack.ts';

/** `channel` says where people talk to the bot: null for a direct conversation. */
async function createHarness(channel: string | null): Promise<AdapterHarness> {
  const fake = await createFakeSlack({ channelMessages: true });
  const { botToken, appToken, apiUrl } = fake;
  fake.rename(fake.personId, 'Ada Lovelace');
  return {
    adapter: createSlackAdapter({ botToken, appToken, apiUrl, log: createRecordingLog() }),
    person: { id: fake.personId, name: 'Ada Lovelace' },
    hasThreads: true,
    mergesRepeatedPosts: true,
    async say(text, thread) {
      const options = thread === undefined ? {} : { threadTs: thread.thread };
      if (channel === null) fake.directMessage(text, options);
      else fake.mention(channel, text, options);
    },
    async sayAsBot(text, thread) {
      fake.sayAsBot(thread.channel, text, { threadTs: thread.thread });
    },
    async posts(thread) {
      const answers = ownMessages(fake, thread, 'wattle_post');
      return answers.map(({ ts, text, notifiesEveryone }) => ({
        id: ts,
        text,
        notifiedEveryone: notifiesEveryone,
      }));
    },
    async progress(thread) {
      const shown = ownMessages(fake, thread, 'wattle_progress').at(-1);
      return shown === undefined ? null : { text: shown.text, running: shown.text.includes('⏳') };
    },
    async failNextPost(kind) {
      fake.failNext(
        'chat.postMessage',
        kind === 'refused' ? { error: 'is_archived' } : { dropAfterAccept: true },
      );
    },
    close: () => fake.stop(),
  };
}

function ownMessages(fake: FakeSlack, { channel, thread }: Target, kind: string): SeenMessage[] {
  return fake.thread(channel, thread).filter(({ metadata }) => metadata?.event_type === kind);
}

describeAdapterContract('Slack, in a channel', () => createHarness('C1'));
describeAdapterContract('Slack, in a direct conversation', () => createHarness(null));
