import type { FailureName } from '../engine/status.ts';
import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { excerpt } from './text.ts';

const KNOWN: Readonly<Record<string, readonly [FailureName, string]>> = {
  ENOENT: ['ENOENT', 'does not exist'],
  ENOTDIR: ['EACCESS', 'leads through what is no folder'],
  ELOOP: ['EACCESS', 'is a link, and links are not followed'],
  ENOTEMPTY: ['EACCESS', 'is a folder that is not empty'],
  EISDIR: ['EACCESS', 'is a folder'],
  EEXIST: ['EACCESS', 'is there already'],
  EACCES: ['EACCESS', 'may not be touched by Wattle'],
  EPERM: ['EACCESS', 'may not be touched by Wattle'],
  ENAMETOOLONG: ['EBOUND', 'has too long a name'],
};

/** The answer for what the system said of a path; throws again what is no error of the system. */
export function diskFailure(error: unknown, path: string): Failure {
  const code = codeOf(error);
  if (code === null) throw error;
  const [status, reason] = KNOWN[code] ?? ['EREMOTE', `could not be reached: the disk answers ${code}`];
  return fail(status, `${excerpt(path)} ${reason}`);
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && 'syscall' in error ? String(error.code) : null;
}
