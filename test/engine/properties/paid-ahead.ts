import { type FuelRules, priceOf, smallCost } from './fuel-rules.ts';
import type { Instruction, Simple, Structured } from './program.ts';

const BULK = /^(memory|table)\.(fill|copy|init|grow)$/;
const LEAVES = /^(return|unreachable|(return_)?call(_indirect)?)$/;

/** What follows a sequence: the cost behind its end, and behind a branch to each label, from the inside out. */
interface Onward {
  readonly end: number;
  readonly labels: readonly number[];
}

/**
 * The most that may be charged ahead where a program traps: what would be sure to follow, up to the next
 * place at which the bill must be exact. Those are calls, loop headers, operations paid by size and the
 * end of the function; of several ways there the cheapest counts.
 */
export function aheadOf(rules: FuelRules, body: readonly Instruction[], trapped: Instruction): number {
  const ways = new Ways(rules, trapped);
  return ways.behindTrap(body, { end: priceOf(rules, 'end'), labels: [0] }) ?? 0;
}

class Ways {
  readonly #rules: FuelRules;
  readonly #trapped: Instruction;

  constructor(rules: FuelRules, trapped: Instruction) {
    this.#rules = rules;
    this.#trapped = trapped;
  }

  /** What is sure to follow the operator that trapped, or null when it is not in this sequence. */
  behindTrap(body: readonly Instruction[], onward: Onward): number | null {
    for (const [index, instruction] of body.entries()) {
      const after = () => this.#from(body, index + 1, onward);
      if (instruction === this.#trapped) return LEAVES.test(nameOf(instruction)) ? 0 : after();
      if (instruction.kind !== 'structured') continue;
      for (const { arm, inside } of this.#arms(instruction, after(), onward)) {
        const found = this.behindTrap(arm, inside);
        if (found !== null) return found;
      }
    }
    return null;
  }

  /** The cheapest way from an operator on. */
  #from(body: readonly Instruction[], index: number, onward: Onward): number {
    const instruction = body[index];
    if (instruction === undefined) return onward.end;
    const after = () => this.#from(body, index + 1, onward);
    const price = priceOf(this.#rules, nameOf(instruction));
    if (instruction.kind === 'constant') return price + after();
    if (instruction.kind === 'structured') return price + this.#through(instruction, after(), onward);
    if (BULK.test(instruction.op)) {
      const small = smallCost(this.#rules, instruction.op, body[index - 1]);
      return small === null ? price : price + small + after();
    }
    return price + this.#behind(instruction, after, onward);
  }

  #behind({ op, immediates }: Simple, after: () => number, { labels }: Onward): number {
    const to = (depth: number) => labels[depth] ?? 0;
    const [first = 0, ...others] = immediates;
    if (op === 'br') return to(first);
    if (op === 'br_if') return Math.min(to(first), after());
    if (op === 'br_table') return Math.min(...others.map(to));
    return LEAVES.test(op) ? 0 : after();
  }

  #through(block: Structured, after: number, onward: Onward): number {
    if (block.op === 'loop') return 0;
    const arms = this.#arms(block, after, onward).map(({ arm, inside }) => this.#from(arm, 0, inside));
    return block.op === 'if' && block.otherwise === null ? Math.min(after, ...arms) : Math.min(...arms);
  }

  #arms(
    { op, body, otherwise }: Structured,
    after: number,
    { labels }: Onward,
  ): { arm: readonly Instruction[]; inside: Onward }[] {
    const inside = (last: string) => ({
      end: priceOf(this.#rules, last) + after,
      labels: [op === 'loop' ? 0 : after, ...labels],
    });
    if (otherwise === null) return [{ arm: body, inside: inside('end') }];
    return [
      { arm: body, inside: inside('else') },
      { arm: otherwise, inside: inside('end') },
    ];
  }
}

function nameOf(instruction: Instruction): string {
  return instruction.kind === 'constant' ? `${instruction.type}.const` : instruction.op;
}
