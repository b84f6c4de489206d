import { WattleError } from '../errors.ts';

/** STORE_FAILED with what was tried, on which file, and the database's own words. */
export function storeError(action: string, path: string, cause: unknown): WattleError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new WattleError('STORE_FAILED', `cannot ${action} ${path}: ${reason}`, { cause });
}

export function closedError(path: string): WattleError {
  return new WattleError('STORE_FAILED', `the store is closed: ${path}`);
}
