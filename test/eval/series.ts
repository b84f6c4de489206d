import { readdir, readFile } from 'node:fs/promises';
import { tokenCount } from './token-count.ts';

const FOLDER = new URL('series/', import.meta.url);
const EXTENSION = '.wat';

/** Bodies in the series' dialect by task, to compare with. */
export async function loadSeries(): Promise<ReadonlyMap<string, string>> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith(EXTENSION)).sort();
  const bodies = await Promise.all(
    files.map(
      async (file) =>
        [file.slice(0, -EXTENSION.length), await readFile(new URL(file, FOLDER), 'utf8')] as const,
    ),
  );
  return new Map(bodies);
}

export async function loadSeriesTokens(): Promise<ReadonlyMap<string, number>> {
  return new Map([...(await loadSeries())].map(([id, body]) => [id, tokenCount(body)]));
}
