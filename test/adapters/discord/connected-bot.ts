import {
  createDiscordAdapter,
  type DiscordAdapterOptions,
} from '../../../adapters/discord/discord-adapter.ts';
import type { Adapter } from '../../../src/chat/adapter.ts';
import type { Message } from '../../../src/chat/message.ts';
import { createFakeDiscord, type FakeDiscord } from '../../fakes/discord/fake-discord.ts';
import { createRecordingLog, type RecordingLog } from '../../fakes/recording-log.ts';

/** The adapter beside a fake Discord, and what it has delivered. */
export interface ConnectedBot {
  readonly fake: FakeDiscord;
  readonly adapter: Adapter;
  readonly log: RecordingLog;
  readonly messages: readonly Message[];
  /** The next message that was not yet taken. */
  next(): Promise<Message>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface BotOptions extends Pick<DiscordAdapterOptions, 'startTimer'> {
  /** What the host throws instead of taking a message. */
  readonly refusal?: Error;
}

/** Not started yet. Without a fake of its own it gets a fresh one. */
export async function createBot(fake?: FakeDiscord, options: BotOptions = {}): Promise<ConnectedBot> {
  const { refusal, ...overrides } = options;
  const discord = fake ?? (await createFakeDiscord());
  const log = createRecordingLog();
  const { token, apiUrl } = discord;
  const adapter = createDiscordAdapter({ token, apiUrl, log, ...overrides });
  const messages: Message[] = [];
  const waiting: ((message: Message) => void)[] = [];
  let taken = 0;
  function onMessage(message: Message): void {
    if (refusal !== undefined) throw refusal;
    messages.push(message);
    waiting.shift()?.(message);
  }
  return {
    fake: discord,
    adapter,
    log,
    messages,
    async next() {
      const message = messages[taken];
      taken += 1;
      return message ?? new Promise((resolve) => waiting.push(resolve));
    },
    start: () => adapter.start({ onMessage, onAction: () => undefined }),
    async close() {
      await adapter.stop();
      await discord.stop();
    },
  };
}

/** Logged in, with its command registered. */
export async function connectBot(fake?: FakeDiscord, options?: BotOptions): Promise<ConnectedBot> {
  const bot = await createBot(fake, options);
  await bot.start();
  return bot;
}
