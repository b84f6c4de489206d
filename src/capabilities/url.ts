import type { Capability, Failure, GuestContext } from './capability.ts';
import { fail } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';
import type { Json } from './json-value.ts';
import { plainText } from './json-writer.ts';
import { boundText, excerpt } from './text.ts';
import { createValues, refuseItems, type Values, wrongType } from './values.ts';

/** Longer than any server takes. */
const LONGEST_URL = 65_536;

const pure = hostFunction<Values>('pure');

/** Addresses and their parts, as text; nothing here goes anywhere. */
export const url: Capability<GuestContext> = defineCapability({
  name: 'url',
  open: (context: GuestContext) => context.share(createValues),
  functions: {
    encode: pure({
      summary: 'The text as a part of a URL, with %XX for what has a meaning there.',
      fails: ['EBOUND'],
      params: { text: 'string' },
      result: 'string',
      run: ({ text }) => boundText(encodePart(text)),
    }),
    decode: pure({
      summary: 'The text that %XX stands for. EPARSE if it is none.',
      fails: ['EPARSE'],
      params: { text: 'string' },
      result: 'string',
      run: ({ text }) => decode(text),
    }),
    parse: pure({
      summary: '{scheme, host, port, path, query, fragment, origin}; query is an object. EPARSE if no URL.',
      fails: ['EBOUND', 'EPARSE'],
      params: { url: 'string' },
      result: 'value',
      gives: 'object',
      run: (args, values) => {
        const parsed = readUrl(args.url);
        return 'ok' in parsed ? parsed : values.take(partsOf(parsed));
      },
    }),
    query: pure({
      summary: 'The members of an object as "a=1&b=2"; an array repeats its name.',
      fails: ['ETRFM', 'EBOUND'],
      params: { object: 'value' },
      result: 'string',
      run: ({ object }, values) => values.read(object, queryOf),
    }),
    join: pure({
      summary: 'The URL that a link on a page leads to.',
      fails: ['EBOUND', 'EPARSE'],
      params: { base: 'string', link: 'string' },
      result: 'string',
      run: ({ base, link }) => {
        const joined = readUrl(link, base);
        return 'ok' in joined ? joined : joined.href;
      },
    }),
  },
});

function decode(text: string): string | Failure {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return fail('EPARSE', `expected %XX of UTF-8 bytes, got ${excerpt(text)}`);
    throw error;
  }
}

function readUrl(text: string, base?: string): URL | Failure {
  if (text.length + (base?.length ?? 0) > LONGEST_URL) {
    return fail('EBOUND', `expected a URL of at most ${LONGEST_URL} characters`);
  }
  const parsed = URL.parse(text, base);
  if (parsed !== null) return parsed;
  const of = base === undefined ? '' : ` and a link, got ${excerpt(base)} and`;
  return fail('EPARSE', `expected a URL such as https://example.com/path${of || ', got'} ${excerpt(text)}`);
}

function partsOf(parsed: URL): Map<string, Json> {
  return new Map<string, Json>([
    ['scheme', parsed.protocol.slice(0, -1)],
    ['host', parsed.hostname],
    ['port', parsed.port === '' ? null : Number(parsed.port)],
    ['path', parsed.pathname],
    ['query', queryMembers(parsed.searchParams)],
    ['fragment', parsed.hash.slice(1)],
    ['origin', parsed.origin],
  ]);
}

/** A name that comes twice has an array of its values. */
function queryMembers(params: URLSearchParams): Map<string, Json> {
  const members = new Map<string, Json>();
  for (const [name, value] of params) {
    const known = members.get(name);
    if (known === undefined) members.set(name, value);
    else if (Array.isArray(known)) known.push(value);
    else members.set(name, [known, value]);
  }
  return members;
}

function queryOf(object: Json): string | Failure {
  if (!(object instanceof Map)) return wrongType('object', object);
  const pairs = new URLSearchParams();
  for (const [name, member] of object) {
    const items = Array.isArray(member) ? member : [member];
    const tooMany = refuseItems(items.length);
    if (tooMany) return tooMany;
    for (const item of items) {
      const text = plainText(item);
      if (typeof text !== 'string') return text;
      pairs.append(name, text);
    }
  }
  return boundText(pairs.toString());
}

/** Everything but what RFC 3986 leaves as it is; JavaScript's own leaves some more. */
function encodePart(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
