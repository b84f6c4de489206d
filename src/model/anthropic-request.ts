import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import type {
  MessageCreateParamsStreaming,
  MessageParam,
  Tool,
} from '@anthropic-ai/sdk/resources/messages/messages';
import { toWireMessages, type UserParam } from './anthropic-messages.ts';
import type { ModelRequest, ToolDefinition } from './model.ts';

const EPHEMERAL = { type: 'ephemeral' } as const;

export interface RequestOptions {
  readonly model: string;
  /** Whose thinking goes back: the name under which this model's replies are kept. */
  readonly author: string;
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
      { type: 'text', text: request.system.toWellFormed(), cache_control: EPHEMERAL },
      ...(request.systemTail === undefined
        ? []
        : [{ type: 'text' as const, text: request.systemTail.toWellFormed() }]),
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
  const messages = toWireMessages(request.messages, options.author);
  const asked = messages.flatMap(({ role }, index) => (role === 'user' ? [index] : []));
  const marked = new Set(isCached ? asked.slice(-CACHED_MESSAGES) : []);
  return messages.map((message, index) => {
    if (message.role === 'assistant') return { role: 'assistant', content: [...message.content] };
    return { role: 'user', content: marked.has(index) ? markLast(message.content) : [...message.content] };
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
