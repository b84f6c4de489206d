import { readdir, readFile } from 'node:fs/promises';
import { tokenCount } from './token-count.ts';

const EXTENSION = '.wat';

/** Bodies in the series' dialect by task, to compare with. */
export function loadSeries(): Promise<ReadonlyMap<string, string>> {
  return loadBodies(new URL('series/', import.meta.url));
}

/** What the sixth author wrote at the first try, unchanged (docs/evaluation.md), by task. */
export function loadSixthAuthor(): Promise<ReadonlyMap<string, string>> {
  return loadBodies(new URL('sixth-author/', import.meta.url));
}

export async function loadSeriesTokens(): Promise<ReadonlyMap<string, number>> {
  return new Map([...(await loadSeries())].map(([id, body]) => [id, tokenCount(body)]));
}

async function loadBodies(folder: URL): Promise<ReadonlyMap<string, string>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(EXTENSION)).sort();
  const bodies = await Promise.all(
    files.map(
      async (file) =>
        [file.slice(0, -EXTENSION.length), await readFile(new URL(file, folder), 'utf8')] as const,
    ),
  );
  return new Map(bodies);
}
