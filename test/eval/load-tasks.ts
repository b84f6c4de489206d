import { readdir, readFile } from 'node:fs/promises';
import { parseTask, type Task } from './task.ts';

const FOLDER = new URL('tasks/', import.meta.url);
const EXTENSION = '.toml';

/** Every task, in the order of their ids. */
export async function loadTasks(folder: URL = FOLDER): Promise<readonly Task[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(EXTENSION)).sort();
  return Promise.all(
    files.map(async (file) =>
      parseTask(file.slice(0, -EXTENSION.length), await readFile(new URL(file, folder), 'utf8')),
    ),
  );
}
