import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import type {
  ContentBlockParam,
  MessageCreateParamsStreaming,
  MessageParam,
  RedactedThinkingBlockParam,
  TextBlockParam,
  ThinkingBlockParam,
  Tool,
  ToolResultBlockParam,
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
  /** Whether the server is asked to hold the answer to the schema that it should match. */
  readonly useSchema: boolean;
}

/** The messages with the last calls of a session on record: where this call ends, and where the one before it did. */
const CACHED_MESSAGES = 2;

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
    messages: toMessages(request, options),
    ...(options.useSchema &&
      request.answerSchema !== undefined && {
        output_config: { format: { type: 'json_schema', schema: transformJSONSchema(request.answerSchema) } },
      }),
    ...(request.tools.length > 0 && {
      tools: request.tools.map(toTool),
      tool_choice: { type: request.toolChoice ?? 'auto' },
    }),
  };
}

/**
 * The conversation, marked for the cache at the end of its last two user messages: the second finds what the call before
 * wrote however many blocks this one adds, since the API looks back from a mark for 20 blocks only. A call that
 * forbids tools reads nothing that was cached with them and nothing after it continues it, so it writes nothing.
 */
function toMessages(request: ModelRequest, options: RequestOptions): MessageParam[] {
  const isCached = options.cacheConversation && request.toolChoice !== 'none';
  const asked = request.messages.flatMap(({ role }, index) => (role === 'user' ? [index] : []));
  const marked = new Set(isCached ? asked.slice(-CACHED_MESSAGES) : []);
  return request.messages.map((message, index) => {
    if (message.role === 'assistant') return toAssistantMessage(message, options.model);
    const content = message.content.map(toUserBlock);
    return { role: 'user', content: marked.has(index) ? markLast(content) : content };
  });
}

function markLast(blocks: readonly UserParam[]): UserParam[] {
  return blocks.map((block, index) =>
    index === blocks.length - 1 ? { ...block, cache_control: EPHEMERAL } : block,
  );
}

function toTool(tool: ToolDefinition): Tool {
  return {
    name: tool.name,
    description: tool.description,
    input_schema: { ...tool.inputSchema, type: 'object' },
  };
}

type AssistantMessage = Extract<ModelMessage, { readonly role: 'assistant' }>;

function toAssistantMessage(message: AssistantMessage, model: string): MessageParam {
  return {
    role: 'assistant',
    content: message.content.flatMap((block) => toAssistantBlocks(block, model)),
  };
}

type UserParam = TextBlockParam | ToolResultBlockParam;

function toUserBlock(block: UserBlock): UserParam {
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
