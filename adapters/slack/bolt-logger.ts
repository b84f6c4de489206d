import { LogLevel, type webApi } from '@slack/bolt';
import type { Log } from '../../src/chat/log.ts';

type BoltLogger = NonNullable<webApi.WebClientOptions['logger']>;

const TOKEN = /\bx(?:ox[a-z]|app)-[\w-]+/g;

/**
 * Bolt's own log lines as ours, tokens struck out. What matters of them the adapter says itself, once and in
 * its own words; its debug lines are dropped, as they hold whole messages.
 */
export function boltLogger(log: Log): BoltLogger {
  const at =
    (level: string) =>
    (...parts: readonly unknown[]) =>
      log.debug({ source: 'bolt', level }, toLine(parts));
  return {
    debug: () => undefined,
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

function toLine(parts: readonly unknown[]): string {
  const line = parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  return line.replace(TOKEN, '[secret]');
}
