import { createHash } from 'node:crypto';

/** Discord's own bound on a nonce. */
const NONCE_LENGTH = 25;

/** A nonce of an id of any length; the same id always gives the same nonce. */
export function nonceOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, NONCE_LENGTH);
}
