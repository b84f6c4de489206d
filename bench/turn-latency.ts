import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Bot, startBot } from '../test/e2e/support/bot.ts';
import { GREETING } from '../test/e2e/support/programs.ts';
import { GUARD_MODEL, MODEL, startScriptedModel } from '../test/e2e/support/scripted-model.ts';
import { createFakeDiscord, type FakeDiscord } from '../test/fakes/discord/fake-discord.ts';
import { createFakeSlack, type FakeSlack } from '../test/fakes/slack/fake-slack.ts';
import type { Figure } from './measure.ts';

const WARM_UP = 5;
const TURNS = 50;
const STARTS = 10;

/** Between turns, so that they stay below the 50 requests a second that discord.js allows itself. */
const PAUSE_MS = 200;

/** What is measured is the bot, not Discord's bounds. */
const UNLIMITED = { limit: 1_000_000, windowMs: 1_000 };

/** Milliseconds from the event's arrival at the bot. */
interface TurnTimes {
  readonly acknowledged: number;
  readonly progress: number;
  readonly answer: number;
}

/**
 * Whole turns on loopback: the bot is a process of its own, the model answers at once. Each turn is two model
 * calls, the guard before and after, and one program run between them.
 */
export async function measureTurns(): Promise<readonly Figure[]> {
  const model = await startScriptedModel({
    reply: (said) =>
      said.includes('greet') ? { tool: 'run_program', input: { ...GREETING, args: [] } } : { text: 'hello' },
  });
  const [slack, discord] = await Promise.all([
    createFakeSlack(),
    createFakeDiscord({ rateLimit: UNLIMITED }),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'wattle-bench-'));
  const environment = {
    ANTHROPIC_API_KEY: 'sk-ant-benchmark',
    ANTHROPIC_BASE_URL: model.baseUrl,
    MODEL,
    GUARD_MODEL,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
  };
  try {
    const starts = await measureStarts(() => startBot({ environment, folder }));
    const bot = await startBot({ environment, folder });
    const onSlack = await repeat(() => slackTurn(slack));
    const onDiscord = await repeat(() => discordTurn(discord));
    await bot.stop();
    return [...figures('Slack mention', onSlack), ...figures('Discord /ask', onDiscord), starts];
  } finally {
    await Promise.all([model.stop(), slack.stop(), discord.stop()]);
    await rm(folder, { recursive: true });
  }
}

async function measureStarts(start: () => Promise<Bot>): Promise<Figure> {
  const samples: number[] = [];
  for (let index = 0; index < STARTS; index += 1) {
    const begun = performance.now();
    const bot = await start();
    samples.push(performance.now() - begun);
    await bot.stop();
  }
  return { name: 'from start to `ready`, Slack and Discord connected', samples };
}

async function repeat(turn: () => Promise<TurnTimes>): Promise<readonly TurnTimes[]> {
  const times: TurnTimes[] = [];
  for (let index = 0; index < WARM_UP + TURNS; index += 1) {
    await setTimeout(PAUSE_MS);
    times.push(await turn());
  }
  return times.slice(WARM_UP);
}

async function slackTurn(slack: FakeSlack): Promise<TurnTimes> {
  const sent = slack.mention('C0BENCH', 'greet me');
  const seen = (type: string) =>
    slack.waitFor(() =>
      slack.thread(sent.channel, sent.threadTs).find((post) => post.metadata?.event_type === type),
    );
  const answer = await seen('wattle_post');
  const progress = await seen('wattle_progress');
  const [envelope] = sent.envelopes;
  const arrived = envelope?.sentAt[0] ?? Number.NaN;
  const acknowledged = (envelope?.ackedAt ?? Number.NaN) - arrived;
  return { acknowledged, progress: progress.at - arrived, answer: answer.at - arrived };
}

async function discordTurn(discord: FakeDiscord): Promise<TurnTimes> {
  const before = discord.threads(discord.channelId).length;
  const asked = discord.slashAsk(discord.channelId, 'greet me');
  const thread = await discord.waitFor(() => discord.threads(discord.channelId)[before]);
  const [progress, answer] = await discord.waitFor(() => {
    const messages = discord.messages(thread.id).filter(({ author }) => author.id === discord.bot.id);
    return messages.length >= 2 && messages;
  });
  return {
    acknowledged: asked.firstResponseMs ?? Number.NaN,
    progress: (progress?.at ?? Number.NaN) - asked.at,
    answer: (answer?.at ?? Number.NaN) - asked.at,
  };
}

function figures(platform: string, times: readonly TurnTimes[]): readonly Figure[] {
  return [
    {
      name: `${platform}: from the event to its acknowledgement`,
      samples: times.map((time) => time.acknowledged),
    },
    { name: `${platform}: to the first progress update`, samples: times.map((time) => time.progress) },
    { name: `${platform}: to the answer`, samples: times.map((time) => time.answer) },
  ];
}
