import type { BodyScope } from './body-scope.ts';
import type { Label } from './labels.ts';
import { type Atom, isName, type Node } from './syntax.ts';

const NO_IF = 'write (if (condition) (then ...) (else ...))';

interface Frame {
  readonly word: Atom;
  readonly label: Label;
  hasElse: boolean;
}

/** The blocks that are open in one sequence of flat instructions: `block ... end`. */
export class BlockFrames {
  readonly #scope: BodyScope;
  readonly #frames: Frame[] = [];

  constructor(scope: BodyScope) {
    this.#scope = scope;
  }

  get open(): number {
    return this.#frames.length;
  }

  begin(word: Atom, label: Label): void {
    this.#frames.push({ word, label, hasElse: false });
    this.#scope.labels.push(label);
  }

  /** `else` or `end` and the label that may repeat the block's; answers where the next instruction begins. */
  part(word: Atom, items: readonly Node[], at: number): number {
    const frame = this.#frames.at(-1);
    if (frame === undefined) this.#reportStray(word);
    else if (word.text === 'end') this.#end();
    else this.#else(frame, word);
    const label = items[at + 1];
    if (!isName(label)) return at + 1;
    if (frame !== undefined && label.text !== frame.label.name)
      this.#scope.problems.report(
        label.at,
        `this ${word.text} names "${label.text}" but belongs to ${frame.word.text} ${frame.label.name ?? 'without a name'}`,
        frame.label.name === null ? 'leave the name out' : `write ${frame.label.name}, or leave the name out`,
      );
    return at + 2;
  }

  /** Reports and leaves what is still open at the end of the sequence. */
  finish(): void {
    for (const { word } of this.#frames.splice(0)) {
      this.#scope.labels.pop();
      this.#scope.problems.report(word.at, `this ${word.text} has no end`, `close it with end`);
    }
  }

  #end(): void {
    this.#frames.pop();
    this.#scope.labels.pop();
  }

  #else(frame: Frame, word: Atom): void {
    if (frame.word.text === 'if' && !frame.hasElse) frame.hasElse = true;
    else this.#scope.problems.report(word.at, 'this else has no if of its own', NO_IF);
  }

  #reportStray(word: Atom): void {
    const hint = word.text === 'end' ? 'remove it' : NO_IF;
    this.#scope.problems.report(word.at, `this ${word.text} belongs to no open block`, hint);
  }
}
