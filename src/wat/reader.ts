import { Lexer } from './lexer.ts';
import { LineIndex } from './line-index.ts';
import type { Problems } from './problems.ts';
import { headOf, MAX_NESTING, type Node } from './syntax.ts';

export interface ReadBody {
  readonly nodes: readonly Node[];
  /** False when the parentheses do not match, so that further passes would report nonsense. */
  readonly sound: boolean;
}

interface OpenList {
  readonly at: number;
  readonly items: Node[];
}

/** Reads a body into its S-expressions. It never recurses, and what it gives nests at most MAX_NESTING deep. */
export function readBody(body: string, problems: Problems): ReadBody {
  return new Reader(body, problems).read();
}

class Reader {
  readonly #body: string;
  readonly #problems: Problems;
  readonly #lexer: Lexer;
  readonly #top: Node[] = [];
  readonly #open: OpenList[] = [];
  #balanced = true;

  constructor(body: string, problems: Problems) {
    this.#body = body;
    this.#problems = problems;
    this.#lexer = new Lexer(body, problems);
  }

  read(): ReadBody {
    for (let token = this.#lexer.next(); token.kind !== 'end'; token = this.#lexer.next()) {
      if (token.kind === 'open') this.#open.push({ at: token.at, items: [] });
      else if (token.kind === 'close') this.#close(token.at);
      else this.#add(token);
      if (this.#open.length > MAX_NESTING) return this.#tooDeep(token.at);
    }
    // An unclosed string or comment swallows parentheses; to count them as missing would mislead.
    if (this.#lexer.sound) this.#reportUnclosed();
    const sound = this.#lexer.sound && this.#balanced && this.#open.length === 0;
    return { nodes: this.#top, sound };
  }

  #add(node: Node): void {
    (this.#open.at(-1)?.items ?? this.#top).push(node);
  }

  #close(at: number): void {
    const list = this.#open.pop();
    if (list !== undefined) {
      this.#add({ kind: 'list', items: list.items, at: list.at, end: at });
      return;
    }
    this.#balanced = false;
    this.#problems.report(at, 'this ")" closes nothing', 'remove it, or open what it should close');
  }

  #tooDeep(at: number): ReadBody {
    this.#problems.report(
      at,
      `parentheses nest deeper than ${MAX_NESTING}`,
      'keep values in locals instead of one deep expression',
    );
    return { nodes: this.#top, sound: false };
  }

  #reportUnclosed(): void {
    const inner = this.#open.at(-1);
    if (inner === undefined) return;
    const count = this.#open.length;
    const head = headOf({ kind: 'list', items: inner.items, at: inner.at, end: inner.at });
    const missing = count === 1 ? 'one ")" is missing' : `${count} ")" are missing`;
    this.#problems.report(inner.at, `"(${head ?? ''}" is never closed: ${missing}`, this.#whereMissing());
  }

  /** The usual cause: a line that does not stand deeper than a list that is still open there. */
  #whereMissing(): string {
    const index = new LineIndex(this.#body);
    for (const list of this.#open) {
      const { line, column } = index.positionOf(list.at);
      const child = firstOfLines(list.items, index).find(
        (item) => index.lineOf(item.at) > line && index.positionOf(item.at).column <= column,
      );
      if (child !== undefined)
        return `the "(" of ${line}:${column} should probably be closed before line ${index.lineOf(child.at)}`;
    }
    return 'close it behind its last part';
  }
}

function firstOfLines(items: readonly Node[], index: LineIndex): Node[] {
  let last = 0;
  return items.filter((item) => {
    const line = index.lineOf(item.at);
    const first = line !== last;
    last = line;
    return first;
  });
}
