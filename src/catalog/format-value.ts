import type { WireValue } from '../wat/types.ts';

/** A value as one line for people: as in JSON, but all digits of an i64 and NaN and infinities bare, and bytes in hex. */
export function formatValue(value: WireValue): string {
  if (typeof value === 'bigint' || typeof value === 'number') return String(value);
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('hex'));
  if (Array.isArray(value)) return `[${value.map(formatValue).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}:${formatValue(part)}`);
  return `{${members.join(',')}}`;
}
