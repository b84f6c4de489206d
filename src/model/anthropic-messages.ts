import type {
  ContentBlockParam,
  RedactedThinkingBlockParam,
  TextBlockParam,
  ThinkingBlockParam,
  ToolResultBlockParam,
} from '@anthropic-ai/sdk/resources/messages/messages';
import { z } from 'zod';
import { CallIds } from './call-ids.ts';
import type { AssistantBlock, ModelMessage, UserBlock } from './model.ts';
import { wellFormed } from './well-formed.ts';

/** The blocks of ours that go back as they came. */
const OPAQUE = z.discriminatedUnion('type', [
  z.object({ type: z.literal('thinking'), thinking: z.string(), signature: z.string() }),
  z.object({ type: z.literal('redacted_thinking'), data: z.string() }),
]);

export type UserParam = TextBlockParam | ToolResultBlockParam;

/** A message as the API takes it: with some content, and of another role than the one before. */
export type WireMessage =
  | { readonly role: 'user'; readonly content: readonly UserParam[] }
  | { readonly role: 'assistant'; readonly content: readonly ContentBlockParam[] };

/** The ids under which calls of one message go out, by the ids that they have here; the same one may stand twice. */
type SentIds = Map<string, string[]>;

/**
 * The conversation in a form that the API takes, whatever model wrote it. What `author` cannot read is left out, and a
 * message that is empty without it is as well.
 */
export function toWireMessages(messages: readonly ModelMessage[], author: string): WireMessage[] {
  const ids = new CallIds();
  let sent: SentIds = new Map();
  const converted = messages.map((message): WireMessage => {
    if (message.role === 'user') return { role: 'user', content: message.content.map(userBlockWith(sent)) };
    const written: SentIds = new Map();
    sent = written;
    const content = message.content.flatMap((block) =>
      toAssistantBlocks(block, author, (callId) => {
        const id = ids.take(callId);
        written.set(callId, [...(written.get(callId) ?? []), id]);
        return id;
      }),
    );
    return { role: 'assistant', content };
  });
  return mergeNeighbours(converted.filter(({ content }) => content.length > 0));
}

function userBlockWith(sent: SentIds): (block: UserBlock) => UserParam {
  return (block) => {
    const text = block.text.toWellFormed();
    if (block.type === 'text') return { type: 'text', text };
    const id = sent.get(block.callId)?.shift();
    // A result without its call is refused, but may still be read.
    if (id === undefined) return { type: 'text', text };
    return { type: 'tool_result', tool_use_id: id, content: text, is_error: block.isError };
  };
}

function toAssistantBlocks(
  block: AssistantBlock,
  author: string,
  sendId: (callId: string) => string,
): ContentBlockParam[] {
  switch (block.type) {
    case 'text':
      return block.text.trim() === '' ? [] : [{ type: 'text', text: block.text.toWellFormed() }];
    case 'tool-call': {
      const { callId, name, input } = block;
      return [{ type: 'tool_use', id: sendId(callId), name: toolName(name), input: toInput(input) }];
    }
    case 'opaque':
      return block.model === author ? toThinking(block.data) : [];
  }
}

/** A model may ask for a tool by any name, but the API takes only these back. */
function toolName(name: string): string {
  return name.replace(/[^a-zA-Z0-9_-]/gu, '_').slice(0, 128) || 'unnamed';
}

/** The API takes nothing but an object back. */
function toInput(input: unknown): unknown {
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
  return wellFormed(isObject ? input : { malformedJson: JSON.stringify(input) ?? '' });
}

function toThinking(data: unknown): (ThinkingBlockParam | RedactedThinkingBlockParam)[] {
  const parsed = OPAQUE.safeParse(wellFormed(data));
  return parsed.success ? [parsed.data] : [];
}

/** The API wants the roles to alternate, which they no longer do where a message was left out between two. */
function mergeNeighbours(messages: readonly WireMessage[]): WireMessage[] {
  const merged: WireMessage[] = [];
  for (const message of messages) {
    const last = merged.at(-1);
    if (last?.role === 'user' && message.role === 'user')
      merged.splice(-1, 1, { role: 'user', content: [...last.content, ...message.content] });
    else if (last?.role === 'assistant' && message.role === 'assistant')
      merged.splice(-1, 1, { role: 'assistant', content: [...last.content, ...message.content] });
    else merged.push(message);
  }
  return merged;
}
