import type { WireValue } from '../wat/types.ts';

/** A value as one line for people: JSON, with i64 in digits, bytes in hex, and NaN and infinities by name. */
export function formatValue(value: WireValue): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint' || (typeof part === 'number' && !Number.isFinite(part))) return String(part);
    return part instanceof Uint8Array ? Buffer.from(part).toString('hex') : part;
  });
}
