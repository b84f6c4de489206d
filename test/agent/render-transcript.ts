import type { TurnEvent } from '../../src/agent/events.ts';
import type { ModelMessage } from '../../src/model/model.ts';

export interface Transcript {
  readonly events: readonly TurnEvent[];
  /** The messages of each model call. */
  readonly asked: readonly (readonly ModelMessage[])[];
  readonly history: readonly ModelMessage[];
  readonly answer: string;
}

/** A turn as text: what happened, what the model read last, what is kept, what the person reads. */
export function renderTranscript({ events, asked, history, answer }: Transcript): string {
  const sections = [
    ['events', events.map(renderEvent).join('\n')],
    ['model calls', String(asked.length)],
    ['read by the last', renderMessages(asked.at(-1) ?? [])],
    ['kept', renderMessages(history)],
    ['answer', answer],
  ];
  return sections.map(([heading, text]) => `== ${heading}\n${text}\n`).join('\n');
}

function renderEvent({ type, ...fields }: TurnEvent): string {
  return timeless(`${type} ${JSON.stringify(fields)}`);
}

function renderMessages(messages: readonly ModelMessage[]): string {
  return messages
    .flatMap(({ role, content }) => content.map((block) => timeless(`${role}: ${JSON.stringify(block)}`)))
    .join('\n');
}

/** How long something took is different each time. */
function timeless(line: string): string {
  return line.replace(/"durationMs":[\d.]+/g, '"durationMs":…').replace(/time: \d+ ms/g, 'time: … ms');
}
