import type { HostAnswer, HostValue } from './port.ts';

type Failure = Extract<HostAnswer, { readonly ok: false }>;

/** Bytes of a value that have to be copied; numbers count for none. */
export function sizeOf(value: HostValue | null): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  return value instanceof Uint8Array ? value.length : 0;
}

/** The answer to a call whose result is larger than `bound`; null when it is not. */
export function oversize(value: HostValue | null, bound: number): Failure | null {
  const size = sizeOf(value);
  if (size <= bound) return null;
  return { ok: false, status: 'EBOUND', message: `a result of ${size} bytes; a call may give back ${bound}` };
}

/**
 * Bytes in a buffer of their own. A message copies the whole buffer below a view, and with it whatever
 * else lies there; one that is shared stays shared.
 *
 * @throws TypeError for bytes that were transferred to another thread.
 */
export function ownBytes(bytes: Uint8Array): Uint8Array {
  const { buffer, length } = bytes;
  const own = buffer instanceof ArrayBuffer && length > 0 && !Buffer.isBuffer(bytes);
  const whole = own && length === buffer.byteLength;
  return whole ? bytes : Uint8Array.from(bytes);
}

function isPlain(value: unknown): value is number | bigint | string | boolean {
  return ['number', 'bigint', 'string', 'boolean'].includes(typeof value);
}

/** A value that can go into a message. Throws a TypeError for what is no host value. */
export function sendable(value: unknown): HostValue | null {
  if (value === null || isPlain(value)) return value;
  if (value instanceof Uint8Array) return ownBytes(value);
  throw new TypeError(`it must give a number, text, truth value or bytes, and gave ${typeof value}`);
}
