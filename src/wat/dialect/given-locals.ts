import { headOf, isName, type List, type Node } from '../syntax.ts';
import type { HostImport, Signature } from '../types.ts';

interface Known {
  /** The host functions that are offered, by `$capability.name`. */
  readonly functions: ReadonlyMap<string, HostImport>;
  readonly signature: Signature | null;
}

/** How a list binds the local that is named behind its head. */
const BINDINGS = new Set(['let', 'set', 'local.set', 'local.tee', 'each', 'for', 'catch']);
/** What gives the value of one of its forms. */
const CHOICES = new Set(['default', 'if', 'then', 'else', 'do', 'catch']);
const PLACES = new Set(['at', 'put']);

/** Whether a form gives, or may give, a JSON object: `(object ...)`, `(array.count_by ...)`, `(default A (object))`. */
export function givesObject(node: Node, functions: Known['functions']): boolean {
  const head = headOf(node) ?? '';
  if (node.kind === 'list' && CHOICES.has(head))
    return node.items.some((item) => givesObject(item, functions));
  return head === 'object' || functions.get(`$${head}`)?.gives === 'object';
}

/** What a body says of its locals by itself, before any type is known. */
export interface GivenLocals {
  /** All that are given a value other than as the second name of an `each`, and the parameters. */
  readonly names: ReadonlySet<string>;
  /** Those that are given an object or have members, and are given no list. */
  readonly objects: ReadonlySet<string>;
}

export function givenLocals(nodes: readonly Node[], known: Known): GivenLocals {
  const look = new Look(known);
  for (const node of nodes) look.at(node);
  return { names: look.names, objects: new Set([...look.objects].filter((name) => !look.lists.has(name))) };
}

class Look {
  readonly names = new Set<string>();
  readonly objects = new Set<string>();
  readonly lists = new Set<string>();
  readonly #functions: Known['functions'];

  constructor({ functions, signature }: Known) {
    this.#functions = functions;
    for (const { name, type } of signature?.params ?? []) {
      this.names.add(`$${name}`);
      if (type.kind === 'struct' || type.kind === 'map') this.objects.add(`$${name}`);
    }
  }

  at(node: Node): void {
    if (node.kind !== 'list') return;
    const [head, name, second] = node.items;
    if (isName(name) && head?.kind === 'atom' && second !== undefined) {
      if (BINDINGS.has(head.text)) this.#binding(node, name.text, second);
      if (PLACES.has(head.text) && isMember(second)) this.objects.add(name.text);
    }
    for (const item of node.items) this.at(item);
  }

  #binding({ items }: List, name: string, value: Node): void {
    this.names.add(name);
    if (items.length !== 3) return;
    if (headOf(value) === 'list') this.lists.add(name);
    if (givesObject(value, this.#functions)) this.objects.add(name);
  }
}

/** `"name"`, which no item of a list has. */
function isMember(key: Node): boolean {
  return key.kind === 'text' && /^[^\d.{-]/.test(key.bytes);
}
