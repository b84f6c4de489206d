import type { Capability, Failure, GuestContext } from './capability.ts';
import { fail } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';
import { linksOf } from './html-links.ts';
import { readMarkup } from './html-reader.ts';
import { tablesOf } from './html-tables.ts';
import { collapseSpace, htmlToText } from './html-text.ts';
import { boundText, excerpt } from './text.ts';
import { createValues, refuseItems, type Values } from './values.ts';

const pure = hostFunction<Values>('pure');

/** Pages as people read them. Whatever is wrong with the HTML, it is read to the end. */
export const html: Capability<GuestContext> = defineCapability({
  name: 'html',
  open: (context: GuestContext) => context.share(createValues),
  functions: {
    to_text: pure({
      summary: 'The text of a page: paragraphs, "- " before items, " | " between cells.',
      fails: ['EBOUND'],
      params: { html: 'string' },
      result: 'string',
      run: (args) => {
        const text = htmlToText(args.html);
        return typeof text === 'string' ? boundText(text) : text;
      },
    }),
    title: pure({
      summary: 'The title of a page. ENOENT if it has none.',
      fails: ['EBOUND', 'ENOENT'],
      params: { html: 'string' },
      result: 'string',
      run: (args) => titleOf(args.html) ?? fail('ENOENT', 'the page has no title'),
    }),
    links: pure({
      summary:
        'An array of {text, url} of http(s) and mailto; base is the address of the page, for relative ones.',
      fails: ['EBOUND', 'EPARSE'],
      params: { html: 'string', base: { type: 'string', default: '' } },
      result: 'value',
      run: (args, values) => {
        const links = refuseBase(args.base) ?? linksOf(args.html, args.base);
        if ('ok' in links) return links;
        return refuseItems(links.length) ?? values.take(links.map((link) => new Map(Object.entries(link))));
      },
    }),
    tables: pure({
      summary: 'An array of tables, each an array of rows, each an array of texts.',
      fails: ['EBOUND'],
      params: { html: 'string' },
      result: 'value',
      run: (args, values) => {
        const tables = tablesOf(args.html);
        if ('ok' in tables) return tables;
        return refuseItems(tables.length) ?? values.take(tables.map((rows) => [...rows]));
      },
    }),
    escape: pure({
      summary: 'The text with &lt; and so on for what has a meaning in HTML.',
      fails: ['EBOUND'],
      params: { text: 'string' },
      result: 'string',
      run: ({ text }) => boundText(escapeHtml(text)),
    }),
  },
});

/** The text of the first title; null when there is none. */
function titleOf(page: string): string | Failure | null {
  const pieces: string[] = [];
  let state: 'before' | 'inside' | 'after' = 'before';
  const text = (piece: string) => {
    if (state === 'inside') pieces.push(piece);
  };
  const open = (name: string) => {
    if (name === 'title' && state === 'before') state = 'inside';
  };
  const close = (name: string) => {
    if (name === 'title' && state === 'inside') state = 'after';
  };
  const problem = readMarkup(page, { text, open, close }, { attributes: new Set() });
  if (problem !== null) return problem;
  const title = collapseSpace(pieces.join(''));
  return title === '' ? null : title;
}

function refuseBase(base: string): Failure | null {
  if (base === '' || URL.canParse(base)) return null;
  return fail(
    'EPARSE',
    `expected the address of the page, such as https://example.com/, got ${excerpt(base)}`,
  );
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
