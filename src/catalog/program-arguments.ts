import { coerce } from '../wat/coerce.ts';
import { formatSignature } from '../wat/signature.ts';
import type { Signature } from '../wat/types.ts';
import { encode } from '../wat/wire.ts';

export type ArgumentsOutcome =
  | { readonly ok: true; readonly args: readonly Uint8Array[] }
  | { readonly ok: false; readonly message: string };

/**
 * Puts loose arguments into the wire format; options that are left out at the end are empty. The message states the
 * signature and what came instead.
 */
export function encodeArguments(signature: Signature, values: readonly unknown[]): ArgumentsOutcome {
  const { params } = signature;
  const expected = `expected arguments as in ${formatSignature(signature)}`;
  const fewest = params.findLastIndex(({ type }) => type.kind !== 'option') + 1;
  if (values.length < fewest || values.length > params.length) {
    const count = fewest < params.length ? `${fewest} to ${params.length}` : `${fewest}`;
    return { ok: false, message: `${expected}, that is ${count}; got ${values.length}` };
  }
  const args: Uint8Array[] = [];
  for (const [index, { name, type }] of params.entries()) {
    const coerced = coerce(index < values.length ? values[index] : null, type);
    if (!coerced.ok) return { ok: false, message: `${expected}; for ${name}, ${coerced.message}` };
    args.push(encode(coerced.value, type));
  }
  return { ok: true, args };
}
