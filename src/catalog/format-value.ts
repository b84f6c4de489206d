import type { WireValue } from '../wat/types.ts';

/** A value as one line for people: JSON, with i64 in digits and bytes in hex. */
export function formatValue(value: WireValue): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return String(part);
    return part instanceof Uint8Array ? Buffer.from(part).toString('hex') : part;
  });
}
