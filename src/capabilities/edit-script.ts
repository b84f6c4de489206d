/** Lines to take out, lines to put in, and lines that then stay. */
export interface Edit {
  readonly removed: number;
  readonly added: readonly string[];
  readonly kept: number;
}

/** Past so many edits, or so many comparisons, the part that differs counts as wholly replaced. */
const MAX_EDITS = 600;
const MAX_COMPARISONS = 3_000_000;

/** How to make `after` of `before` by the fewest lines (Myers), or by replacing all that is not equal at both ends. */
export function shortestEdit(before: readonly string[], after: readonly string[]): Edit[] {
  const [a, b] = numberLines(before, after);
  const head = commonLength(a, b, (lines, index) => lines[index]);
  const rest = Math.min(a.length, b.length) - head;
  const tail = Math.min(
    rest,
    commonLength(a, b, (lines, index) => lines[lines.length - 1 - index]),
  );
  const middle: Middle = { a: a.slice(head, a.length - tail), b: b.slice(head, b.length - tail) };
  const kept = keptPairs(middle);
  return editsOf(middle, kept, { head, tail, after });
}

interface Middle {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** A line that stays, by its places in both. */
type Pair = readonly [old: number, fresh: number];

/** Equal lines get equal numbers, which are quick to compare. */
function numberLines(...texts: readonly [readonly string[], readonly string[]]): [number[], number[]] {
  const numbers = new Map<string, number>();
  const numberOf = (line: string): number => {
    const known = numbers.get(line) ?? numbers.size;
    numbers.set(line, known);
    return known;
  };
  return [texts[0].map(numberOf), texts[1].map(numberOf)];
}

function commonLength(
  a: readonly number[],
  b: readonly number[],
  at: (lines: readonly number[], index: number) => number | undefined,
): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && at(a, length) === at(b, length)) length += 1;
  return length;
}

/** For each number of edits, how far along `a` each diagonal got; the ways back are read from it. */
function keptPairs({ a, b }: Middle): readonly Pair[] {
  const reach = new Int32Array(2 * MAX_EDITS + 3);
  const middle = MAX_EDITS + 1;
  const trace: Int32Array[] = [];
  let comparisons = 0;
  for (let edits = 0; edits <= MAX_EDITS; edits += 1) {
    trace.push(reach.slice(middle - edits - 1, middle + edits + 2));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = startOn(reach, middle, diagonal, edits);
      let y = x - diagonal;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x += 1;
        y += 1;
        comparisons += 1;
      }
      reach[middle + diagonal] = x;
      if (x >= a.length && y >= b.length) return walkBack(trace, a.length, b.length);
    }
    if (comparisons > MAX_COMPARISONS) return [];
  }
  return [];
}

/** Whether the way onto a diagonal is by a line put in; else by one taken out. */
function isDown(reach: Int32Array, middle: number, diagonal: number, edits: number): boolean {
  const below = reach[middle + diagonal - 1] ?? 0;
  const above = reach[middle + diagonal + 1] ?? 0;
  return diagonal === -edits || (diagonal !== edits && below < above);
}

function startOn(reach: Int32Array, middle: number, diagonal: number, edits: number): number {
  if (isDown(reach, middle, diagonal, edits)) return reach[middle + diagonal + 1] ?? 0;
  return (reach[middle + diagonal - 1] ?? 0) + 1;
}

function walkBack(trace: readonly Int32Array[], length: number, otherLength: number): Pair[] {
  const pairs: Pair[] = [];
  let x = length;
  let y = otherLength;
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const reach = trace[edits] ?? new Int32Array();
    const diagonal = x - y;
    const start = startOn(reach, edits + 1, diagonal, edits);
    for (; x > start; x -= 1) pairs.push([x - 1, x - 1 - diagonal]);
    const down = isDown(reach, edits + 1, diagonal, edits);
    x = down ? start : start - 1;
    y = down ? start - diagonal - 1 : start - diagonal;
  }
  return pairs.reverse();
}

interface Ends {
  readonly head: number;
  readonly tail: number;
  readonly after: readonly string[];
}

function editsOf({ a, b }: Middle, kept: readonly Pair[], { head, tail, after }: Ends): Edit[] {
  const edits: Edit[] = [{ removed: 0, added: [], kept: head }];
  let old = 0;
  let fresh = 0;
  for (const [x, y] of kept) {
    edits.push({ removed: x - old, added: after.slice(head + fresh, head + y), kept: 1 });
    old = x + 1;
    fresh = y + 1;
  }
  edits.push({ removed: a.length - old, added: after.slice(head + fresh, head + b.length), kept: tail });
  return edits;
}
