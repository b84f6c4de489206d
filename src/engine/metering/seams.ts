/** The seam at which nothing may be paid ahead: calls, loops, operations paid by size, and the end. */
export const BOUNDARY = 0;

/** A straight run of code between two seams. */
export interface PricedRun {
  /** Fuel of the run's own operators, and what is to be taken at its start once the seams are settled. */
  cost: number;
  readonly into: number;
  readonly out: number;
  /** Whether it must be paid at its start, for one because it may trap. */
  readonly prompt: boolean;
  /** Whether nothing leads to it. */
  readonly dead: boolean;
}

/**
 * Moves charges along the ways through a function so that fewer are left. A seam is a set of jumps of
 * which those from the same run and those to the same run are one; whoever comes through a seam has
 * paid its amount ahead, or owes it when it is negative. A run then takes `cost + amount(out) -
 * amount(into)`, which adds up to the same on every path from boundary to boundary, whatever the
 * amounts are. They are chosen so that no charge is negative, and nothing is owed for a run that may trap.
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

  #amounts(runs: readonly PricedRun[]): Float64Array {
    const amounts = new Float64Array(this.#parents.length);
    const owed = this.#owe(runs, amounts);
    const targets = this.#bySeam(runs, (run) => run.into);
    for (const seam of [BOUNDARY, ...owed]) targets.delete(seam);
    this.#payAhead(targets, amounts);
    return amounts;
  }

  /** A run behind a boundary may be paid in each of the runs that follow, when they follow it alone. */
  #owe(runs: readonly PricedRun[], amounts: Float64Array): ReadonlySet<number> {
    const live = runs.filter(({ dead }) => !dead);
    const sources = this.#bySeam(live, (run) => run.out);
    const owed = new Set([BOUNDARY]);
    for (const run of live) {
      const [into, out] = [this.#root(run.into), this.#root(run.out)];
      if (run.prompt || out === BOUNDARY || !owed.has(into) || sources.get(out)?.length !== 1) continue;
      amounts[out] = (amounts[into] ?? 0) - run.cost;
      owed.add(out);
    }
    return owed;
  }

  /** From the last seam to the first, so that those further on are known; one that is not counts as 0. */
  #payAhead(targets: ReadonlyMap<number, readonly PricedRun[]>, amounts: Float64Array): void {
    for (const [seam, into] of [...targets].reverse()) {
      const onward = into.filter(({ out }) => this.#root(out) !== seam);
      const least = onward.reduce(
        (lowest, run) => Math.min(lowest, run.cost + this.#amountOf(run.out, amounts)),
        Number.POSITIVE_INFINITY,
      );
      amounts[seam] = Number.isFinite(least) ? least : 0;
    }
  }

  /** In the order in which the seams come first. */
  #bySeam(runs: readonly PricedRun[], seamOf: (run: PricedRun) => number): Map<number, PricedRun[]> {
    const bySeam = new Map<number, PricedRun[]>();
    for (const run of runs) {
      const seam = this.#root(seamOf(run));
      const known = bySeam.get(seam);
      if (known === undefined) bySeam.set(seam, [run]);
      else known.push(run);
    }
    return bySeam;
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
