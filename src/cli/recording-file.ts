import { type FileHandle, open, rm } from 'node:fs/promises';
import { RECORDING_BYTES } from '../engine/replay/recording.ts';
import { parseRecording, RECORDING_START, type ReadRecording } from '../engine/replay/recording-text.ts';
import { WattleError } from '../errors.ts';

/** What programs fetch and remember may be private: only the owner may read it. */
const OWNER_ONLY = 0o600;

/** Enough to tell a recording by. */
const START_BYTES = 100;

/** A file that a recording will be written to. What it holds stays until then. */
export interface RecordingFile {
  write(text: string): Promise<void>;
  /** A file that was made for a recording that never came is removed. */
  close(): Promise<void>;
}

/**
 * Opens a file before a run that cannot be repeated, so that it is sure to be there after it.
 *
 * @throws WattleError USAGE when it cannot be written, or holds something else than a recording.
 */
export async function openRecordingFile(path: string): Promise<RecordingFile> {
  const file = await orRefuse(path, 'a file that can be written', () => openToWrite(path));
  if (file === null) {
    const message = `expected a new file or an older recording, but ${path} holds something else.`;
    throw new WattleError('USAGE', message);
  }
  return {
    async write(text) {
      await file.truncate();
      await file.writeFile(text);
    },
    async close() {
      const { size } = await file.stat();
      await file.close();
      if (size === 0) await rm(path);
    },
  };
}

/** @throws WattleError USAGE when there is no such file or it holds no recording. */
export async function readRecordingFile(
  path: string,
): Promise<Extract<ReadRecording, { readonly ok: true }>> {
  const text = await orRefuse(path, 'a readable file', async () => readBounded(path));
  if (text === null) {
    throw new WattleError(
      'USAGE',
      `${path}: expected a recording of at most ${RECORDING_BYTES} bytes, got more.`,
    );
  }
  const read = parseRecording(text);
  if (!read.ok) throw new WattleError('USAGE', `${path}: ${read.problem}`);
  return read;
}

/** Null for a file whose contents are not ours to replace, such as the program that is to be run. */
async function openToWrite(path: string): Promise<FileHandle | null> {
  const file = await open(path, 'a+', OWNER_ONLY);
  const { bytesRead, buffer } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
  if (bytesRead > 0 && !RECORDING_START.test(buffer.toString('utf8', 0, bytesRead))) {
    await file.close();
    return null;
  }
  await file.chmod(OWNER_ONLY);
  return file;
}

/** Null for more than a recording may have, whatever the file claims to be. */
async function readBounded(path: string): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  const file: FileHandle = await open(path, 'r');
  for await (const chunk of file.createReadStream({ end: RECORDING_BYTES })) {
    chunks.push(chunk);
    size += chunk.length;
  }
  return size > RECORDING_BYTES ? null : Buffer.concat(chunks).toString('utf8');
}

async function orRefuse<T>(path: string, expected: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new WattleError('USAGE', `expected ${expected}, but ${path} is not one (${error.code}).`, {
      cause: error,
    });
  }
}
