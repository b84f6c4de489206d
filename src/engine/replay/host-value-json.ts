import { z } from 'zod';
import type { HostValue } from '../port.ts';

/** The numbers that JSON has no word for. */
const UNWRITABLE = ['NaN', 'Infinity', '-Infinity', '-0'] as const;
const MOST_I64 = 2n ** 63n;

/**
 * Bytes as base64. Only the one way to write them is taken, as Node's own reader passes over whatever it
 * does not know.
 */
export const BYTES = z.string().transform((text, context) => {
  const bytes = new Uint8Array(Buffer.from(text, 'base64'));
  if (Buffer.from(bytes).toString('base64') === text) return bytes;
  context.addIssue({ code: 'custom', message: 'expected bytes as base64' });
  return z.NEVER;
});

const I64 = z
  .string()
  .regex(/^-?\d{1,20}$/, 'expected a whole number in digits')
  .transform(BigInt)
  .refine((value) => value >= -MOST_I64 && value < MOST_I64, 'expected a number of 64 bits');

/** A host value as it stands in a recording: plain where JSON can say it, else an object of one key. */
export const HOST_VALUE = z.union(
  [
    z.string(),
    z.number(),
    z.boolean(),
    z.strictObject({ number: z.enum(UNWRITABLE) }).transform(({ number }) => Number(number)),
    z.strictObject({ i64: I64 }).transform(({ i64 }) => i64),
    z.strictObject({ base64: BYTES }).transform(({ base64 }) => base64),
  ],
  { error: 'expected text, a number, true, false, {"i64": "1"}, {"number": "NaN"} or {"base64": "..."}' },
);

export function hostValueToJson(value: HostValue): z.input<typeof HOST_VALUE> {
  if (typeof value === 'bigint') return { i64: String(value) };
  if (value instanceof Uint8Array) return { base64: bytesToJson(value) };
  if (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))) return value;
  const word = UNWRITABLE.find((name) => Object.is(Number(name), value));
  return word === undefined ? value : { number: word };
}

export function bytesToJson(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}
