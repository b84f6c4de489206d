import { LineIndex } from './line-index.ts';
import { SourceMap } from './source-map.ts';
import type { StaticData } from './static-data.ts';
import type { Node } from './syntax.ts';

export interface EmittedBody {
  readonly lines: readonly string[];
  readonly map: SourceMap;
}

const INDENT = '    ';

/**
 * Prints a body as plain WAT in pure ASCII, with the author's line breaks and an indentation of its own.
 * Texts are placed in `data` and become constants. The map counts lines from the first one printed.
 */
export function emitBody(body: string, nodes: readonly Node[], data: StaticData): EmittedBody {
  const printer = new Printer(body, data);
  for (const node of nodes) printer.node(node);
  return printer.finish();
}

class Printer {
  readonly #index: LineIndex;
  readonly #data: StaticData;
  readonly #lines: string[] = [];
  readonly #map = new SourceMap();
  #line = '';
  #sourceLine = 0;
  #depth = 0;
  /** Behind an opening parenthesis, where no space belongs. */
  #tight = true;

  constructor(body: string, data: StaticData) {
    this.#index = new LineIndex(body);
    this.#data = data;
  }

  node(node: Node): void {
    if (node.kind === 'atom') this.#put(node.text, node.at);
    else if (node.kind === 'text') this.#put(`(i32.const ${this.#data.place(node)})`, node.at);
    else {
      this.#put('(', node.at);
      this.#tight = true;
      this.#depth += 1;
      for (const item of node.items) this.node(item);
      this.#depth -= 1;
      this.#map.add(this.#lines.length, this.#line.length, node.end);
      this.#line += ')';
      this.#tight = false;
    }
  }

  finish(): EmittedBody {
    this.#lines.push(this.#line);
    return { lines: this.#lines, map: this.#map };
  }

  #put(text: string, at: number): void {
    const line = this.#index.lineOf(at);
    if (line !== this.#sourceLine && !this.#tight) this.#break();
    else if (!this.#tight) this.#line += ' ';
    if (this.#line === '') this.#line = INDENT + '  '.repeat(this.#depth);
    this.#sourceLine = line;
    this.#tight = false;
    this.#map.add(this.#lines.length, this.#line.length, at);
    this.#line += text;
  }

  #break(): void {
    this.#lines.push(this.#line);
    this.#line = '';
  }
}
