import type { Config } from '../config.ts';
import type { Host } from '../host/host.ts';
import { type ExitCode, type Io, printLine } from '../io.ts';

export const NO_PLATFORM = `No platform is configured. These variables connect one (in the environment or in .env; see .env.example):

  Slack     SLACK_BOT_TOKEN and SLACK_APP_TOKEN
  Discord   DISCORD_TOKEN
  model     ANTHROPIC_API_KEY (without it, Wattle answers what its catalog can answer)
`;

/** Whether there is anything to serve. */
export function hasPlatform({ slack, discord }: Config): boolean {
  return slack !== null || discord !== null;
}

/** How long running turns may take after a signal to stop. */
export const SHUTDOWN_GRACE_MS = 10_000;

/**
 * `wattle serve` with at least one platform configured: a line a platform, then `ready`, until `stopped` settles.
 * A platform that does not start is named and the others go on; 1 when none starts.
 */
export async function serveCommand(host: Host, io: Io, stopped: Promise<void>): Promise<ExitCode> {
  const starts = await Promise.race([host.start(), stopped.then(() => null)]);
  if (starts === null) {
    await host.stop(0);
    return 0;
  }
  for (const start of starts) {
    printLine(io.stdout, start.ok ? `${start.name}: connected` : `${start.name}: failed. ${start.reason}`);
  }
  const isConnected = starts.some(({ ok }) => ok);
  if (isConnected) {
    printLine(io.stdout, 'ready');
    await stopped;
  }
  await host.stop(SHUTDOWN_GRACE_MS);
  return isConnected ? 0 : 1;
}
