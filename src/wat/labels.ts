import type { BodyScope } from './body-scope.ts';
import { alternatives, listed, nearest } from './nearest.ts';
import type { Problems } from './problems.ts';
import type { Atom, Node } from './syntax.ts';

export interface Label {
  readonly name: string | null;
  /** How many values a branch to it carries. */
  readonly values: number;
}

const INDEX = /^\d{1,9}$/;
const LABEL = /^(\$.*|\d+)$/;
/** The function itself is the outermost label; it carries the status. */
const BODY: Label = { name: null, values: 1 };
const BY_NAME = 'name the block and go there by its name: (loop $again ... (br $again))';
const MAX_TARGETS = 1000;
/** wabt can report each branch with all the types that it carries, so their sum is bounded, not only each. */
const MAX_CARRIED = 10_000;

/** The blocks around the current place, and what all branches so far carry. */
export class Labels {
  readonly #open: Label[] = [];
  #carried = 0;

  push(label: Label): void {
    this.#open.push(label);
  }

  pop(): void {
    this.#open.pop();
  }

  get depth(): number {
    return this.#open.length;
  }

  get names(): readonly string[] {
    return this.#open.flatMap(({ name }) => name ?? []);
  }

  /** By `$name`, the innermost of that name, or by number, counted outwards from 0. */
  find(text: string): Label | undefined {
    if (text.startsWith('$')) return this.#open.findLast(({ name }) => name === text);
    if (!INDEX.test(text)) return undefined;
    const index = Number(text);
    return index === this.#open.length ? BODY : this.#open[this.#open.length - 1 - index];
  }

  /** Counts the values of branches; a sum that is too high is reported at the place that makes it so. */
  carry(values: number, at: number, problems: Problems): void {
    const before = this.#carried;
    this.#carried += values;
    if (before > MAX_CARRIED || this.#carried <= MAX_CARRIED) return;
    problems.report(
      at,
      `the branches of the body carry more than ${MAX_CARRIED} values together`,
      'keep values in locals instead of results of blocks',
    );
  }
}

/** The target of one branch. */
export function checkTarget(atom: Atom, scope: BodyScope): void {
  const label = resolve(atom, scope);
  if (label !== null) scope.labels.carry(label.values, atom.at, scope.problems);
}

/** The targets of a `br_table`, from `items[from]` on; answers where they end. */
export function checkTargets(items: readonly Node[], from: number, scope: BodyScope): number {
  const targets: Atom[] = [];
  for (let node = items[from]; node?.kind === 'atom' && isTarget(node, targets.length); ) {
    targets.push(node);
    node = items[from + targets.length];
  }
  const excess = targets[MAX_TARGETS];
  if (excess === undefined) checkEach(targets, scope);
  else
    scope.problems.report(
      excess.at,
      `a br_table has at most ${MAX_TARGETS} labels, got ${targets.length}`,
      'look the value up in memory instead',
    );
  return from + targets.length;
}

/** Whatever stands first is meant as a label. */
function isTarget({ text }: Atom, before: number): boolean {
  return before === 0 || LABEL.test(text);
}

function checkEach(targets: readonly Atom[], scope: BodyScope): void {
  let common: Label | null = null;
  for (const target of targets) {
    if (scope.problems.full) return;
    const label = resolve(target, scope);
    if (label === null) continue;
    common ??= label;
    scope.labels.carry(label.values, target.at, scope.problems);
    if (label.values === common.values) continue;
    scope.problems.report(
      target.at,
      `the labels of one br_table must carry the same values, but "${target.text}" carries ${label.values} and the first ${common.values}`,
      'give the blocks the same (result ...)',
    );
  }
}

function resolve({ text, at }: Atom, { labels, problems }: BodyScope): Label | null {
  const label = labels.find(text);
  if (label !== undefined) return label;
  if (INDEX.test(text)) {
    problems.report(at, `there is no label ${text} here; they go from 0 to ${labels.depth}`, BY_NAME);
    return null;
  }
  const { names } = labels;
  const near = nearest(text, names);
  const around = names.length > 0 ? `the blocks around are ${listed(names)}` : 'no block around has a name';
  const hint = near.length > 0 ? `did you mean ${alternatives(near)}?` : around;
  problems.report(at, `unknown label "${text}"`, hint);
  return null;
}
