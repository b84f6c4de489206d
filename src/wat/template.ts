import type { ByteString } from './byte-string.ts';
import { importField } from './import-field.ts';
import type { NamedImport } from './import-names.ts';
import type { Locals } from './locals.ts';
import { LENGTH_BYTES, type StaticData, type StaticText } from './static-data.ts';

/** What is written in a data segment as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;
/** How each byte is written there. */
const SPELLINGS = Array.from({ length: 256 }, (_, byte) => spellingOf(byte));

/** What stands around a body. */
export interface ModuleFrame {
  /** The functions that the body calls. */
  readonly imports: readonly NamedImport[];
  readonly pages: { readonly initial: number; readonly maximum: number };
  readonly data: StaticData;
  readonly locals: Locals;
}

export interface ModuleText {
  readonly wat: string;
  /** The line, from 0, on which the body begins. */
  readonly bodyLine: number;
}

/** Prints the module around a body for people, in pure ASCII. */
export function printModule(
  { imports, pages, data, locals }: ModuleFrame,
  bodyLines: readonly string[],
): ModuleText {
  const before = [
    '(module',
    ...imports.map(({ name, item }) => `  ${importField(item, ` ${name}`)}`),
    `  (memory (export "memory") ${pages.initial} ${pages.maximum})`,
    ...dataLines(data),
    '  (func $run (export "run") (result i32)',
    ...locals.all.map(({ name, type }) => `    (local ${name === null ? '' : `${name} `}${type})`),
  ];
  return { wat: [...before, ...bodyLines, '  ))', ''].join('\n'), bodyLine: before.length };
}

/** Prints the module around a flat body, without names: what it imports and its locals are known by number. */
export function printFlatModule({ imports, pages, data, locals }: ModuleFrame, body: string): string {
  return [
    '(module',
    ...imports.map(({ field }) => field),
    `(memory (export "memory") ${pages.initial} ${pages.maximum})`,
    ...dataLines(data),
    '(func (export "run") (result i32)',
    `(local ${locals.all.map(({ type }) => type).join(' ')})`,
    `${body}))\n`,
  ].join('\n');
}

/** One segment, since engines bound their number; one line for each text. */
function dataLines(data: StaticData): string[] {
  const { items } = data;
  if (items.length === 0) return [];
  return [`  (data (i32.const ${data.start})`, ...items.map((item) => `    "${spelled(item)}"`), '  )'];
}

/** As it lies in memory. */
function spelled({ contents, end, address }: StaticText): string {
  const { length } = contents;
  let text = '';
  for (let shift = 0; shift < 32; shift += 8) text += SPELLINGS[(length >>> shift) & 0xff];
  return text + spelledBytes(contents) + '\\00'.repeat(end - address - length - LENGTH_BYTES);
}

function spelledBytes(bytes: ByteString): string {
  if (PLAIN.test(bytes)) return bytes;
  let text = '';
  for (let at = 0; at < bytes.length; at += 1) text += SPELLINGS[bytes.charCodeAt(at)];
  return text;
}

function spellingOf(byte: number): string {
  const character = String.fromCharCode(byte);
  return PLAIN.test(character) ? character : `\\${byte.toString(16).padStart(2, '0')}`;
}
