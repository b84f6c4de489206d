import { BlockFrames } from './block-frames.ts';
import { type BlockHeader, readBlockHeader } from './block-header.ts';
import type { BodyScope } from './body-scope.ts';
import { checkImmediates } from './immediates.ts';
import { INSTRUCTIONS } from './instructions.ts';
import type { Label } from './labels.ts';
import { isNumber } from './number-literals.ts';
import { type Atom, headOf, type List, MAX_NESTING, type Node, quoted } from './syntax.ts';
import { adviseOnInstruction } from './unknown-instruction.ts';

/**
 * Checks that a body consists of instructions, that each has what it needs behind its name, and that all
 * names mean something. Types of operands are left to the validator.
 */
export function checkBody(nodes: readonly Node[], scope: BodyScope): void {
  new BodyChecker(scope).sequence(nodes, 0);
}

class BodyChecker {
  readonly #scope: BodyScope;
  #depth = 0;
  #saidTooDeep = false;

  constructor(scope: BodyScope) {
    this.#scope = scope;
  }

  /** Instructions one after the other, folded and flat mixed, from `items[from]` to the end. */
  sequence(items: readonly Node[], from: number): void {
    const frames = new BlockFrames(this.#scope);
    let at = from;
    for (let node = items[at]; node !== undefined && !this.#scope.problems.full; node = items[at]) {
      if (node.kind === 'atom') at = this.#flat(node, items, at, frames);
      else {
        this.#folded(node, frames.open);
        at += 1;
      }
    }
    frames.finish();
  }

  /** One instruction that is written without parentheses; answers where the next begins. */
  #flat(word: Atom, items: readonly Node[], at: number, frames: BlockFrames): number {
    switch (word.text) {
      case 'block':
      case 'loop':
      case 'if': {
        const header = readBlockHeader(items, at + 1, this.#scope.problems);
        frames.begin(word, labelOf(word.text, header));
        this.#guardDepth(word.at, frames.open);
        return header.next;
      }
      case 'else':
      case 'end':
        return frames.part(word, items, at);
      default:
        return this.#behind(word, items, at + 1) ?? at + 1;
    }
  }

  #folded(node: Node | undefined, openFrames = 0): void {
    if (node?.kind !== 'list' || this.#scope.problems.full) return;
    this.#depth += 1 + openFrames;
    if (this.#guardDepth(node.at, 0)) this.#list(node);
    this.#depth -= 1 + openFrames;
  }

  #list(list: List): void {
    const [head] = list.items;
    if (head?.kind !== 'atom') {
      if (head === undefined) this.#scope.problems.report(list.at, '"()" is empty', 'leave it out');
      else this.#reportNoHead(list.at, head);
      return;
    }
    if (INSTRUCTIONS.has(head.text)) this.#operands(head, list.items);
    else if (head.text === 'block' || head.text === 'loop') this.#block(list, head);
    else if (head.text === 'if') this.#if(list, head);
    else if (!this.#reportMisplaced(head)) this.#operands(head, list.items);
  }

  #block(list: List, head: Atom): void {
    const header = readBlockHeader(list.items, 1, this.#scope.problems);
    this.#scope.labels.push(labelOf(head.text, header));
    this.sequence(list.items, header.next);
    this.#scope.labels.pop();
  }

  #if(list: List, head: Atom): void {
    const { problems, labels } = this.#scope;
    const header = readBlockHeader(list.items, 1, problems);
    const { items } = list;
    const then = items.findIndex((part, index) => index >= header.next && headOf(part) === 'then');
    this.#operandList(head, items, header.next, then === -1 ? items.length : then);
    if (then === -1) {
      problems.report(list.at, 'this if has no (then ...)', 'write (if (condition) (then ...) (else ...))');
      return;
    }
    labels.push(labelOf(head.text, header));
    this.#branches(items.slice(then));
    labels.pop();
  }

  /** `(then ...)` and perhaps `(else ...)`. */
  #branches([then, otherwise, ...rest]: readonly Node[]): void {
    this.#branch(then);
    const extra = headOf(otherwise) === 'else' ? rest[0] : otherwise;
    if (headOf(otherwise) === 'else') this.#branch(otherwise);
    if (extra !== undefined)
      this.#scope.problems.report(
        extra.at,
        'only one (else ...) can follow (then ...)',
        'put further instructions inside (then ...), or behind the if',
      );
  }

  #branch(node: Node | undefined): void {
    if (node?.kind !== 'list') return;
    this.#depth += 1;
    if (this.#guardDepth(node.at, 0)) this.sequence(node.items, 1);
    this.#depth -= 1;
  }

  #operands(head: Atom, items: readonly Node[]): void {
    const from = this.#behind(head, items, 1);
    if (from !== null) this.#operandList(head, items, from, items.length);
  }

  #reportNoHead(at: number, first: Node): void {
    const message = 'a list must begin with a word, of a form, a function or an instruction';
    const hint = `write ${quoted(first)} without these parentheses, or (list ${quoted(first)}) for a JSON array`;
    this.#scope.problems.report(at, message, hint);
  }

  /** The operands of a folded instruction, which must be in parentheses themselves. */
  #operandList(head: Atom, items: readonly Node[], from: number, to: number): void {
    let bare: Atom | null = null;
    for (let at = from; at < to; at += 1) {
      const operand = items[at];
      if (operand?.kind === 'atom') bare ??= operand;
    }
    if (bare !== null && (head.text === 'if' || INSTRUCTIONS.has(head.text))) this.#reportBare(head, bare);
    for (let at = from; at < to; at += 1) this.#folded(items[at]);
  }

  #reportBare(head: Atom, { text, at }: Atom): void {
    if (head.text.endsWith('.const')) {
      this.#scope.problems.report(
        at,
        `${head.text} takes one number, so "${text}" is too much`,
        'leave it out',
      );
      return;
    }
    const message = `${head.text} takes its operands in parentheses, got "${text}"`;
    const type = /^([if]\d\d)\./.exec(head.text)?.[1] ?? 'i32';
    let hint = `write (${text} ...)`;
    if (this.#scope.functions.has(text)) hint = `write (call ${text} ...)`;
    else if (text.startsWith('$')) hint = `write (local.get ${text})`;
    else if (isNumber(text)) hint = `write (${type}.const ${text})`;
    this.#scope.problems.report(at, message, hint);
  }

  /** Passes over the immediates of a plain instruction; null when what follows is not worth looking at. */
  #behind(word: Atom, items: readonly Node[], from: number): number | null {
    const immediates = INSTRUCTIONS.get(word.text);
    if (immediates !== undefined) return checkImmediates({ word, immediates }, items, from, this.#scope);
    const { message, hint, coversContents } = adviseOnInstruction(word.text, this.#scope.functions);
    this.#scope.problems.report(word.at, message, hint);
    return coversContents ? null : skipGuess(items, from);
  }

  #reportMisplaced({ text, at }: Atom): boolean {
    if (text !== 'param' && text !== 'result') return false;
    this.#scope.problems.report(
      at,
      `"(${text} ...)" cannot stand here`,
      'it belongs right behind block, loop or if; what the program takes and gives stands in its signature',
    );
    return true;
  }

  #guardDepth(at: number, openFrames: number): boolean {
    if (this.#depth + openFrames <= MAX_NESTING) return true;
    if (this.#saidTooDeep) return false;
    this.#saidTooDeep = true;
    this.#scope.problems.report(
      at,
      `blocks and expressions nest deeper than ${MAX_NESTING}`,
      'keep values in locals instead of one deep expression',
    );
    return false;
  }
}

/** A branch to a loop goes to its beginning, so it carries what the loop takes. */
function labelOf(word: string, { label, params, results }: BlockHeader): Label {
  return { name: label, values: word === 'loop' ? params : results };
}

/** Passes over what looks like the immediates of an instruction that is not known, to report it once. */
function skipGuess(items: readonly Node[], from: number): number {
  let at = from;
  for (let node = items[at]; node?.kind === 'atom' && /^[$\d+-]|=/.test(node.text); node = items[at]) at += 1;
  return at;
}
