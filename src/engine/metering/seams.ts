/** The seam at which nothing may be paid ahead: calls, loops, operations paid by size, and the end. */
export const BOUNDARY = 0;

/** A straight run of code between two seams. */
export interface PricedRun {
  /** Fuel of the run's own operators, and what is to be taken at its start once the seams are settled. */
  cost: number;
  readonly into: number;
  readonly out: number;
}

/**
 * Moves charges forward in time so that fewer are left. A seam is a set of jumps of which those from
 * the same run and those to the same run are one; whoever comes through a seam has paid its amount
 * ahead. A run then takes `cost + amount(out) - amount(into)`, which adds up to the same on every path
 * from boundary to boundary, whatever the amounts are; each is as large as keeps every charge from
 * being negative.
 */
export class Seams {
  readonly #parents: number[] = [BOUNDARY];

  open(): number {
    return this.#parents.push(this.#parents.length) - 1;
  }

  /** Makes two seams one; the boundary stays the boundary. */
  join(left: number, right: number): void {
    const [a, b] = [this.#root(left), this.#root(right)];
    this.#parents[Math.max(a, b)] = Math.min(a, b);
  }

  /** Sets the cost of each run, in the order of the code, to what it takes at its start. */
  settle(runs: readonly PricedRun[]): void {
    const amounts = this.#amounts(runs);
    for (const run of runs) {
      run.cost += this.#amountOf(run.out, amounts) - this.#amountOf(run.into, amounts);
    }
  }

  /** From the last seam to the first, so that those further on are known; one that is not counts as 0. */
  #amounts(runs: readonly PricedRun[]): Float64Array {
    const amounts = new Float64Array(this.#parents.length);
    const targets = new Map<number, PricedRun[]>();
    for (const run of runs) {
      const seam = this.#root(run.into);
      const known = targets.get(seam);
      if (known === undefined) targets.set(seam, [run]);
      else known.push(run);
    }
    targets.delete(BOUNDARY);
    for (const [seam, into] of [...targets].reverse()) {
      const onward = into.filter(({ out }) => this.#root(out) !== seam);
      const least = onward.reduce(
        (sum, run) => Math.min(sum, run.cost + this.#amountOf(run.out, amounts)),
        Infinity,
      );
      amounts[seam] = Number.isFinite(least) ? least : 0;
    }
    return amounts;
  }

  #amountOf(seam: number, amounts: Float64Array): number {
    return amounts[this.#root(seam)] ?? 0;
  }

  #root(seam: number): number {
    let root = seam;
    for (;;) {
      const parent = this.#parents[root] ?? BOUNDARY;
      if (parent === root) return root;
      this.#parents[root] = this.#parents[parent] ?? BOUNDARY;
      root = parent;
    }
  }
}
