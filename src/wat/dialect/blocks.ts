import { readBlockHeader } from '../block-header.ts';
import { Problems } from '../problems.ts';
import { headOf, type List, type Node } from '../syntax.ts';
import { type Expression, plain } from './expression.ts';
import type { Scope } from './scope.ts';
import { stackType, type Type } from './types.ts';

/** What is behind the word: label, parameters and results. Checks nothing. */
export interface Header {
  readonly nodes: readonly Node[];
  readonly params: number;
  readonly results: readonly Type[];
  readonly next: number;
}

/** What is wrong with a header is reported with the other mistakes of plain WAT. */
export function headerOf(items: readonly Node[], from: number): Header {
  const { params, next } = readBlockHeader(items, from, new Problems());
  const nodes = items.slice(from, next);
  const results = nodes.flatMap((node) => (headOf(node) === 'result' ? typesIn(node) : []));
  return { nodes, params, results, next };
}

function typesIn(node: Node): Type[] {
  const types = node.kind === 'list' ? node.items.slice(1) : [];
  return types.map((type) => {
    const word = type.kind === 'atom' ? type.text : '';
    return word === 'i64' || word === 'f32' || word === 'f64' ? word : 'unknown';
  });
}

/** `(block $l (result i32) ...)` and `(loop ...)`, whose contents are a sequence. */
export function elaborateBlock(list: List, scope: Scope): Expression {
  const { nodes, params, results, next } = headerOf(list.items, 1);
  const contents = scope.sequence(list.items, next, results.length);
  const block = { ...list, items: [...list.items.slice(0, 1), ...nodes, ...contents.nodes] };
  return plain([block], sharpened(results, contents.leaves), { takes: params });
}

/** The types of a header, with what the contents say of those that are i32. */
export function sharpened(declared: readonly Type[], given: readonly Type[]): readonly Type[] {
  const offset = declared.length - given.length;
  return declared.map((type, index) => {
    const known = given[index - offset] ?? type;
    return type === 'unknown' && stackType(known) === 'i32' ? known : type;
  });
}
