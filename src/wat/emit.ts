import type { LineIndex } from './line-index.ts';
import type { SourceMap } from './source-map.ts';
import type { StaticData } from './static-data.ts';
import { headOf, type List, type Node } from './syntax.ts';

const INDENT = 4;
/** Deeper lists stand no further in. */
const MAX_INDENT = 40;
/** A list that is longer has each of its parts on a line of its own. */
const WIDTH = 96;

/**
 * Prints a body as plain WAT in pure ASCII, a line for each instruction; flat ones keep the author's line breaks.
 * Texts are placed in `data` and become constants. Where a `map` is wanted, it counts lines from the first one.
 */
export function emitBody(printed: PrintedBody, map: SourceMap | null = null): readonly string[] {
  const printer = new Printer(printed, map);
  printer.sequence(printed.nodes, 0);
  return printer.finish();
}

export interface PrintedBody {
  readonly nodes: readonly Node[];
  readonly index: LineIndex;
  readonly data: StaticData;
}

class Printer {
  readonly #index: LineIndex;
  readonly #data: StaticData;
  readonly #lines: string[] = [];
  readonly #map: SourceMap | null;
  #line = '';
  /** The author's line of the last flat instruction, or 0 behind a list. */
  #sourceLine = 0;

  constructor({ index, data }: PrintedBody, map: SourceMap | null) {
    this.#index = index;
    this.#data = data;
    this.#map = map;
  }

  /** Lists on lines of their own, words of flat WAT side by side. */
  sequence(nodes: readonly Node[], depth: number): void {
    this.#sourceLine = 0;
    for (const node of nodes) {
      const line = node.kind === 'atom' ? this.#index.lineOf(node.at) : 0;
      const follows = line > 0 && line === this.#sourceLine;
      if (follows) this.#line += ' ';
      else this.#break(depth);
      this.#node(node, depth);
      this.#sourceLine = line;
    }
  }

  finish(): readonly string[] {
    this.#lines.push(this.#line);
    return this.#lines;
  }

  #node(node: Node, depth: number): void {
    if (node.kind === 'atom') this.#put(node.text, node.at);
    else if (node.kind === 'text') this.#put(this.#constant(node), node.at);
    else if (width(node, WIDTH) <= WIDTH) this.#flat(node);
    else this.#spread(node, depth);
  }

  #flat(list: List): void {
    this.#put('(', list.at);
    for (const [index, item] of list.items.entries()) {
      if (index > 0) this.#line += ' ';
      if (item.kind === 'list') this.#flat(item);
      else this.#put(item.kind === 'atom' ? item.text : this.#constant(item), item.at);
    }
    this.#close(list);
  }

  /** The word and what belongs to it on one line, the rest below. */
  #spread(list: List, depth: number): void {
    this.#put('(', list.at);
    const rest = list.items.findIndex((item, index) => index > 0 && item.kind !== 'atom' && !isHeader(item));
    const split = rest === -1 ? list.items.length : rest;
    for (const [index, item] of list.items.slice(0, split).entries()) {
      if (index > 0) this.#line += ' ';
      this.#node(item, depth);
    }
    this.sequence(list.items.slice(split), depth + 1);
    this.#close(list);
  }

  #close({ end }: List): void {
    this.#map?.add(this.#lines.length, this.#line.length, end);
    this.#line += ')';
  }

  #constant(text: Extract<Node, { kind: 'text' }>): string {
    return `(i32.const ${this.#data.place(text)})`;
  }

  #put(text: string, at: number): void {
    this.#map?.add(this.#lines.length, this.#line.length, at);
    this.#line += text;
  }

  #break(depth: number): void {
    if (this.#line !== '') this.#lines.push(this.#line);
    this.#line = ' '.repeat(Math.min(MAX_INDENT, INDENT + 2 * depth));
  }
}

function isHeader(node: Node): boolean {
  const head = headOf(node);
  return head === 'result' || head === 'param';
}

/** Characters on one line, counted no further than `most`; a text is as long as a constant. */
function width(node: Node, most: number): number {
  if (node.kind === 'atom') return node.text.length;
  if (node.kind === 'text') return 'i32.const 1000'.length;
  let sum = 1;
  for (const item of node.items) {
    sum += 1 + width(item, most - sum);
    if (sum > most) return sum;
  }
  return sum;
}
