import { formatSignature } from '../wat/signature.ts';
import type { Signature } from '../wat/types.ts';
import type { CallArguments } from './tools.ts';

export type OrderedArguments =
  | { readonly ok: true; readonly args: readonly unknown[] }
  | { readonly ok: false; readonly message: string };

/** Arguments in the order of the signature, by position or by name. Their types are the runner's to check. */
export function orderArguments(signature: Signature, args: CallArguments): OrderedArguments {
  const names = signature.params.map(({ name }) => name);
  const ordered = isList(args) ? args : names.map((name) => args[name]);
  const unknown = isList(args) ? [] : Object.keys(args).filter((name) => !names.includes(name));
  const missing = isList(args) ? [] : names.filter((name) => !Object.hasOwn(args, name));
  const problems = [
    ...(ordered.length === names.length ? [] : [`got ${ordered.length}`]),
    ...missing.map((name) => `${name} is missing`),
    ...unknown.map((name) => `${JSON.stringify(name)} is no parameter`),
  ];
  if (problems.length === 0) return { ok: true, args: ordered };
  const count = names.length === 1 ? '1 argument' : `${names.length} arguments`;
  return {
    ok: false,
    message: `Expected ${count} for ${formatSignature(signature)}; ${problems.join(', ')}.`,
  };
}

function isList(args: CallArguments): args is readonly unknown[] {
  return Array.isArray(args);
}
