import { onTestFinished } from 'vitest';
import { createSlackAdapter, type SlackAdapterOptions } from '../../../adapters/slack/slack-adapter.ts';
import type { Adapter, AdapterHandlers } from '../../../src/chat/adapter.ts';
import type { Message } from '../../../src/chat/message.ts';
import { createRecordingLog, type RecordingLog } from '../../fakes/recording-log.ts';
import { createFakeSlack, type FakeSlack, type FakeSlackOptions } from '../../fakes/slack/fake-slack.ts';

export interface SlackFixture {
  readonly fake: FakeSlack;
  readonly adapter: Adapter;
  readonly handlers: AdapterHandlers;
  /** What the host was given, in order. */
  readonly messages: readonly Message[];
  readonly log: RecordingLog;
  /** Milliseconds that the adapter waited, each time; it does not really wait. */
  readonly pauses: readonly number[];
}

type Overrides = Partial<SlackAdapterOptions> & { readonly slack?: FakeSlackOptions };

/** A fake Slack and an adapter that was not started yet; both end with the test. */
export async function createFixture({ slack, ...overrides }: Overrides = {}): Promise<SlackFixture> {
  const fake = await createFakeSlack(slack);
  const log = createRecordingLog();
  const messages: Message[] = [];
  const pauses: number[] = [];
  const adapter = createSlackAdapter({
    botToken: fake.botToken,
    appToken: fake.appToken,
    apiUrl: fake.apiUrl,
    log,
    pause: async (ms) => void pauses.push(ms),
    ...overrides,
  });
  onTestFinished(async () => {
    await adapter.stop();
    await fake.stop();
  });
  const handlers = {
    onMessage: (message: Message) => void messages.push(message),
    onAction: () => {
      throw new Error('no test presses a button');
    },
  };
  return { fake, adapter, handlers, messages, log, pauses };
}

/** The same, connected. */
export async function startFixture(overrides: Overrides = {}): Promise<SlackFixture> {
  const fixture = await createFixture(overrides);
  await fixture.adapter.start(fixture.handlers);
  return fixture;
}

/** The same, with the message of one mention in the channel `C1`. */
export async function startWithMention(
  overrides: Overrides = {},
): Promise<SlackFixture & { message: Message }> {
  const fixture = await startFixture(overrides);
  const sent = fixture.fake.mention('C1', 'hello');
  const message = await fixture.fake.waitFor(() => fixture.messages.find(({ id }) => id === sent.ts));
  return { ...fixture, message };
}
