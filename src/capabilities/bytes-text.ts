import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { excerpt, refuseSize } from './text.ts';

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const HEX = /^(?:[0-9a-f]{2})*$/i;
/** Both alphabets, with or without the padding. */
const BASE_64 = /^[A-Za-z0-9+/_-]*={0,2}$/;
const SPACE = /\s+/g;

/** Bytes as a text in which each is two digits, or three for four; its refusal when that is too long. */
export function writeBytes(data: Uint8Array, encoding: 'hex' | 'base64' | 'base64url'): string | Failure {
  const length = encoding === 'hex' ? data.length * 2 : Math.ceil(data.length / 3) * 4;
  return refuseSize(length) ?? Buffer.from(data.buffer, data.byteOffset, data.length).toString(encoding);
}

export function readHex(text: string): Uint8Array | Failure {
  const digits = text.replace(SPACE, '');
  if (HEX.test(digits)) return Uint8Array.from(Buffer.from(digits, 'hex'));
  return fail('EPARSE', `expected pairs of hex digits, got ${excerpt(text)}`);
}

export function readBase64(text: string): Uint8Array | Failure {
  const digits = text.replace(SPACE, '');
  const bare = digits.replace(/=+$/, '');
  // One digit more than a multiple of four would be six bits, and no byte.
  if (BASE_64.test(digits) && bare.length % 4 !== 1) return Uint8Array.from(Buffer.from(bare, 'base64'));
  return fail('EPARSE', `expected base64, got ${excerpt(text)}`);
}

/** Bytes as the text that they are in UTF-8; ETRFM when they are none. */
export function textOfBytes(data: Uint8Array): string | Failure {
  try {
    return UTF_8.decode(data);
  } catch (error) {
    if (error instanceof TypeError)
      return fail('ETRFM', `the ${data.length} bytes are not UTF-8; use decode_bytes`);
    throw error;
  }
}
