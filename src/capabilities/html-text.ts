import type { Failure } from './capability.ts';
import { type MarkupHandler, readMarkup } from './html-reader.ts';

/** Elements that stand on lines of their own, with an empty line around. */
const PARAGRAPHS = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre figure article section form'.split(' '),
);
/** Elements that stand on lines of their own. */
const LINES = new Set(
  'div li tr dt dd header footer nav aside main address fieldset details summary caption option figcaption hr body head html'.split(
    ' ',
  ),
);
/** Elements whose content is not for reading. */
const HIDDEN = new Set('script style noscript template svg title textarea select iframe object'.split(' '));
const SPACE = /[ \t\r\n\f]+/g;
const NO_ATTRIBUTES: ReadonlySet<string> = new Set();

/** The text of a page as it reads: a line for each line, an empty one between paragraphs, " | " between cells. */
export function htmlToText(html: string): string | Failure {
  const reader = new TextReader();
  return readMarkup(html, reader, { attributes: NO_ATTRIBUTES }) ?? reader.finish();
}

/** A text with white space as a browser shows it. */
export function collapseSpace(text: string): string {
  return text.replace(SPACE, ' ').trim();
}

class TextReader implements MarkupHandler {
  readonly #writer = new LineWriter();
  /** The numbers of the lists that are open; null for one without. */
  readonly #lists: (number | null)[] = [];
  #hidden: { readonly name: string; depth: number } | null = null;
  #preformatted = 0;
  #cells = 0;

  text(text: string): void {
    if (this.#hidden !== null) return;
    if (this.#preformatted > 0) this.#writer.raw(text);
    else this.#writer.flow(text);
  }

  open(name: string): void {
    if (this.#hides(name, 1)) return;
    if (name === 'br') this.#writer.raw('\n');
    this.#break(name);
    if (name === 'ul' || name === 'ol') this.#lists.push(name === 'ol' ? 0 : null);
    else if (name === 'li') this.#writer.raw(this.#bullet());
    else if (name === 'tr') this.#cells = 0;
    else if (name === 'td' || name === 'th') this.#cell();
    else if (name === 'pre') this.#preformatted += 1;
  }

  close(name: string): void {
    if (this.#hides(name, -1)) return;
    if (name === 'pre') this.#preformatted = Math.max(0, this.#preformatted - 1);
    if (name === 'ul' || name === 'ol') this.#lists.pop();
    this.#break(name);
  }

  finish(): string {
    return this.#writer.finish();
  }

  /** Whether an element is hidden, or stands in one that is. */
  #hides(name: string, step: 1 | -1): boolean {
    if (this.#hidden === null) {
      if (step === -1 || !HIDDEN.has(name)) return false;
      this.#hidden = { name, depth: 1 };
      return true;
    }
    if (name === this.#hidden.name) this.#hidden.depth += step;
    if (this.#hidden.depth === 0) this.#hidden = null;
    return true;
  }

  #break(name: string): void {
    if (PARAGRAPHS.has(name)) this.#writer.newLine(2);
    else if (LINES.has(name)) this.#writer.newLine(1);
  }

  #bullet(): string {
    const number = this.#lists.at(-1) ?? null;
    if (number === null) return '- ';
    this.#lists[this.#lists.length - 1] = number + 1;
    return `${number + 1}. `;
  }

  #cell(): void {
    if (this.#cells > 0) this.#writer.raw(' | ');
    this.#cells += 1;
  }
}

/** Puts text together so that no line begins or ends with a space and no two empty lines follow. */
class LineWriter {
  readonly #pieces: string[] = [];
  #lineBreaks = 0;
  #isLineEmpty = true;
  #space = false;

  /** Text in which white space only separates. */
  flow(text: string): void {
    const collapsed = text.replace(SPACE, ' ');
    if (collapsed.startsWith(' ')) this.#space = true;
    const words = collapsed.trim();
    if (words === '') return;
    this.raw(words);
    this.#space = collapsed.endsWith(' ');
  }

  /** Text as it is. */
  raw(text: string): void {
    if (this.#lineBreaks > 0 && this.#pieces.length > 0) this.#pieces.push('\n'.repeat(this.#lineBreaks));
    else if (this.#space && !this.#isLineEmpty) this.#pieces.push(' ');
    this.#lineBreaks = 0;
    this.#space = false;
    this.#isLineEmpty = text.endsWith('\n') || text.endsWith(' ');
    this.#pieces.push(text);
  }

  newLine(count: 1 | 2): void {
    this.#lineBreaks = Math.max(this.#lineBreaks, count);
    this.#space = false;
    this.#isLineEmpty = true;
  }

  finish(): string {
    const text = this.#pieces.join('');
    return text
      .replace(/[ \t]+\n/g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
  }
}
