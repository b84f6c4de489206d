import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { type MarkupHandler, readMarkup } from './html-reader.ts';
import type { Json } from './json-value.ts';
import { excerpt } from './text.ts';
import { MAX_ITEMS } from './values.ts';

const MAX_DEPTH = 100;
/** What may stand outside the root; `]>` is what the reader of tags leaves of a document type with parts. */
const OUTSIDE_TEXT = /^[\s\ufeff]*(?:\]>\s*)?$/;

/** An element that is being read. */
interface OpenElement {
  readonly name: string;
  readonly members: Map<string, Json>;
  readonly text: string[];
}

/**
 * The elements of a name, wherever they stand and whatever is wrong around them, or the root for null, EPARSE
 * where there is not just one or its tags do not match. An element that holds only text is that text. Any other is
 * an object of its children by name, those of one name in an array, of its attributes as `@name`, and of its text,
 * if any, as `#text`.
 */
export function readXml(text: string, wanted: string | null): Json[] | Failure {
  const reader = new XmlReader(wanted);
  return readMarkup(text, reader, { xml: true }) ?? reader.finish(text);
}

class XmlReader implements MarkupHandler {
  readonly #wanted: string | null;
  readonly #found: Json[] = [];
  /** Names of the elements around the one that is being built. */
  readonly #around: string[] = [];
  readonly #open: OpenElement[] = [];
  #isTooDeep = false;
  /** What is wrong with a document that is read whole, the first of it. */
  #problem: string | null = null;

  constructor(wanted: string | null) {
    this.#wanted = wanted;
  }

  text(text: string): void {
    const element = this.#open.at(-1);
    if (element !== undefined) element.text.push(text);
    else if (!OUTSIDE_TEXT.test(text)) this.#refuse(`expected an element around ${excerpt(text.trim())}`);
  }

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    if (this.#open.length + this.#around.length >= MAX_DEPTH) this.#isTooDeep = true;
    if (this.#isTooDeep) return;
    if (this.#open.length === 0 && this.#wanted !== null && this.#wanted !== name) {
      this.#around.push(name);
      return;
    }
    if (this.#open.length === 0 && this.#found.length > 0) {
      this.#refuse(`expected the end after the root, got <${name}>`);
    }
    const members = new Map<string, Json>();
    for (const [key, value] of attributes) members.set(`@${key}`, value);
    this.#open.push({ name, members, text: [] });
  }

  /** An end closes what stands open inside; one that fits nothing is passed over. */
  close(name: string): void {
    if (this.#isTooDeep) return;
    const last = this.#open.at(-1)?.name;
    if (last !== name)
      this.#refuse(`expected ${last === undefined ? 'an element' : `</${last}>`}, got </${name}>`);
    const inside = this.#open.findLastIndex((element) => element.name === name);
    if (inside >= 0) {
      while (this.#open.length > inside) this.#closeLast();
      return;
    }
    const around = this.#open.length > 0 ? -1 : this.#around.lastIndexOf(name);
    if (around >= 0) this.#around.length = around;
  }

  finish(text: string): Json[] | Failure {
    if (this.#isTooDeep) return fail('EBOUND', `the elements nest deeper than ${MAX_DEPTH} levels`);
    const last = this.#open.at(-1);
    if (last !== undefined) this.#refuse(`<${last.name}> is not closed`);
    while (this.#open.length > 0) this.#closeLast();
    if (this.#problem !== null) return fail('EPARSE', this.#problem);
    if (this.#found.length > 0 || this.#wanted !== null) return this.#found;
    return fail('EPARSE', `expected XML, got ${excerpt(text)}`);
  }

  /** A reader of all elements of a name takes what it finds, as feeds are often not what they should be. */
  #refuse(problem: string): void {
    if (this.#wanted === null) this.#problem ??= problem;
  }

  #closeLast(): void {
    const element = this.#open.pop();
    if (element === undefined) return;
    const value = jsonOf(element);
    const parent = this.#open.at(-1);
    if (parent !== undefined) addMember(parent.members, element.name, value);
    else if (this.#found.length <= MAX_ITEMS) {
      this.#found.push(this.#wanted === null ? new Map([[element.name, value]]) : value);
    }
  }
}

function jsonOf({ members, text }: OpenElement): Json {
  const own = text.join('').trim();
  if (members.size === 0) return own;
  if (own !== '') members.set('#text', own);
  return members;
}

/** Only an array is made here, since an element itself is never one. */
function addMember(members: Map<string, Json>, name: string, value: Json): void {
  const known = members.get(name);
  if (known === undefined) members.set(name, value);
  else if (Array.isArray(known)) known.push(value);
  else members.set(name, [known, value]);
}
