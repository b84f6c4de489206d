import { LineIndex } from './line-index.ts';
import type { Diagnostic } from './types.ts';

interface Problem {
  /** Offset into the body. */
  readonly at: number;
  readonly message: string;
  readonly hint: string;
}

/** More than this helps nobody to mend a body, and one mistake can make thousands. */
const LIMIT = 20;

/** The mistakes found so far, from all passes. */
export class Problems {
  readonly #problems: Problem[] = [];
  /** Places of which all is said. */
  readonly #settled = new Set<number>();
  #firstOmitted: number | null = null;

  /** Reports what makes no word or number at all: whatever is made of it afterwards follows from that. */
  reportLast(at: number, message: string, hint: string): void {
    this.report(at, message, hint);
    this.#settled.add(at);
  }

  report(at: number, message: string, hint: string): void {
    if (this.#settled.has(at)) return;
    if (this.#problems.some((known) => known.at === at && known.message === message)) return;
    if (this.#problems.length < LIMIT) this.#problems.push({ at, message, hint });
    else this.#firstOmitted ??= at;
  }

  /** Takes what another list has found, behind its own. */
  takeOver(other: Problems): void {
    for (const { at, message, hint } of other.#problems) this.report(at, message, hint);
    for (const at of other.#settled) this.#settled.add(at);
    this.#firstOmitted ??= other.#firstOmitted;
  }

  /** Whether one stands there or behind it. */
  reaches(at: number): boolean {
    return this.#problems.some((problem) => problem.at >= at);
  }

  get found(): boolean {
    return this.#problems.length > 0;
  }

  /** One was left out already; a pass may end early. */
  get full(): boolean {
    return this.#firstOmitted !== null;
  }

  /** In the order of the text, and a last one that says so when some were left out. */
  toDiagnostics(body: string): readonly Diagnostic[] {
    const index = new LineIndex(body);
    const inOrder = this.#problems.toSorted((a, b) => a.at - b.at);
    if (this.#firstOmitted !== null)
      inOrder.push({
        at: this.#firstOmitted,
        message: `there are more than ${LIMIT} mistakes`,
        hint: 'mend these first',
      });
    return inOrder.map(({ at, message, hint }) => ({ ...index.positionOf(at), message, hint }));
  }
}
