import type { Config } from '../config.ts';
import type { Command } from './command-line.ts';

/**
 * Whether a command offers the whole catalog, so that all of it is compiled ahead. One program is compiled when it is
 * run. The prompt names none of the own programs that do not compile.
 */
export function needsCatalog(command: Command['name'], { catalogFolder }: Config): boolean {
  if (command === 'prompt') return catalogFolder !== null;
  return command !== 'run' && command !== 'replay' && command !== 'compile';
}
