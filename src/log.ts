import { type Logger, pino } from 'pino';
import type { Secret } from './config/setting.ts';

export type { Logger } from 'pino';

/** Fields that carry credentials wherever they turn up in a logged object. */
const CREDENTIAL_FIELDS = [
  'token',
  'botToken',
  'appToken',
  'apiKey',
  'authorization',
  'Authorization',
  'cookie',
  'password',
];

export interface LogOptions {
  readonly level: string;
  readonly destination: { write(line: string): void };
  /** Values that are struck out of every line, whatever field or message they hide in. */
  readonly secrets: readonly Secret[];
}

/** JSON lines by pino, with credentials struck out by field name and by value. */
export function createLogger({ level, destination, secrets }: LogOptions): Logger {
  const values = secrets.map((secret) => secret.reveal());
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: CREDENTIAL_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
        censor: '[secret]',
      },
      hooks: { streamWrite: (line) => strikeOut(line, values) },
    },
    destination,
  );
}

function strikeOut(line: string, values: readonly string[]): string {
  return values.reduce((text, value) => text.replaceAll(value, '[secret]'), line);
}
