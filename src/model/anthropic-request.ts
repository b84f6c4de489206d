import type {
  ContentBlockParam,
  MessageCreateParamsStreaming,
  MessageParam,
  RedactedThinkingBlockParam,
  ThinkingBlockParam,
  Tool,
} from '@anthropic-ai/sdk/resources/messages/messages';
import { z } from 'zod';
import type { AssistantBlock, ModelMessage, ModelRequest, ToolDefinition, UserBlock } from './model.ts';

const EPHEMERAL = { type: 'ephemeral' } as const;

/** The blocks of ours that go back as they came. */
const OPAQUE = z.discriminatedUnion('type', [
  z.object({ type: z.literal('thinking'), thinking: z.string(), signature: z.string() }),
  z.object({ type: z.literal('redacted_thinking'), data: z.string() }),
]);

export interface RequestOptions {
  readonly model: string;
  /** Whether the conversation is worth caching, beside the tools and the system prompt. */
  readonly cacheConversation: boolean;
}

/** The body of a streaming Messages call. The system prompt ends the stable prefix that is cached. */
export function toMessagesBody(request: ModelRequest, options: RequestOptions): MessageCreateParamsStreaming {
  return {
    model: options.model,
    max_tokens: request.maxTokens,
    stream: true,
    system: [
      { type: 'text', text: request.system, cache_control: EPHEMERAL },
      ...(request.systemTail === undefined ? [] : [{ type: 'text' as const, text: request.systemTail }]),
    ],
    messages: request.messages.map((message) => toMessage(message, options.model)),
    ...(options.cacheConversation && { cache_control: EPHEMERAL }),
    ...(request.tools.length > 0 && {
      tools: request.tools.map(toTool),
      tool_choice: { type: request.toolChoice ?? 'auto' },
    }),
  };
}

function toTool(tool: ToolDefinition): Tool {
  return {
    name: tool.name,
    description: tool.description,
    input_schema: { ...tool.inputSchema, type: 'object' },
  };
}

function toMessage(message: ModelMessage, model: string): MessageParam {
  if (message.role === 'user') return { role: 'user', content: message.content.map(toUserBlock) };
  return {
    role: 'assistant',
    content: message.content.flatMap((block) => toAssistantBlocks(block, model)),
  };
}

function toUserBlock(block: UserBlock): ContentBlockParam {
  if (block.type === 'text') return { type: 'text', text: block.text };
  return { type: 'tool_result', tool_use_id: block.callId, content: block.text, is_error: block.isError };
}

function toAssistantBlocks(block: AssistantBlock, model: string): ContentBlockParam[] {
  switch (block.type) {
    case 'text':
      return [{ type: 'text', text: block.text }];
    case 'tool-call':
      return [{ type: 'tool_use', id: block.callId, name: block.name, input: toInput(block.input) }];
    case 'opaque':
      return block.model === model ? toThinking(block.data) : [];
  }
}

function toThinking(data: unknown): (ThinkingBlockParam | RedactedThinkingBlockParam)[] {
  const parsed = OPAQUE.safeParse(data);
  return parsed.success ? [parsed.data] : [];
}

/** The API takes nothing but an object back. */
function toInput(input: unknown): unknown {
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
  return isObject ? input : { malformedJson: JSON.stringify(input) ?? '' };
}
