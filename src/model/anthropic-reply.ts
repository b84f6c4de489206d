import type {
  RawContentBlockDelta,
  RawMessageStreamEvent,
} from '@anthropic-ai/sdk/resources/messages/messages';
import { CallIds } from './call-ids.ts';
import {
  type AssistantBlock,
  type MalformedInput,
  type ModelOutcome,
  STOP_REASONS,
  type StopReason,
  type Usage,
} from './model.ts';
import { wellFormed } from './well-formed.ts';

const KNOWN_REASONS: ReadonlySet<string> = new Set(STOP_REASONS);

/** Characters of a token, about: the count of a reply comes only with its end. */
const CHARACTERS_A_TOKEN = 4;

/** A content block while its pieces arrive. */
type OpenBlock =
  | { readonly type: 'text'; text: string }
  | {
      readonly type: 'tool-call';
      readonly callId: string;
      readonly name: string;
      json: string;
      input: unknown;
    }
  | { readonly type: 'thinking'; thinking: string; signature: string }
  | { readonly type: 'redacted_thinking'; readonly data: string };

/** Puts a reply together from the events of its stream. */
export class ReplyReader {
  readonly #author: string;
  readonly #requestLength: () => number;
  readonly #blocks = new Map<number, OpenBlock>();
  #usage: Usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
  #stopReason: string | null = null;
  #complete = false;
  #started = false;
  #received = 0;

  /** Under the author's name thinking is kept that goes back to nobody else. The request's length is in characters. */
  constructor(author: string, requestLength: () => number) {
    this.#author = author;
    this.#requestLength = requestLength;
  }

  /** Takes one event; answers the text that it adds, empty for all other events. */
  read(event: RawMessageStreamEvent): string {
    switch (event.type) {
      case 'message_start':
        this.#started = true;
        this.#count(event.message?.usage);
        return '';
      case 'content_block_start':
        return this.#open(event);
      case 'content_block_delta':
        return this.#extend(event);
      case 'message_delta':
        this.#stopReason = event.delta.stop_reason;
        this.#count(event.usage);
        return '';
      case 'message_stop':
        this.#complete = true;
        return '';
      default:
        return '';
    }
  }

  /** Whether the last event was there. */
  get isComplete(): boolean {
    return this.#complete;
  }

  /** What was used so far: what the server said, and an estimate of what it did not say. Null before it began. */
  get usage(): Usage | null {
    if (!this.#started) return null;
    const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = this.#usage;
    // No prompt has no tokens: a local server that says 0, or nothing, does not count.
    const isInputKnown = inputTokens + cacheReadTokens + cacheWriteTokens > 0;
    const isOutputKnown = this.#complete && outputTokens > 0;
    return {
      ...this.#usage,
      inputTokens: isInputKnown ? inputTokens : tokensIn(this.#requestLength()),
      outputTokens: isOutputKnown ? outputTokens : Math.max(outputTokens, tokensIn(this.#received)),
    };
  }

  /** What the reply came to. A stream that ended early or a reason that is not known is a failure. */
  outcome(): ModelOutcome {
    const usage = this.usage;
    if (usage === null) {
      const message = 'The reply could not be read: it is not a stream of events.';
      return { ok: false, code: 'server-error', message };
    }
    if (!this.#complete) {
      return { ok: false, code: 'connection', message: 'The reply ended before it was complete.', usage };
    }
    if (!isStopReason(this.#stopReason)) {
      const message = `The model stopped for an unknown reason: ${JSON.stringify(this.#stopReason)}.`;
      return { ok: false, code: 'unknown', message, usage };
    }
    return { ok: true, content: this.#content(), stopReason: this.#stopReason, usage };
  }

  #open(event: Extract<RawMessageStreamEvent, { type: 'content_block_start' }>): string {
    const block = event.content_block;
    if (block.type === 'text') this.#blocks.set(event.index, { type: 'text', text: block.text });
    if (block.type === 'tool_use') {
      // Local servers may leave out what the API always has.
      const { id: callId = '', name = '', input } = block;
      this.#blocks.set(event.index, { type: 'tool-call', callId, name, json: '', input });
    }
    if (block.type === 'thinking') {
      const { thinking, signature } = block;
      this.#blocks.set(event.index, { type: 'thinking', thinking, signature });
    }
    if (block.type === 'redacted_thinking') {
      this.#blocks.set(event.index, { type: 'redacted_thinking', data: block.data });
    }
    return block.type === 'text' ? block.text : '';
  }

  #extend(event: Extract<RawMessageStreamEvent, { type: 'content_block_delta' }>): string {
    const { delta } = event;
    const block = this.#blocks.get(event.index);
    this.#received += lengthOf(delta);
    if (delta.type === 'text_delta' && block?.type === 'text') {
      block.text += delta.text;
      return delta.text;
    }
    if (delta.type === 'input_json_delta' && block?.type === 'tool-call') block.json += delta.partial_json;
    if (delta.type === 'thinking_delta' && block?.type === 'thinking') block.thinking += delta.thinking;
    if (delta.type === 'signature_delta' && block?.type === 'thinking') block.signature = delta.signature;
    return '';
  }

  /** The counters are totals so far; those left out have not changed. */
  #count(usage: WireUsage | null | undefined): void {
    if (!usage) return;
    this.#usage = {
      inputTokens: usage.input_tokens ?? this.#usage.inputTokens,
      outputTokens: usage.output_tokens ?? this.#usage.outputTokens,
      cacheReadTokens: usage.cache_read_input_tokens ?? this.#usage.cacheReadTokens,
      cacheWriteTokens: usage.cache_creation_input_tokens ?? this.#usage.cacheWriteTokens,
    };
  }

  #content(): AssistantBlock[] {
    const inOrder = [...this.#blocks].sort(([left], [right]) => left - right);
    const ids = new CallIds();
    return inOrder.flatMap(([, block]) => closeBlock(block, this.#author, ids));
  }
}

interface WireUsage {
  readonly input_tokens?: number | null;
  readonly output_tokens?: number | null;
  readonly cache_read_input_tokens?: number | null;
  readonly cache_creation_input_tokens?: number | null;
}

function tokensIn(characters: number): number {
  return Math.ceil(characters / CHARACTERS_A_TOKEN);
}

function lengthOf(delta: RawContentBlockDelta): number {
  if (delta.type === 'text_delta') return delta.text.length;
  if (delta.type === 'input_json_delta') return delta.partial_json.length;
  return delta.type === 'thinking_delta' ? delta.thinking.length : 0;
}

function isStopReason(reason: string | null): reason is StopReason {
  return reason !== null && KNOWN_REASONS.has(reason);
}

function closeBlock(block: OpenBlock, model: string, ids: CallIds): AssistantBlock[] {
  switch (block.type) {
    case 'text':
      // The API refuses a blank text block when the history comes back to it.
      return block.text.trim() === '' ? [] : [{ type: 'text', text: block.text.toWellFormed() }];
    case 'tool-call': {
      const callId = ids.take(block.callId);
      return [{ type: 'tool-call', callId, name: block.name.toWellFormed(), input: readInput(block) }];
    }
    case 'thinking':
    case 'redacted_thinking':
      return [{ type: 'opaque', model, data: { ...block } }];
  }
}

/** Pieces of JSON, or the input that stood in the block's first event when there were none. */
function readInput(block: Extract<OpenBlock, { type: 'tool-call' }>): unknown {
  if (block.json === '') return wellFormed(block.input);
  const parsed = parseJson(block.json);
  const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  const malformed: MalformedInput = { malformedJson: block.json.toWellFormed() };
  return isObject ? parsed : malformed;
}

function parseJson(text: string): unknown {
  try {
    return wellFormed(JSON.parse(text));
  } catch (error) {
    // A RangeError is of JSON that is nested too deeply to be walked through.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}
