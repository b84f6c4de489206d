import type { AdapterLog } from '../../../adapters/slack/adapter-log.ts';

/** A log that keeps its lines: level and message. */
export interface RecordedLog extends AdapterLog {
  readonly lines: string[];
}

export function createRecordedLog(): RecordedLog {
  const lines: string[] = [];
  return {
    lines,
    info: (_fields, message) => void lines.push(`info ${message}`),
    warn: (_fields, message) => void lines.push(`warn ${message}`),
    error: (_fields, message) => void lines.push(`error ${message}`),
  };
}
