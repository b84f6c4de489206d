import { z } from 'zod';
import type { AssistantBlock, ModelMessage, UserBlock } from '../model/model.ts';

export interface HistoryLimits {
  readonly messages: number;
  /** Characters of the messages as JSON. */
  readonly characters: number;
}

type BlockKind = { readonly type: string };

/** One schema a field, so that a field that the model port gains, loses or changes does not compile here. */
type Shape<Block> = { readonly [Field in keyof Block]-?: z.ZodType<Block[Field]> };

/** One shape a kind of block, for the same reason. */
type Shapes<Block extends BlockKind> = {
  readonly [Type in Block['type']]: Shape<Extract<Block, { readonly type: Type }>>;
};

const userShapes = {
  text: { type: z.literal('text'), text: z.string(), from: z.literal('host').exactOptional() },
  'tool-result': {
    type: z.literal('tool-result'),
    callId: z.string(),
    text: z.string(),
    isError: z.boolean(),
  },
} satisfies Shapes<UserBlock>;

const assistantShapes = {
  text: { type: z.literal('text'), text: z.string() },
  'tool-call': {
    type: z.literal('tool-call'),
    callId: z.string(),
    name: z.string(),
    input: z.unknown(),
  },
  opaque: { type: z.literal('opaque'), model: z.string(), data: z.record(z.string(), z.unknown()) },
} satisfies Shapes<AssistantBlock>;

const userBlock = z.discriminatedUnion('type', [
  z.object(userShapes.text),
  z.object(userShapes['tool-result']),
]);
const assistantBlock = z.discriminatedUnion('type', [
  z.object(assistantShapes.text),
  z.object(assistantShapes['tool-call']),
  z.object(assistantShapes.opaque),
]);
const schema = z.array(
  z.discriminatedUnion('role', [
    z.object({ role: z.literal('user'), content: z.array(userBlock) }),
    z.object({ role: z.literal('assistant'), content: z.array(assistantBlock) }),
  ]),
);

export type HistoryOutcome =
  | { readonly ok: true; readonly history: readonly ModelMessage[] }
  | { readonly ok: false; readonly reason: string };

/** Checks a history that comes from the store. */
export function parseHistory(stored: readonly unknown[]): HistoryOutcome {
  const parsed = schema.safeParse(stored);
  if (parsed.success) return { ok: true, history: parsed.data };
  return { ok: false, reason: z.prettifyError(parsed.error) };
}

/**
 * Drops the oldest turns until the history is within its limits. A turn goes whole, so that no tool
 * result loses its call; the newest turn stays, whatever its size.
 */
export function trimHistory(
  history: readonly ModelMessage[],
  limits: HistoryLimits,
): readonly ModelMessage[] {
  const starts = history.flatMap((message, index) => (index === 0 || beginsTurn(message) ? [index] : []));
  const sizes = history.map((message) => JSON.stringify(message).length);
  let characters = sizes.reduce((sum, size) => sum + size, 0);
  let kept = 0;
  for (const start of starts) {
    for (; kept < start; kept += 1) characters -= sizes[kept] ?? 0;
    if (history.length - kept <= limits.messages && characters <= limits.characters) break;
  }
  return history.slice(kept);
}

/** A person's words begin a turn; a user message with results or notes of the host goes on with one. */
function beginsTurn({ role, content }: ModelMessage): boolean {
  return role === 'user' && content.length > 0 && content.every(isSaid);
}

function isSaid(block: UserBlock | AssistantBlock): boolean {
  return block.type === 'text' && !('from' in block);
}
