import { Tokenizer } from 'htmlparser2';

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
/** Attributes past these of one element are left out. */
const MAX_ATTRIBUTES = 256;

/**
 * Reads HTML or XML in one pass over the text, whatever is wrong with it. There is no tree: what is told
 * is what is written, and elements that are not closed stay open.
 */
export function readMarkup(
  text: string,
  handler: MarkupHandler,
  { xml = false, attributes }: MarkupOptions,
): void {
  const normal = (name: string) => (xml ? name : name.toLowerCase());
  let element = '';
  let found = new Map<string, string>();
  let attribute = '';
  let value = '';
  const opened = (isEmpty: boolean) => {
    handler.open(element, found);
    if (isEmpty || (!xml && VOID.has(element))) handler.close(element);
  };
  const tokenizer = new Tokenizer(
    { xmlMode: xml, decodeEntities: true },
    {
      ontext: (start, end) => handler.text(text.slice(start, end)),
      ontextentity: (code) => handler.text(String.fromCodePoint(code)),
      onopentagname(start, end) {
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
        const isWanted = attributes === undefined || attributes.has(attribute);
        if (isWanted && !found.has(attribute) && found.size < MAX_ATTRIBUTES) found.set(attribute, value);
      },
      onopentagend: () => opened(false),
      onselfclosingtag: () => opened(xml),
      onclosetag(start, end) {
        const name = normal(text.slice(start, end));
        if (xml || !VOID.has(name)) handler.close(name);
      },
      oncdata: (start, end, offset) => handler.text(text.slice(start, end - offset)),
      oncomment: () => undefined,
      ondeclaration: () => undefined,
      onprocessinginstruction: () => undefined,
      onend: () => undefined,
    },
  );
  tokenizer.write(text);
  tokenizer.end();
}
