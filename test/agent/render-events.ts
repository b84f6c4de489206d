import { EVENT_VERSION } from '../../src/agent/events.ts';
import { CAUSES, EVENTS, ORIGIN } from './event-descriptions.ts';

/** docs/events.md, from the descriptions. */
export function renderEvents(): string {
  const events = Object.entries(EVENTS).map(
    ([type, { when, fields }]) => `### \`${type}\`\n\n${when}\n\n${table('field', fields)}`,
  );
  return `# Events

Each turn tells what happens in it as a stream of events, version ${EVENT_VERSION}. \`wattle ask --json\` prints one JSON object a line, the log has one
line for each, the progress in the thread is made from them. An event is one flat JSON object: \`type\`, what every event has, and its own fields.

## What every event has

${table('field', ORIGIN)}

## The events

${events.join('\n\n')}

## Why a turn ended

${table('cause', CAUSES)}
`;
}

function table(heading: string, rows: Readonly<Record<string, string>>): string {
  const lines = Object.entries(rows).map(
    ([name, text]) => `| \`${name}\` | ${text.replaceAll('|', '\\|')} |`,
  );
  return [`| ${heading} | |`, '|---|---|', ...lines].join('\n');
}
