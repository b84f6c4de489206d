import { readFile, writeFile } from 'node:fs/promises';

const MAX_LINES = 1_000;

/** What a folder that was not made yet answers; one that cannot be used is for the store to name. */
const ABSENT: readonly unknown[] = ['ENOENT', 'ENOTDIR'];

/** Lines typed in earlier conversations, newest first; none when there is no such file yet. */
export async function readChatHistory(file: string): Promise<readonly string[]> {
  try {
    const text = await readFile(file, 'utf8');
    return text.split('\n').filter((line) => line !== '');
  } catch (error) {
    if (error instanceof Error && 'code' in error && ABSENT.includes(error.code)) return [];
    throw error;
  }
}

/** Keeps the newest lines, readable by their owner only, in a folder that is there. */
export async function writeChatHistory(file: string, lines: readonly string[]): Promise<void> {
  await writeFile(file, `${lines.slice(0, MAX_LINES).join('\n')}\n`, { mode: 0o600 });
}
