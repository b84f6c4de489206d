import { z } from 'zod';
import type { AssistantBlock, ModelMessage } from './model.ts';
import type { OfflineProgram } from './offline.ts';

const CALL_INPUT = z.object({ name: z.string() });

/** What came of the programs that were just run, for the person; null if the last message is no observation. */
export function answerFromObservation(messages: readonly ModelMessage[]): string | null {
  const last = messages.at(-1);
  if (last?.role !== 'user') return null;
  const names = programNames(messages.at(-2));
  const answers = last.content.flatMap((block) =>
    block.type === 'tool-result' ? [tell(names.get(block.callId) ?? 'The program', block.text)] : [],
  );
  return answers.length === 0 ? null : answers.join('\n\n');
}

/** What can be done without a model. */
export function explainOffline(programs: readonly OfflineProgram[]): string {
  const reason =
    'No model is configured (`ANTHROPIC_API_KEY` is not set), so I can only run the programs of the catalog, and I did not recognise one in your message.';
  const [first] = programs;
  if (first === undefined) return `${reason} The catalog is empty.`;
  const lines = programs.map(
    (program) => `- \`${headline(program)}\`: ${program.description}${sayable(program)}`,
  );
  const call = `@use ${first.name}(${first.params.map((param) => placeholder(param.type)).join(', ')})`;
  return `${reason}\n\nWhat I can do:\n${lines.join('\n')}\n\nSay it in such words, or call one by its name, for example \`${call}\`.`;
}

function headline(program: OfflineProgram): string {
  return `${program.name}(${program.params.map(({ name, type }) => `${name}: ${type}`).join(', ')})`;
}

/** A sentence that is understood without a model, since most others are not. */
function sayable({ says }: OfflineProgram): string {
  const [first] = says;
  return first === undefined ? '' : ` For example: “${first.text}”`;
}

function placeholder(type: string): string {
  return type === 'string' ? '"..."' : '1';
}

function programNames(message: ModelMessage | undefined): ReadonlyMap<string, string> {
  const blocks: readonly AssistantBlock[] = message?.role === 'assistant' ? message.content : [];
  const names = blocks.flatMap((block): [string, string][] => {
    if (block.type !== 'tool-call') return [];
    const input = CALL_INPUT.safeParse(block.input);
    return input.success ? [[block.callId, `\`${input.data.name}\``]] : [];
  });
  return new Map(names);
}

function tell(program: string, observation: string): string {
  const status = /^status: (\w+)$/m.exec(observation)?.[1];
  const outcome = /^outcome: (.+)$/m.exec(observation)?.[1];
  if (outcome === 'ok') return tellResult(program, section(observation, 'result'));
  const why = section(observation, 'failed host calls') ?? section(observation, 'error');
  if (outcome === undefined) return `${program} could not be run: ${observation}`;
  return `${program} did not succeed (${status ?? outcome})${why === null ? '.' : `: ${why}`}`;
}

function tellResult(program: string, result: string | null): string {
  if (result === null) return `${program} is done. It gives no result.`;
  if (!result.includes('\n') && result.length <= 200) return `${program} answers: ${result}`;
  const longest = Math.max(2, ...[...result.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${program} answers:\n\n${fence}\n${result}\n${fence}`;
}

/** The fenced text under a heading of an observation. */
function section(observation: string, heading: string): string | null {
  const pattern = new RegExp(`^${heading}:\\n<(data-\\d+)>\\n([\\s\\S]*?)\\n</\\1>$`, 'm');
  return pattern.exec(observation)?.[2] ?? null;
}
