import { formatSignature } from '../wat/signature.ts';
import type { Signature } from '../wat/types.ts';
import type { CallArguments } from './tools.ts';
import { WrittenArguments } from './written-arguments.ts';

export type OrderedArguments =
  | { readonly ok: true; readonly args: readonly unknown[] }
  | { readonly ok: false; readonly message: string };

interface Given {
  readonly inOrder: readonly unknown[];
  readonly named: ReadonlyMap<string, unknown>;
}

/**
 * Arguments in the order of the signature, by position, by name, or the first ones by position and the rest
 * by name. Their types are the runner's to check.
 */
export function orderArguments(signature: Signature, args: CallArguments): OrderedArguments {
  const given = givenArguments(signature, args);
  if (typeof given === 'string') return { ok: false, message: given };
  const names = signature.params.map(({ name }) => name);
  const problems = problemsOf(names, given);
  if (problems.length === 0) {
    const rest = names.slice(given.inOrder.length).map((name) => given.named.get(name));
    return { ok: true, args: [...given.inOrder, ...rest] };
  }
  const count = names.length === 1 ? '1 argument' : `${names.length} arguments`;
  return {
    ok: false,
    message: `Expected ${count} for ${formatSignature(signature)}; ${problems.join(', ')}.`,
  };
}

function givenArguments(signature: Signature, args: CallArguments): Given | string {
  if (args instanceof WrittenArguments) return args.readFor(signature);
  if (isList(args)) return { inOrder: args, named: new Map() };
  return { inOrder: [], named: new Map(Object.entries(args)) };
}

function problemsOf(names: readonly string[], { inOrder, named }: Given): readonly string[] {
  const isShort = named.size === 0 && inOrder.length < names.length;
  if (isShort || inOrder.length > names.length) return [`got ${inOrder.length + named.size}`];
  const taken = names.slice(0, inOrder.length).filter((name) => named.has(name));
  const missing = names.slice(inOrder.length).filter((name) => !named.has(name));
  const unknown = [...named.keys()].filter((name) => !names.includes(name));
  return [
    ...missing.map((name) => `${name} is missing`),
    ...taken.map((name) => `${name} is given twice, in order and by name`),
    ...unknown.map((name) => `${JSON.stringify(name)} is no parameter`),
  ];
}

function isList(args: CallArguments): args is readonly unknown[] {
  return Array.isArray(args);
}
