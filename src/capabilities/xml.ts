import type { Capability, GuestContext } from './capability.ts';
import { fail } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';
import { createValues, refuseItems, type Values } from './values.ts';
import { readXml } from './xml-tree.ts';

const pure = hostFunction<Values>('pure');

/** Feeds, site maps and other XML. */
export const xml: Capability<GuestContext> = defineCapability({
  name: 'xml',
  open: (context: GuestContext) => context.share(createValues),
  functions: {
    parse: pure({
      summary: 'An object by element names; attributes are "@name". EPARSE if it is no XML or not whole.',
      fails: ['EBOUND', 'EPARSE'],
      params: { text: 'string' },
      result: 'value',
      gives: 'object',
      run: ({ text }, values) => {
        const roots = readXml(text, null);
        if (!Array.isArray(roots)) return roots;
        return values.take(roots[0] ?? null);
      },
    }),
    elements: pure({
      summary:
        'An array of all elements of a name, such as "item" of a feed, each as in parse, also of broken XML.',
      fails: ['EBOUND'],
      params: { text: 'string', name: 'string' },
      result: 'value',
      run: ({ text, name }, values) => {
        if (name === '') return fail('EBOUND', 'expected the name of an element, got an empty text');
        const elements = readXml(text, name);
        if (!Array.isArray(elements)) return elements;
        return refuseItems(elements.length) ?? values.take(elements);
      },
    }),
  },
});
