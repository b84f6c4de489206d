import { Tokenizer } from 'htmlparser2';
import type { Failure } from './capability.ts';
import { fail } from './capability.ts';

/** What a reader of HTML or XML is told, in the order of the text. Names are as written in XML, else in lower case. */
export interface MarkupHandler {
  text(text: string): void;
  open(name: string, attributes: ReadonlyMap<string, string>): void;
  close(name: string): void;
}

export interface MarkupOptions {
  /** XML instead of HTML. */
  readonly xml?: boolean;
  /** The attributes that the handler wants; all when not given. */
  readonly attributes?: ReadonlySet<string>;
}

/** Elements of HTML that have no content and no end. */
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
/** Tags, attributes and pieces of text; so many take about 100 ms, and large pages of people have a tenth. */
const MAX_PIECES = 300_000;
/** Attributes past these of one element are left out. */
const MAX_ATTRIBUTES = 256;

/**
 * Reads HTML or XML in one pass over the text, whatever is wrong with it. There is no tree: what is told
 * is what is written, and elements that are not closed stay open. EBOUND when there are too many pieces.
 */
export function readMarkup(
  text: string,
  handler: MarkupHandler,
  { xml = false, attributes }: MarkupOptions,
): Failure | null {
  const normal = (name: string) => (xml ? name : name.toLowerCase());
  let element = '';
  let found = new Map<string, string>();
  let attribute = '';
  let value = '';
  let pieces = 0;
  const count = () => {
    pieces += 1;
    if (pieces > MAX_PIECES) tokenizer.pause();
  };
  const told = (piece: string) => {
    count();
    handler.text(piece);
  };
  const opened = (isEmpty: boolean) => {
    handler.open(element, found);
    if (isEmpty || (!xml && VOID.has(element))) handler.close(element);
  };
  const tokenizer = new Tokenizer(
    { xmlMode: xml, decodeEntities: true },
    {
      ontext: (start, end) => told(text.slice(start, end)),
      ontextentity: (code) => told(String.fromCodePoint(code)),
      onopentagname(start, end) {
        count();
        element = normal(text.slice(start, end));
        found = new Map();
      },
      onattribname(start, end) {
        attribute = normal(text.slice(start, end));
        value = '';
      },
      onattribdata(start, end) {
        value += text.slice(start, end);
      },
      onattribentity(code) {
        value += String.fromCodePoint(code);
      },
      onattribend() {
        count();
        const isWanted = attributes === undefined || attributes.has(attribute);
        if (isWanted && !found.has(attribute) && found.size < MAX_ATTRIBUTES) found.set(attribute, value);
      },
      onopentagend: () => opened(false),
      onselfclosingtag: () => opened(xml),
      onclosetag(start, end) {
        count();
        const name = normal(text.slice(start, end));
        if (xml || !VOID.has(name)) handler.close(name);
      },
      oncdata: (start, end, offset) => told(text.slice(start, end - offset)),
      oncomment: () => undefined,
      ondeclaration: () => undefined,
      onprocessinginstruction: () => undefined,
      onend: () => undefined,
    },
  );
  tokenizer.write(text);
  tokenizer.end();
  if (pieces <= MAX_PIECES) return null;
  return fail('EBOUND', `more than ${MAX_PIECES} tags, attributes and pieces of text`);
}
