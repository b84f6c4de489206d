import { readdir, readFile } from 'node:fs/promises';
import { tokenCount } from './token-count.ts';

const EXTENSION = '.wat';

/** Bodies in the series' dialect by task, to compare with. */
export function loadSeries(): Promise<ReadonlyMap<string, string>> {
  return loadBodies(new URL('series/', import.meta.url));
}

/** The authors of docs/evaluation.md whose programs are kept. */
export const KEPT_AUTHORS = ['sixth', 'seventh'] as const;

/** What an author wrote at the first try, unchanged, by task. */
export function loadAuthor(author: (typeof KEPT_AUTHORS)[number]): Promise<ReadonlyMap<string, string>> {
  return loadBodies(new URL(`authors/${author}/`, import.meta.url));
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
