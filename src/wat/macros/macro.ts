import type { Locals } from '../locals.ts';
import type { Problems } from '../problems.ts';
import { form, type List, type Node } from '../syntax.ts';

export interface MacroScope {
  readonly problems: Problems;
  readonly locals: Locals;
}

/** A form that becomes plain instructions. Lists inside it are expanded before it is. */
export interface Macro {
  readonly name: string;
  /** How it is written, for hints. */
  readonly usage: string;
  /** Host functions that the expansion calls, as `$capability.name`. */
  readonly needs: readonly string[];
  /** Folded instructions that leave nothing on the stack, or null when it is not written as it must be. */
  expand(call: List, scope: MacroScope): readonly Node[] | null;
}

/** What a macro takes as a value: a local by its bare name, or an expression. Null for anything else. */
export function operandOf(node: Node | undefined): Node | null {
  if (node === undefined) return null;
  if (node.kind !== 'atom') return node;
  return node.text.startsWith('$') ? form(node.at, 'local.get', node) : null;
}

/** Ends the program with the status in a local, unless that is SUCCESS. */
export function returnUnlessZero(at: number, local: Node | string): List {
  const status = form(at, 'local.get', local);
  return form(at, 'if', status, form(at, 'then', form(at, 'return', status)));
}
