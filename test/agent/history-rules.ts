import type { AssistantBlock, ModelMessage, UserBlock } from '../../src/model/model.ts';

/** What the Messages API would refuse in a history that the next turn adds a user message to. */
export function problemsOf(history: readonly ModelMessage[]): string[] {
  const problems = history.flatMap((message, index) => problemsAt(history, message, index));
  if (history.length > 0 && history.at(-1)?.role !== 'assistant')
    problems.push("the last word is not the assistant's");
  return problems;
}

function problemsAt(history: readonly ModelMessage[], message: ModelMessage, index: number): string[] {
  const expectedRole = index % 2 === 0 ? 'user' : 'assistant';
  const blocks: readonly (UserBlock | AssistantBlock)[] = message.content;
  const blank = blocks.some((block) => block.type === 'text' && block.text.trim() === '');
  const asked = callIds(history[index - 1]);
  const answered = message.role === 'user' ? message.content.flatMap(resultId) : [];
  const isLastCall =
    message.role === 'assistant' && index === history.length - 1 && callIds(message).length > 0;
  return [
    ...(message.role === expectedRole ? [] : [`message ${index} is of ${message.role}`]),
    ...(blocks.length === 0 ? [`message ${index} is empty`] : []),
    ...(blank ? [`message ${index} has a blank text`] : []),
    ...(message.role === 'user' && asked.join() !== answered.join()
      ? [`message ${index} answers ${answered}, not ${asked}`]
      : []),
    ...(isLastCall ? [`message ${index} has calls without results`] : []),
  ];
}

function callIds(message: ModelMessage | undefined): string[] {
  if (message?.role !== 'assistant') return [];
  return message.content.flatMap((block) => (block.type === 'tool-call' ? [block.callId] : []));
}

function resultId(block: UserBlock): string[] {
  return block.type === 'tool-result' ? [block.callId] : [];
}
