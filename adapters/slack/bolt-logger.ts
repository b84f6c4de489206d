import { LogLevel, type webApi } from '@slack/bolt';
import type { Log } from '../../src/chat/log.ts';

type BoltLogger = NonNullable<webApi.WebClientOptions['logger']>;

const TOKEN = /\bx(?:ox[a-z]|app)-[\w-]+/g;

/** Bolt's own log lines as ours: tokens struck out, and its debug lines dropped, as they hold whole messages. */
export function boltLogger(log: Log): BoltLogger {
  const from = { source: 'bolt' };
  return {
    debug: () => undefined,
    info: (...parts) => log.info(from, toLine(parts)),
    warn: (...parts) => log.warn(from, toLine(parts)),
    error: (...parts) => log.error(from, toLine(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

function toLine(parts: readonly unknown[]): string {
  const line = parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  return line.replace(TOKEN, '[secret]');
}
