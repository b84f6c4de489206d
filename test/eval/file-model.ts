import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RUN_PROGRAM } from '../../src/agent/tools.ts';
import type { AssistantBlock, Model } from '../../src/model/model.ts';
import { formatSignature } from '../../src/wat/signature.ts';
import { SERVER, type Task } from './task.ts';

const NO_USAGE = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
const SIGNATURE = /^;; signature:[ \t]*(.+)\r?\n?/;

/**
 * Answers with the programs of a folder, `<task>/1.wat` or `<task>.wat` first, then `<task>/2.wat` and so on, each run
 * on the task's example, and is done when there is no next one. A file may begin with a line `;; signature: (...) -> ...`.
 */
export function createFileModel(folder: string, task: Task, server: string): Model {
  let round = 0;
  return {
    name: folder,
    // biome-ignore lint/correctness/useYield: a file comes at once, without deltas
    async *stream() {
      round += 1;
      const text = await readRound(folder, task.id, round);
      const content = text === null ? [] : [callOf(text, task, { round, server })];
      const done: AssistantBlock[] = [{ type: 'text', text: 'Done.' }];
      return {
        ok: true,
        content: content.length === 0 ? done : content,
        stopReason: content.length === 0 ? 'end_turn' : 'tool_use',
        usage: NO_USAGE,
      };
    },
  };
}

function callOf(
  text: string,
  { signature, sample }: Task,
  { round, server }: { readonly round: number; readonly server: string },
): AssistantBlock {
  const written = SIGNATURE.exec(text);
  const input = {
    body: written === null ? text : text.slice(written[0].length),
    signature: written?.[1]?.trim() ?? formatSignature(signature),
    args: sample.args.map((arg) => (typeof arg === 'string' ? arg.replaceAll(SERVER, server) : arg)),
  };
  return { type: 'tool-call', callId: `round-${round}`, name: RUN_PROGRAM, input };
}

async function readRound(folder: string, id: string, round: number): Promise<string | null> {
  const text = await readIfThere(join(folder, id, `${round}.wat`));
  return round === 1 ? (text ?? (await readIfThere(join(folder, `${id}.wat`)))) : text;
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
