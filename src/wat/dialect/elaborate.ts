import type { Locals } from '../locals.ts';
import { nearest } from '../nearest.ts';
import { Problems } from '../problems.ts';
import { refusalOf } from '../refused-words.ts';
import { type Atom, headOf, type List, type Node } from '../syntax.ts';
import type { HostImport, Signature, ValueType } from '../types.ts';
import { bindArgument, isOwnLocal } from './argv.ts';
import { elaborateBlock } from './blocks.ts';
import { type BodyNames, namesOf } from './body-names.ts';
import { set } from './build.ts';
import { elaborateCall } from './calls.ts';
import { elaborateEnd } from './endings.ts';
import { type Expression, plain, reported, reportedWith } from './expression.ts';
import { firstMentions, type Mention } from './first-mentions.ts';
import { FORMS } from './forms.ts';
import { type GivenLocals, givenLocals } from './given-locals.ts';
import { habitOf } from './habits.ts';
import { isInstruction } from './instruction-types.ts';
import { wordValue } from './literals.ts';
import { LocalTypes } from './local-types.ts';
import { elaborateFolded } from './plain.ts';
import { type PlainUses, plainUses } from './plain-uses.ts';
import { ResultType } from './result-type.ts';
import type { Flow, Scope } from './scope.ts';
import { Sequence } from './sequence.ts';
import { Temporaries } from './temporaries.ts';
import { isPointer } from './types.ts';
import { zero } from './zero.ts';

export interface ElaborateOptions {
  /** Takes the locals that the body binds and that expansions need. */
  readonly locals: Locals;
  readonly problems: Problems;
  readonly functions: ReadonlyMap<string, HostImport>;
  readonly signature: Signature | null;
  lineOf(at: number): number;
}

export interface Elaborated {
  /** Plain instructions. */
  readonly nodes: readonly Node[];
  /** The declared type of the result, or the one that the body gives; null for none or an unknown one. */
  readonly result: ValueType | null;
  /** What has no meaning here and is left to be judged as plain WAT, also where a form has dropped it. */
  readonly unknown: readonly Node[];
  /** Names that a form may have meant to bind that was reported: nothing more is said of them. */
  readonly excused: ReadonlySet<string>;
}

/** Most bodies need one or two passes; each further one is for a local whose type follows from another's. */
const MAX_PASSES = 12;

/**
 * Turns the dialect into plain instructions, which all keep their place in the author's body. Types of locals follow
 * from their values wherever those stand, so the body is gone through until no type changes any more.
 */
export function elaborate(nodes: readonly Node[], options: ElaborateOptions): Elaborated {
  const uses = plainUses(nodes, options.functions);
  const types = new LocalTypes(options.locals, uses.writes ? uses.addresses : new Set());
  const result = new ResultType(options.signature?.result ?? null);
  const names = namesOf(nodes);
  let known: GivenLocals | null = null;
  const given = (): GivenLocals => (known ??= givenLocals(nodes, options));
  for (let count = 1; ; count += 1) {
    const pass = new Pass({ ...options, names, uses, given }, types, result);
    const output = pass.body(nodes);
    const changedAt = types.endPass();
    if (changedAt === null && !result.changed) return finish(output, pass, options, { types, result });
    if (count === MAX_PASSES) {
      options.problems.report(
        changedAt ?? 0,
        'the types of the locals depend on each other too far',
        'give each local its first value before it is used',
      );
      return { nodes: [], result: null, unknown: [], excused: new Set() };
    }
  }
}

interface Known {
  readonly types: LocalTypes;
  readonly result: ResultType;
}

function finish(
  nodes: readonly Node[],
  pass: Pass,
  { locals, problems, lineOf }: ElaborateOptions,
  { types, result }: Known,
): Elaborated {
  problems.takeOver(pass.problems);
  types.reportConflicts(problems, lineOf);
  types.declareAll(locals);
  pass.temporaries.declare(locals);
  return { nodes, result: result.wanted, unknown: pass.unknown, excused: pass.excused };
}

interface PassOptions extends ElaborateOptions {
  readonly names: BodyNames;
  readonly uses: PlainUses;
  readonly given: () => GivenLocals;
}

/** One way through the body. */
class Pass implements Scope {
  readonly problems = new Problems();
  readonly unknown: Node[] = [];
  readonly excused = new Set<string>();
  readonly locals: LocalTypes;
  readonly temporaries: Temporaries;
  readonly flow: Flow = { loops: [], catches: [] };
  readonly result: ResultType;
  readonly plain: PlainUses;
  readonly given: () => GivenLocals;
  readonly signature: Signature | null;
  readonly functions: ReadonlyMap<string, HostImport>;
  readonly #names: BodyNames;

  constructor(options: PassOptions, locals: LocalTypes, result: ResultType) {
    const { names, functions, signature, uses, given } = options;
    this.#names = names;
    this.functions = functions;
    this.signature = signature;
    this.locals = locals;
    this.result = result;
    this.plain = uses;
    this.given = given;
    result.beginPass();
    this.temporaries = new Temporaries(new Set([...names.all, ...options.locals.names]));
  }

  body(nodes: readonly Node[]): readonly Node[] {
    if (nodes.length === 0) return [];
    const args = this.#arguments(nodes);
    const body = this.sequence(nodes, 0, null);
    return [...args, ...this.#firstValues(nodes), ...elaborateEnd(body, nodes.at(-1), this)];
  }

  /** A local starts as 0, which is neither a text nor a list nor a JSON value. */
  #firstValues(nodes: readonly Node[]): readonly Node[] {
    const at = nodes[0]?.at ?? 0;
    const taken = new Set(this.signature?.params.map(({ name }) => `$${name}`));
    return [...this.#names.unset].flatMap((name) => {
      if (taken.has(name) || this.#names.pointers.has(name) || this.locals.isDeclared(name)) return [];
      const type = this.locals.typeOf(name);
      return type === 'value' || isPointer(type) ? [set(at, name, zero(at, type, this))] : [];
    });
  }

  /** Arguments that the body uses by name and binds in no other way. */
  #arguments(nodes: readonly Node[]): readonly Node[] {
    const { all, pointers } = this.#names;
    const at = nodes[0]?.at ?? 0;
    const params = this.signature?.params ?? [];
    const declared = params.some(({ name }) => this.locals.isDeclared(`$${name}`));
    const mentions = declared ? firstMentions(nodes) : new Map<string, Mention>();
    return params.flatMap((param, index) => {
      const name = `$${param.name}`;
      const own = pointers.has(name) || isOwnLocal(param, mentions.get(name), this);
      return all.has(name) && !own ? bindArgument(this, param, index, at) : [];
    });
  }

  sequence(items: readonly Node[], from: number, results: number | null): Expression {
    return new Sequence(this).elaborate(items, from, results);
  }

  expression(node: Node): Expression {
    if (node.kind === 'text') return { ...plain([node], ['text']), droppable: true };
    if (node.kind === 'atom') return wordValue(node, this) ?? this.#leave(node);
    const [head] = node.items;
    if (head?.kind === 'atom') return this.#list(node, head);
    // A list without a word is reported with the other mistakes of plain WAT.
    return head !== undefined && habitOf(node) !== null ? this.#unknown(node, head) : this.#leave(node);
  }

  #list(list: List, head: Atom): Expression {
    const word = head.text;
    const form = FORMS.get(word);
    if (form !== undefined) return form.elaborate(list, this) ?? this.#misuse(list, form.usage);
    if (word === 'block' || word === 'loop') return elaborateBlock(list, this);
    if (isInstruction(word)) return elaborateFolded(list, head, this);
    const callee = this.functions.get(`$${word}`);
    if (callee === undefined) return this.#unknown(list, head);
    if (callee.ends) this.#reportMark(head);
    return elaborateCall(list, callee, this);
  }

  /** `(kv.get! "key")`. */
  #reportMark({ text, at }: Atom): void {
    const own = text.slice(0, -1);
    this.problems.report(
      at,
      `"${text}" is for plain calls`,
      `write (${own} ...), which ends the program too when it fails`,
    );
  }

  #misuse(list: List, usage: string): Expression {
    const habit = habitOf(list);
    if (habit !== null || NO_OPERANDS.has(headOf(list) ?? '')) this.#excuse(list);
    if (habit !== null) this.problems.report(list.at, habit.message, habit.hint);
    else this.problems.report(list.at, `this is not how ${headOf(list)} is written`, `write ${usage}`);
    if (habit !== null || NO_OPERANDS.has(headOf(list) ?? '')) return reported(list.at);
    return reportedWith(list.at, this.#operands(list));
  }

  /** A word that is none: said here where other languages have it, else with the other mistakes of plain WAT. */
  #unknown(list: List, head: Node): Expression {
    const habit = habitOf(list);
    if (habit !== null) {
      this.#excuse(list);
      this.problems.report(head.at, habit.message, habit.hint);
      return reported(list.at);
    }
    const refused = refusalOf(headOf(list) ?? '') !== null;
    // Another part of a module may be written for what this one defines.
    if (refused) this.#excuse(list);
    const items = refused ? list.items.slice(1) : this.#contents(list);
    const left = { ...list, items: [head, ...items] };
    this.unknown.push(left);
    return plain([left], ['never'], { ends: true });
  }

  /** What stands in a form that takes nothing but operands: names and lists, as others may be meant for words. */
  #operands({ items }: List): readonly Node[] {
    return items
      .slice(1)
      .flatMap((node) => (node.kind === 'list' || isLocal(node) ? this.expression(node).nodes : []));
  }

  #leave(node: Node): Expression {
    this.unknown.push(node);
    return plain([node], ['never']);
  }

  /** What stands in a list of an unknown word is gone through for its own mistakes. */
  #contents(list: List): readonly Node[] {
    const name = mayName(list) ? list.items.find(isLocal) : undefined;
    this.#excuseName(name);
    return list.items.slice(1).flatMap((node) => {
      const value = node.kind !== 'atom' || (isLocal(node) && node !== name);
      return value ? this.expression(node).nodes : [node];
    });
  }

  /** Names in what was reported may be bound by it: of them nothing more is said, and they are offered to nobody. */
  #excuse(list: List): void {
    for (const [index, node] of list.items.entries()) {
      if (node.kind === 'list') this.#excuse(node);
      else if (index === 1 || isLocal(node)) this.#excuseName(node);
    }
  }

  #excuseName(node: Node | undefined): void {
    if (node?.kind !== 'atom') return;
    this.excused.add((node.text.startsWith('$') ? node.text : `$${node.text}`).replace(/:$/, ''));
  }
}

/** Forms that bind names, or take words and branches beside operands. */
const NO_OPERANDS = new Set(
  'let set each for while if do catch default argv new format break continue'.split(' '),
);

function isLocal(node: Node): boolean {
  return node.kind === 'atom' && /^\$[^.]+$/.test(node.text);
}

/** Words with a name behind them that may be no local yet, or none at all; and the fewest items of their lists. */
const NAMING: ReadonlyMap<string, number> = new Map([
  ...['block', 'loop', 'br', 'br_if', 'call'].map((word) => [word, 2] as const),
  ...['let', 'set', 'catch', 'argv', 'each'].map((word) => [word, 3] as const),
  ['for', 4],
]);

/** Whether such a word may be meant by the unknown one in front. */
function mayName({ items }: List): boolean {
  const [head] = items;
  const word = head?.kind === 'atom' ? head.text : '';
  if (/^(global|memory|table)\b|_global$/.test(word)) return true;
  return nearest(word, NAMING.keys()).some((near) => items.length >= (NAMING.get(near) ?? 0));
}
