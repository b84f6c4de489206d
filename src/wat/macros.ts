import { argv } from './macros/argv.ts';
import { check } from './macros/check.ts';
import type { Macro, MacroScope } from './macros/macro.ts';
import { resv } from './macros/resv.ts';
import { excerpt, headOf, type List, type Node } from './syntax.ts';

export const MACROS: ReadonlyMap<string, Macro> = new Map(
  [argv, check, resv].map((macro) => [macro.name, macro]),
);

/** Lists whose items are a sequence of instructions, where a form that leaves no value can stand. */
const SEQUENCES = new Set(['block', 'loop', 'then', 'else']);

/** Replaces every macro by plain instructions. `offered` are the host functions, as `$capability.name`. */
export function expandMacros(
  nodes: readonly Node[],
  scope: MacroScope,
  offered: { has(name: string): boolean },
): readonly Node[] {
  return new Expander(scope, offered).expandAll(nodes, null);
}

class Expander {
  readonly #scope: MacroScope;
  readonly #offered: { has(name: string): boolean };

  constructor(scope: MacroScope, offered: { has(name: string): boolean }) {
    this.#scope = scope;
    this.#offered = offered;
  }

  /** `parent` is the word that the list around begins with, null for the body and for a list without one. */
  expandAll(nodes: readonly Node[], parent: string | null): readonly Node[] {
    return nodes.flatMap((node) => (node.kind === 'list' ? this.#expand(node, parent) : [node]));
  }

  #expand(list: List, parent: string | null): readonly Node[] {
    const head = headOf(list);
    const inside: List = { ...list, items: this.expandAll(list.items, head) };
    const macro = head === null ? undefined : MACROS.get(head);
    if (macro === undefined) return [inside];
    return this.#canStand(macro, list, parent) ? this.#apply(macro, inside) : [];
  }

  #canStand(macro: Macro, list: List, parent: string | null): boolean {
    if (parent !== null && !SEQUENCES.has(parent)) {
      this.#scope.problems.report(
        list.at,
        `"${excerpt(list)}" leaves no value, so it cannot be an operand of ${parent}`,
        'write it before, as an instruction of its own',
      );
      return false;
    }
    const missing = macro.needs.find((name) => !this.#offered.has(name));
    if (missing === undefined) return true;
    this.#scope.problems.report(list.at, `"${macro.name}" needs ${missing}, which is not granted`);
    return false;
  }

  #apply(macro: Macro, call: List): readonly Node[] {
    const expansion = macro.expand(call, this.#scope);
    if (expansion !== null) return expansion;
    this.#scope.problems.report(call.at, `this is not how ${macro.name} is written`, `write ${macro.usage}`);
    return [];
  }
}
