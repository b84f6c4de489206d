import type { Failure } from './capability.ts';
import { type MarkupHandler, readMarkup } from './html-reader.ts';
import { collapseSpace } from './html-text.ts';
import { MAX_ITEMS } from './values.ts';

/** A link with its text as a browser shows it. */
export interface Link {
  readonly text: string;
  readonly url: string;
}

const ATTRIBUTES: ReadonlySet<string> = new Set(['href']);
const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);
/** Only to learn the scheme of a link whose page has no address. */
const ANY_BASE = 'https://base.invalid/';

/**
 * The links of a page to http, https and mailto in their order, at most one more than a list may have. Relative ones are made whole by the
 * page's own base, or else by the one given; without either they stay as they are.
 */
export function linksOf(html: string, base: string): readonly Link[] | Failure {
  const reader = new LinkReader(base);
  return readMarkup(html, reader, { attributes: ATTRIBUTES }) ?? reader.finish();
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
    if (href === undefined || href === '' || href.startsWith('#')) return;
    // Looked at as parsed: a browser passes over control characters, as in java&#10;script.
    const whole = URL.parse(href, this.#base);
    const { protocol } = whole ?? URL.parse(href, ANY_BASE) ?? { protocol: 'https:' };
    if (SCHEMES.has(protocol)) this.#url = whole?.href ?? href;
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
