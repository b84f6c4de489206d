import { type Atom, excerpt, type List, type Node } from '../syntax.ts';
import { bind } from './bindings.ts';
import { type Expression, plain, reported } from './expression.ts';
import { immediatesEnd } from './immediates-end.ts';
import { INSTRUCTION_TYPES } from './instruction-types.ts';
import { retyped, wordValue } from './literals.ts';
import { asOperand } from './plain-operands.ts';
import { elaborateReturn } from './returns.ts';
import type { Scope } from './scope.ts';
import { isPointer, join, type Type, typeOfHost } from './types.ts';

/** An instruction with what stands behind it: in a list its immediates and operands, else only immediates. */
export interface Instruction {
  readonly word: Atom;
  readonly immediates: readonly Node[];
  readonly operands: readonly Node[];
}

/** Instructions that take and leave the same wherever they stand. */
const FIXED = /^([if](32|64)\.|memory\.)/;

interface Operands {
  readonly nodes: readonly Node[];
  readonly types: readonly Type[];
  readonly takes: number;
  readonly ends: boolean;
}

/** `(i32.add $x 1)`: a plain instruction, in which bare words and forms may stand for operands. */
export function elaborateFolded(list: List, word: Atom, scope: Scope): Expression {
  const from = immediatesEnd(word, list.items, 1);
  // A constant takes nothing: what is too much is reported with the other mistakes of plain WAT.
  if (word.text.endsWith('.const')) return plain([list], INSTRUCTION_TYPES.get(word.text)?.leaves ?? []);
  const instruction = { word, immediates: list.items.slice(1, from), operands: list.items.slice(from) };
  if (word.text === 'return') return elaborateReturn(list, scope);
  if (word.text === 'local.set' && isBinding(instruction, scope))
    return bind(list, scope) ?? plain([list], []);
  const wanted = takesOf(instruction, scope);
  const operands = elaborateOperands(instruction, wanted, scope);
  if (hasTooMany(instruction, operands)) return tooMany(instruction, list.at, scope);
  const { types, takes, ends } = operands;
  const nodes = [withOperands(list, from, operands.nodes)];
  return outcomeOf(instruction, { nodes, types, takes, ends }, scope);
}

/** The list itself where nothing was to be done: most of plain WAT stays as it is, and is not made anew. */
function withOperands(list: List, from: number, operands: readonly Node[]): List {
  const { items, at, end } = list;
  const same =
    items.length - from === operands.length && operands.every((it, index) => it === items[from + index]);
  return same ? list : { kind: 'list', items: [...items.slice(0, from), ...operands], at, end };
}

/** Of a local that the forms bind, and so know the type of. */
function isBinding(instruction: Instruction, scope: Scope): boolean {
  const name = localNamed(instruction, scope)?.text;
  return (
    name !== undefined &&
    instruction.operands.length === 1 &&
    scope.locals.has(name) &&
    !scope.locals.isDeclared(name)
  );
}

/** What stands for itself takes what it takes; the rest would stay on the stack for whoever comes next. */
function hasTooMany({ word, operands }: Instruction, { types }: Operands): boolean {
  const takes = FIXED.test(word.text) ? INSTRUCTION_TYPES.get(word.text)?.takes : undefined;
  return takes !== undefined && operands.length > takes.length && types.length > takes.length;
}

function tooMany({ word, operands }: Instruction, at: number, scope: Scope): Expression {
  const { takes = [] } = INSTRUCTION_TYPES.get(word.text) ?? {};
  const count = takes.length === 1 ? '1 operand' : `${takes.length} operands`;
  scope.problems.report(
    at,
    `${word.text} takes ${count}, got ${operands.length}`,
    'nest it, or leave the rest out',
  );
  return reported(at);
}

/** An instruction of flat WAT, whose operands are on the stack. */
export function elaborateFlat(word: Atom, immediates: readonly Node[], scope: Scope): Expression {
  const none = { nodes: [word, ...immediates], types: [], takes: 0, ends: false };
  return outcomeOf({ word, immediates, operands: [] }, none, scope);
}

/** What it leaves, from the types of the operands that it was given; what is missing comes from the stack. */
function outcomeOf(instruction: Instruction, given: Operands, scope: Scope): Expression {
  const { text } = instruction.word;
  const wanted = takesOf(instruction, scope);
  const takes = Math.max(0, wanted.length - given.types.length) + given.takes;
  const ends = given.ends || (INSTRUCTION_TYPES.get(text)?.ends ?? false);
  const leaves = leavesOf(instruction, given.types, scope);
  const sets = text === 'local.set' || text === 'local.tee' ? localNamed(instruction, scope) : null;
  if (sets !== null && given.types.length > 0) scope.locals.note(sets, given.types.at(-1) ?? 'unknown');
  return plain(given.nodes, leaves, { takes, ends, sets: takes > 0 ? sets : null });
}

function takesOf({ word, immediates }: Instruction, scope: Scope): readonly Type[] {
  switch (word.text) {
    case 'call': {
      const callee = calleeOf(immediates, scope);
      return callee?.params.map(({ type }) => typeOfHost(type)) ?? [];
    }
    case 'local.set':
    case 'local.tee':
      return [localType(immediates, scope)];
    case 'select':
      return ['never', 'never', 'bool'];
    default:
      return INSTRUCTION_TYPES.get(word.text)?.takes ?? [];
  }
}

function leavesOf({ word, immediates }: Instruction, given: readonly Type[], scope: Scope): readonly Type[] {
  switch (word.text) {
    case 'call': {
      const callee = calleeOf(immediates, scope);
      if (callee === undefined)
        return immediates.some((it) => it.kind === 'atom' && it.text === '$run')
          ? ['i32']
          : ['never', 'never'];
      if (callee.result === 'none') return callee.ends ? [] : ['i32', 'i32'];
      return callee.ends ? [typeOfHost(callee.result)] : [typeOfHost(callee.result), 'i32'];
    }
    case 'local.get':
    case 'local.tee':
      return [localType(immediates, scope)];
    case 'select':
      return [join(given[0] ?? 'unknown', given[1] ?? 'unknown') ?? 'unknown'];
    case 'br_if':
      return given.slice(0, -1);
    default: {
      const known = INSTRUCTION_TYPES.get(word.text);
      const pointer =
        known?.keepsPointers === true && given.some((type) => type === 'unknown' || isPointer(type));
      return pointer ? ['unknown'] : (known?.leaves ?? []);
    }
  }
}

function calleeOf([name]: readonly Node[], scope: Scope) {
  return name?.kind === 'atom' ? scope.functions.get(name.text) : undefined;
}

/** By its name, or by the place of one that has a name. */
function localNamed({ immediates: [name] }: Instruction, scope: Scope): Atom | null {
  if (name?.kind !== 'atom' || name.text.startsWith('$')) return name?.kind === 'atom' ? name : null;
  const text = scope.locals.nameAt(Number(name.text));
  return text === null ? null : { ...name, text };
}

function localType([name]: readonly Node[], scope: Scope): Type {
  if (name?.kind !== 'atom') return 'never';
  return name.text.startsWith('$') ? scope.locals.typeOf(name.text) : scope.locals.typeAt(Number(name.text));
}

/** The operands in parentheses and bare; those that are not given are the first, which are on the stack. */
function elaborateOperands(instruction: Instruction, wanted: readonly Type[], scope: Scope): Operands {
  const { word, operands } = instruction;
  const offset = Math.max(0, wanted.length - operands.length);
  const nodes: Node[] = [];
  const types: Type[] = [];
  let takes = 0;
  let ends = false;
  for (const [index, node] of operands.entries()) {
    const value = elaborateOperand(node, wanted[index + offset] ?? 'never', word, scope);
    takes += Math.max(0, value.takes - types.length);
    types.splice(Math.max(0, types.length - value.takes));
    for (const type of value.leaves) types.push(type);
    for (const made of value.nodes) nodes.push(made);
    ends ||= value.ends;
  }
  return { nodes, types, takes, ends };
}

function elaborateOperand(node: Node, wanted: Type, word: Atom, scope: Scope): Expression {
  // What is no value is reported with the other mistakes of plain WAT.
  const expression = node.kind === 'atom' ? wordValue(node, scope) : scope.expression(node);
  if (expression === null) return plain([node], ['never']);
  // Nothing to drop is dropped already.
  if (expression.droppable && expression.leaves.length === 0 && !expression.ends && word.text !== 'drop')
    scope.problems.report(
      node.at,
      `"${excerpt(node)}" leaves no value, so it cannot be an operand of ${word.text}`,
      'write it before, as an instruction of its own',
    );
  const typed = expression.literal === null ? null : retyped(expression.literal, wanted);
  if (typed !== null) return { ...expression, nodes: typed, leaves: [wanted] };
  return asOperand(scope, expression, { node, word: word.text, wanted });
}
