import type { Failure } from './capability.ts';
import { HIDING_ATTRIBUTES, HiddenElements } from './html-hidden.ts';
import { HtmlLists } from './html-lists.ts';
import { type MarkupHandler, readMarkup } from './html-reader.ts';
import { HtmlRows } from './html-rows.ts';

/** Elements that stand on lines of their own, with an empty line around. */
const PARAGRAPHS = new Set(
  'p h1 h2 h3 h4 h5 h6 hgroup hr dl blockquote pre figure article section form fieldset'.split(' '),
);
/** Elements that stand on lines of their own. */
const LINES = new Set(
  'div li dt dd header footer nav aside main search address details dialog summary legend caption option figcaption center body head html'.split(
    ' ',
  ),
);
const LISTS = new Set(['ul', 'ol', 'menu']);
const CELLS = new Set(['td', 'th']);
/** Elements that stand in a line, apart from what is beside them. */
const BOXES = new Set(['button', 'input', 'label']);
/** The sign of a link to the heading that it stands behind. */
const PERMALINK = '¶';
const EXPONENT = /^[-+−\d]+$/;
const BASE = '0123456789-−+';
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺';
const SPACE = /[ \t\r\n\f]+/g;
const ATTRIBUTES: ReadonlySet<string> = new Set(['start', 'value', ...HIDING_ATTRIBUTES]);

/**
 * The text of a page as it reads: a line for each line, an empty one between paragraphs, " | " between cells, lists in
 * lists indented.
 */
export function htmlToText(html: string): string | Failure {
  const reader = new TextReader();
  return readMarkup(html, reader, { attributes: ATTRIBUTES }) ?? reader.finish();
}

/** A text with white space as a browser shows it. */
export function collapseSpace(text: string): string {
  return text.replace(SPACE, ' ').trim();
}

class TextReader implements MarkupHandler {
  readonly #rows = new HtmlRows();
  readonly #lists = new HtmlLists();
  readonly #hidden = new HiddenElements();
  #preformatted = 0;
  #raised = false;

  text(text: string): void {
    if (this.#hidden.hides || text === PERMALINK) return;
    const lines = this.#rows.current;
    if (this.#preformatted > 0) lines.raw(text);
    else lines.flow(this.#raised && EXPONENT.test(text) ? raise(text) : text);
  }

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    if (this.#hidden.opens(name, attributes)) return;
    const lines = this.#rows.current;
    if (name === 'br') lines.break();
    else if (name === 'q') lines.flow('“');
    else if (name === 'sup') this.#raised = true;
    else if (BOXES.has(name)) lines.space();
    else if (LISTS.has(name)) this.#openList(name, attributes);
    else if (name === 'li') lines.mark(this.#lists.item(attributes));
    else this.#openBlock(name);
  }

  close(name: string): void {
    if (this.#hidden.closes(name)) return;
    const lines = this.#rows.current;
    if (name === 'q') lines.flow('”');
    else if (name === 'sup') this.#raised = false;
    else if (BOXES.has(name)) lines.space();
    else if (LISTS.has(name)) this.#closeList();
    else if (name === 'table') this.#rows.closeTable();
    else if (name === 'tr') this.#rows.endRow();
    else if (CELLS.has(name)) this.#rows.endCell();
    else this.#closeBlock(name);
  }

  finish(): string {
    return this.#rows.finish();
  }

  #openList(name: string, attributes: ReadonlyMap<string, string>): void {
    this.#rows.current.newLine(this.#lists.isOpen ? 1 : 2);
    this.#lists.open(name, attributes);
  }

  #closeList(): void {
    this.#lists.close();
    this.#rows.current.unmark();
    this.#rows.current.newLine(this.#lists.isOpen ? 1 : 2);
  }

  #openBlock(name: string): void {
    if (name === 'table') this.#rows.openTable();
    else if (name === 'tr') this.#rows.endRow();
    else if (CELLS.has(name)) this.#openCell();
    else this.#break(name);
    if (name !== 'pre') return;
    this.#preformatted += 1;
    this.#rows.block();
  }

  #openCell(): void {
    this.#raised = false;
    this.#rows.openCell();
  }

  #closeBlock(name: string): void {
    if (name === 'pre') this.#preformatted = Math.max(0, this.#preformatted - 1);
    if (name === 'li') this.#rows.current.unmark();
    this.#break(name);
  }

  #break(name: string): void {
    const count = PARAGRAPHS.has(name) ? 2 : LINES.has(name) ? 1 : 0;
    if (count === 0) return;
    // One that was not closed reaches no further.
    this.#raised = false;
    this.#rows.current.newLine(count);
  }
}

/** 2 as ², so that 10 to the power of 6 is not read as 106. */
function raise(digits: string): string {
  return [...digits].map((digit) => RAISED[BASE.indexOf(digit)] ?? digit).join('');
}
