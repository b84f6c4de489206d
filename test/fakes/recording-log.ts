import type { Log } from '../../src/chat/log.ts';

export interface LogLine {
  readonly level: keyof Log;
  readonly fields: object;
  readonly message: string;
}

/** A log that keeps its lines. */
export interface RecordingLog extends Log {
  readonly lines: readonly LogLine[];
  /** Each line as its level and its message. */
  texts(): readonly string[];
  /** The first line with this message, as soon as there is one. */
  logged(message: string): Promise<LogLine>;
}

export function createRecordingLog(): RecordingLog {
  const lines: LogLine[] = [];
  const waiting = new Map<string, PromiseWithResolvers<LogLine>>();
  const wait = (message: string) => {
    const known = waiting.get(message) ?? Promise.withResolvers<LogLine>();
    waiting.set(message, known);
    return known;
  };
  const at = (level: keyof Log) => (fields: LogLine['fields'], message: string) => {
    const line = { level, fields, message };
    lines.push(line);
    wait(message).resolve(line);
  };
  return {
    lines,
    texts: () => lines.map(({ level, message }) => `${level} ${message}`),
    logged: (message) => wait(message).promise,
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}
