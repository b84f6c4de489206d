import type { WireValue } from '../wat/types.ts';

/** A result as the model and people read it: a string as it is, all else as JSON, bytes in hex. */
export function valueText(value: WireValue): string {
  return typeof value === 'string' ? value : nested(value);
}

function nested(value: WireValue): string {
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value)))
    return String(value);
  if (value instanceof Uint8Array) return `"hex:${Buffer.from(value).toString('hex')}"`;
  if (Array.isArray(value)) return `[${value.map(nested).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}: ${nested(field)}`);
  return `{${fields.join(', ')}}`;
}
