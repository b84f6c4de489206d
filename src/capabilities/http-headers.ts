import type { IncomingHttpHeaders } from 'node:http';
import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { excerpt } from './text.ts';

export type Headers = Readonly<Record<string, string>>;

const MAX_HEADERS = 32;
const MAX_HEADER_CHARACTERS = 8 * 1024;
const NAME = /^[\w!#$%&'*+.^`|~-]{1,128}$/;
const VALUE = /^(?:[!-~](?:[ -~\t]*[!-~])?)?$/;

/** What frames the message or steers the connection; nobody but the client writes it. */
const OF_THE_CLIENT: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'via',
]);

/** What says who asks. A program holds no credentials and claims no origin; the host adds its own by domain. */
const OF_THE_HOST: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'cookie2',
  'forwarded',
  'metadata',
  'metadata-flavor',
  'origin',
  'referer',
  'x-real-ip',
]);
const OF_THE_HOST_BY_PREFIX = /^(?:proxy-|sec-|x-forwarded-|x-aws-ec2-metadata-)/;

/** Whether the client writes this header itself, so that a setting may not either. Names are in lower case. */
export function isOfTheClient(name: string): boolean {
  return OF_THE_CLIENT.has(name);
}

export function isHeader(name: string, value: string): boolean {
  return NAME.test(name) && VALUE.test(value);
}

/** Reads a program's headers from JSON text such as `{"accept": "text/csv"}`; an empty text is none. */
export function readHeaders(text: string): { readonly headers: Headers } | Failure {
  if (text === '') return { headers: {} };
  const given = parseObject(text);
  if (given === null) {
    return fail(
      'EPARSE',
      `expected headers as a JSON object such as {"accept": "text/csv"}, got ${excerpt(text)}`,
    );
  }
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(given)) {
    const refusal = refuseHeader(name, value);
    if (refusal) return refusal;
    if (headers.has(name.toLowerCase())) return fail('EPARSE', `the header ${excerpt(name)} is given twice`);
    headers.set(name.toLowerCase(), String(value));
  }
  return refuseSize(headers) ?? { headers: Object.fromEntries(headers) };
}

/** An answer's headers for a program: none of the cookies, which are credentials. */
export function shownHeaders(headers: IncomingHttpHeaders): Headers {
  const shown = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' && !name.startsWith('set-cookie') ? [[name, value] as const] : [],
  );
  return Object.fromEntries(shown);
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}

function refuseHeader(name: string, value: unknown): Failure | null {
  const key = name.toLowerCase();
  if (isOfTheClient(key)) return fail('EACCESS', `the header ${key} is written by the host alone`);
  if (OF_THE_HOST.has(key) || OF_THE_HOST_BY_PREFIX.test(key)) {
    return fail(
      'EACCESS',
      `the header ${excerpt(key)} is not for programs; HTTP_CREDENTIALS adds credentials by host`,
    );
  }
  if (typeof value !== 'string' && typeof value !== 'number') {
    return fail('EPARSE', `expected a text as the value of the header ${excerpt(name)}`);
  }
  if (isHeader(name, String(value))) return null;
  return fail(
    'EPARSE',
    `expected a header of printable ASCII, got ${excerpt(name)}: ${excerpt(String(value))}`,
  );
}

function refuseSize(headers: ReadonlyMap<string, string>): Failure | null {
  const characters = [...headers].reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (headers.size <= MAX_HEADERS && characters <= MAX_HEADER_CHARACTERS) return null;
  return fail(
    'EBOUND',
    `expected at most ${MAX_HEADERS} headers of ${MAX_HEADER_CHARACTERS} characters together`,
  );
}
