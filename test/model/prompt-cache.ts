import type { Usage } from '../../src/model/model.ts';
import type { RecordedRequest } from './messages-server.ts';

/** How many blocks before a mark the API looks for what was written earlier. */
const LOOK_BACK = 20;

type Json = Readonly<Record<string, unknown>>;

interface Block {
  readonly text: string;
  readonly marked: boolean;
}

export type CacheUsage = Omit<Usage, 'outputTokens'>;

export interface PromptCache {
  /** What a request reads, writes and has to be read anew, a character counting as a token. */
  read(request: RecordedRequest): CacheUsage;
}

/**
 * The prompt cache as the Messages API documents it: tools, system and messages make one row of blocks; each mark writes the
 * row up to it, and reads the longest row written before that ends at most 20 blocks ahead of it. Another choice of tools
 * is another row from the messages on. The least size that is cached, and the time to live, are left out.
 */
export function createPromptCache(): PromptCache {
  const written = new Set<string>();
  return {
    read({ body }) {
      const blocks = blocksOf(body);
      const rows = blocks.map((_block, index) =>
        blocks
          .slice(0, index + 1)
          .map(({ text }) => text)
          .join('\n'),
      );
      const marks = blocks.flatMap(({ marked }, index) => (marked ? [index] : []));
      const found = marks.flatMap((mark) =>
        rows.slice(Math.max(0, mark - LOOK_BACK), mark + 1).filter((row) => written.has(row)),
      );
      const read = Math.max(0, ...found.map((row) => row.length));
      const marked = marks.map((mark) => rows[mark] ?? '');
      for (const row of marked) written.add(row);
      const known = Math.max(read, ...marked.map((row) => row.length));
      const all = rows.at(-1)?.length ?? 0;
      return { cacheReadTokens: read, cacheWriteTokens: known - read, inputTokens: all - known };
    },
  };
}

function blocksOf(body: Json): readonly Block[] {
  const model = String(body.model);
  const choice = JSON.stringify(body.tool_choice ?? null);
  const messages = listOf(body.messages).flatMap(({ role, content }) =>
    listOf(content).map((block) => toBlock(`${choice} ${String(role)}`, block)),
  );
  return [
    ...listOf(body.tools).map((tool) => toBlock(`${model} tool`, tool)),
    ...listOf(body.system).map((block) => toBlock(`${model} system`, block)),
    ...messages,
  ];
}

function toBlock(place: string, { cache_control: mark, ...block }: Json): Block {
  return { text: `${place} ${JSON.stringify(block)}`, marked: mark !== undefined };
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
