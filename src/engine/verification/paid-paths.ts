import { Unproven } from './byte-cursor.ts';

interface OpenBlock {
  readonly kind: 'block' | 'loop' | 'if';
  /** Whether all branches to its end come from where something was taken. */
  joined: boolean;
  /** What held at its beginning. */
  readonly before: boolean;
  /** Whether a check goes behind it when nothing is left. */
  readonly asks: boolean;
}

/**
 * Follows all paths through a function, and knows whether each path to this place has taken something
 * since the last check that it passed. Where it has not, no branch may go back and no function be called.
 */
export class PaidPaths {
  readonly #blocks: OpenBlock[] = [{ kind: 'block', joined: true, before: false, asks: false }];
  #paid = false;

  /** Labels that are open, the function's own included. */
  get depth(): number {
    return this.#blocks.length;
  }

  take(): void {
    this.#paid = true;
  }

  check(): void {
    this.#paid = false;
  }

  open(kind: OpenBlock['kind'], asks = false): void {
    this.#blocks.push({ kind, joined: true, before: this.#paid, asks });
  }

  else(): void {
    const block = this.#blocks.at(-1);
    if (block === undefined) return;
    block.joined &&= this.#paid;
    this.#paid = block.before;
    this.#blocks[this.#blocks.length - 1] = { ...block, kind: 'block' };
  }

  /** Answers whether a check goes behind the block that ends. */
  end(): boolean {
    const block = this.#blocks.pop();
    if (block === undefined) return false;
    this.#paid &&= block.joined;
    // An `if` that had no `else` may have been passed over.
    if (block.kind === 'if') this.#paid &&= block.before;
    return block.asks;
  }

  branch(depth: number, at: number): void {
    const target = this.#blocks.at(-1 - depth);
    if (target === undefined) throw new Unproven(`a branch to label ${depth}`, at);
    if (target.kind === 'loop') this.demand('a turn of a loop that takes nothing', at);
    else target.joined &&= this.#paid;
  }

  /** What follows is not reached from here. */
  stop(): void {
    this.#paid = true;
  }

  demand(otherwise: string, at: number): void {
    if (!this.#paid) throw new Unproven(otherwise, at);
  }
}
