/** Elements whose content is not for reading, or for browsers that are older than it. */
const UNREAD = new Set(
  'script style noscript template svg title textarea select datalist iframe object video audio canvas annotation'.split(
    ' ',
  ),
);
/** Elements that authors close, so that what an attribute hides has an end. */
const CLOSED = new Set(
  'div span section article aside nav main header footer form fieldset dialog details ul ol menu dl table figure pre blockquote h1 h2 h3 h4 h5 h6 a b i em strong font small label button'.split(
    ' ',
  ),
);
/** Elements that the next one of the name ends, too. */
const FOLLOWED = new Set('p li dt dd tr'.split(' '));
/** Where one of these ends that began before, what is hidden in it ends too. */
const CONTAINERS = new Set(
  'div section article aside main header footer table tr td th ul ol body'.split(' '),
);
const NOT_SHOWN = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i;

interface Hidden {
  readonly name: string;
  readonly byAttribute: boolean;
  /** How many of each element are open in it, itself among them. */
  readonly open: Map<string, number>;
}

/** The attributes that `opens` looks at. */
export const HIDING_ATTRIBUTES = ['hidden', 'style'] as const;

/** Follows a page from tag to tag and knows what of it a browser does not show. */
export class HiddenElements {
  #hidden: Hidden | null = null;

  get hides(): boolean {
    return this.#hidden !== null;
  }

  /** Whether the element that begins is hidden, or stands in one that is. */
  opens(name: string, attributes: ReadonlyMap<string, string>): boolean {
    if (this.#hidden?.name === name && FOLLOWED.has(name)) this.#hidden = null;
    if (this.#hidden !== null) this.#count(this.#hidden, name, 1);
    else if (UNREAD.has(name)) this.#hide(name, false);
    else if ((CLOSED.has(name) || FOLLOWED.has(name)) && isHiding(attributes)) this.#hide(name, true);
    return this.hides;
  }

  /** Whether the element that ends is hidden, or stands in one that is. */
  closes(name: string): boolean {
    const hidden = this.#hidden;
    if (hidden === null) return false;
    if (hidden.byAttribute && CONTAINERS.has(name) && !hidden.open.get(name)) {
      this.#hidden = null;
      return false;
    }
    if (this.#count(hidden, name, -1) <= 0 && name === hidden.name) this.#hidden = null;
    return true;
  }

  #hide(name: string, byAttribute: boolean): void {
    this.#hidden = { name, byAttribute, open: new Map([[name, 1]]) };
  }

  #count({ open }: Hidden, name: string, step: 1 | -1): number {
    const count = Math.max(0, (open.get(name) ?? 0) + step);
    open.set(name, count);
    return count;
  }
}

function isHiding(attributes: ReadonlyMap<string, string>): boolean {
  return attributes.has('hidden') || NOT_SHOWN.test(attributes.get('style') ?? '');
}
