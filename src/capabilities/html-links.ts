import { type MarkupHandler, readMarkup } from './html-reader.ts';
import { collapseSpace } from './html-text.ts';
import { MAX_ITEMS } from './values.ts';

/** A link with its text as a browser shows it. */
export interface Link {
  readonly text: string;
  readonly url: string;
}

const ATTRIBUTES: ReadonlySet<string> = new Set(['href']);
/** Links to a place on the same page, and those that are programs. */
const NO_LINK = /^(?:#|javascript:|$)/i;

/**
 * The links of a page in their order, at most one more than a list may have. Relative ones are made whole by the
 * page's own base, or else by the one given; without either they stay as they are.
 */
export function linksOf(html: string, base: string): readonly Link[] {
  const reader = new LinkReader(base);
  readMarkup(html, reader, { attributes: ATTRIBUTES });
  return reader.finish();
}

class LinkReader implements MarkupHandler {
  readonly #links: Link[] = [];
  #base: string;
  #url: string | null = null;
  #text: string[] = [];

  constructor(base: string) {
    this.#base = base;
  }

  text(text: string): void {
    if (this.#url !== null) this.#text.push(text);
  }

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    const href = attributes.get('href')?.trim();
    if (name === 'base' && href !== undefined) this.#base = URL.parse(href, this.#base)?.href ?? this.#base;
    if (name !== 'a') return;
    this.#end();
    if (href === undefined || NO_LINK.test(href)) return;
    this.#url = URL.parse(href, this.#base)?.href ?? href;
  }

  close(name: string): void {
    if (name === 'a') this.#end();
  }

  finish(): readonly Link[] {
    this.#end();
    return this.#links;
  }

  #end(): void {
    if (this.#url !== null && this.#links.length <= MAX_ITEMS) {
      this.#links.push({ text: collapseSpace(this.#text.join('')), url: this.#url });
    }
    this.#url = null;
    this.#text = [];
  }
}
