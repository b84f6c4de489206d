import { Anthropic, APIUserAbortError } from '@anthropic-ai/sdk';
import { toFailure } from './anthropic-failure.ts';
import { ReplyReader } from './anthropic-reply.ts';
import { type RequestOptions, toMessagesBody } from './anthropic-request.ts';
import type { Model, ModelDelta, ModelOutcome, ModelRequest } from './model.ts';
import { stopAtSpendLimit } from './spend-limit-middleware.ts';

const PUBLIC_API = 'https://api.anthropic.com';

export interface AnthropicModelOptions {
  readonly apiKey: string;
  /** Another server that speaks the Messages API. Default: Anthropic's own. */
  readonly baseUrl?: string | null;
  /** For example `claude-sonnet-5-5`. */
  readonly model: string;
  /** How often the SDK asks again after a failure that may pass. Default 2. */
  readonly maxRetries?: number;
  /** Milliseconds to wait for the first byte of a reply. Default 10 minutes. */
  readonly timeoutMs?: number;
  /**
   * Marks the end of the conversation for the prompt cache, beside tools and system prompt. Worth it where the
   * next call continues this one; a classifier's calls do not. Default true.
   */
  readonly cacheConversation?: boolean;
}

/** A model behind the Messages API. */
export function createAnthropicModel(options: AnthropicModelOptions): Model {
  const client = createClient(options);
  const request: RequestOptions = Object.freeze({
    model: options.model,
    cacheConversation: options.cacheConversation ?? true,
  });
  return Object.freeze({
    name: options.model,
    stream: (modelRequest: ModelRequest) => streamReply(client, modelRequest, request),
  });
}

/** Every source that the SDK would take from the environment is named here, so that none is read. */
function createClient(options: AnthropicModelOptions): Anthropic {
  return new Anthropic({
    apiKey: options.apiKey,
    authToken: null,
    webhookKey: null,
    baseURL: options.baseUrl ?? PUBLIC_API,
    maxRetries: options.maxRetries ?? 2,
    timeout: options.timeoutMs ?? 600_000,
    middleware: [stopAtSpendLimit],
    openTelemetry: false,
    logLevel: 'off',
  });
}

async function* streamReply(
  client: Anthropic,
  request: ModelRequest,
  options: RequestOptions,
): AsyncGenerator<ModelDelta, ModelOutcome, void> {
  const reader = new ReplyReader(options.model);
  const body = toMessagesBody(request, options);
  try {
    const stream = await client.messages.create(body, { signal: request.signal });
    for await (const event of stream) {
      const text = reader.read(event);
      if (text !== '') yield { type: 'text', text };
    }
  } catch (error) {
    return request.signal.aborted ? toFailure(new APIUserAbortError()) : toFailure(error);
  }
  // The SDK ends an aborted stream as if it had run out.
  return request.signal.aborted ? toFailure(new APIUserAbortError()) : reader.outcome();
}
