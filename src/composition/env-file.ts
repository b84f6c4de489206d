import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { WattleError } from '../errors.ts';

/**
 * The variables of a file such as `.env`; none where there is no file.
 *
 * @throws WattleError CONFIG_INVALID when the file cannot be read.
 */
export function readEnvFile(path: string): NodeJS.Dict<string> {
  try {
    // Some editors begin a file with a byte order mark, which would become part of the first name.
    return parseEnv(readFileSync(path, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ENOENT') return {};
    const message = `${path}: expected a file that can be read, but ${error.message}`;
    throw new WattleError('CONFIG_INVALID', message, { cause: error });
  }
}
