import { headOf, isName, type Node } from '../syntax.ts';
import type { HostImport, Signature } from '../types.ts';

interface Known {
  /** The host functions that are offered, by `$capability.name`. */
  readonly functions: ReadonlyMap<string, HostImport>;
  readonly signature: Signature | null;
}

/** How a list binds the local that is named behind its head. */
const BINDINGS = new Set(['let', 'set', 'local.set', 'local.tee', 'each', 'for', 'catch']);

/** Whether a form gives a JSON object whenever it gives anything: `(object ...)`, `(array.count_by ...)`. */
export function givesObject(node: Node, functions: Known['functions']): boolean {
  const head = headOf(node);
  return head === 'object' || functions.get(`$${head}`)?.gives === 'object';
}

/** What a body says of its locals by itself, before any type is known. */
export interface GivenLocals {
  /** All that are given a value other than as the second name of an `each`, and the parameters. */
  readonly names: ReadonlySet<string>;
  /** Those among them that are given objects alone, or whose type is a struct or a map. */
  readonly objects: ReadonlySet<string>;
}

export function givenLocals(nodes: readonly Node[], { functions, signature }: Known): GivenLocals {
  const objects = new Set<string>();
  const others = new Set<string>();
  for (const { name, type } of signature?.params ?? [])
    (type.kind === 'struct' || type.kind === 'map' ? objects : others).add(`$${name}`);
  const look = (node: Node): void => {
    if (node.kind !== 'list') return;
    const [head, name, value] = node.items;
    if (isName(name) && head?.kind === 'atom' && BINDINGS.has(head.text)) {
      const gives = value !== undefined && node.items.length === 3 && givesObject(value, functions);
      (gives ? objects : others).add(name.text);
    }
    for (const item of node.items) look(item);
  };
  for (const node of nodes) look(node);
  return {
    names: new Set([...objects, ...others]),
    objects: new Set([...objects].filter((name) => !others.has(name))),
  };
}
