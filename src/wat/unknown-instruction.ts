import type { Advice } from './advice.ts';
import { FORMS } from './dialect/forms.ts';
import { INSTRUCTIONS, STRUCTURE } from './instructions.ts';
import { alternatives, nearest } from './nearest.ts';
import { isNumber } from './number-literals.ts';
import { refusalOf } from './refused-words.ts';
import type { HostImport } from './types.ts';
import { adviseOnCall, functionsNamed } from './unknown-function.ts';

type Offered = ReadonlyMap<string, HostImport>;

export interface InstructionAdvice extends Advice {
  /** What stands inside belongs to the wrong word, so there is nothing to say of it. */
  readonly coversContents: boolean;
}

const RENAMED: Readonly<Record<string, string>> = {
  get_local: 'local.get',
  set_local: 'local.set',
  tee_local: 'local.tee',
  get_global: 'global.get',
  set_global: 'global.set',
  current_memory: 'memory.size',
  grow_memory: 'memory.grow',
  'i32.not': '(i32.eqz ...) for a condition, or (i32.xor ... (i32.const -1)) for bits',
  'i32.neg': '(i32.sub (i32.const 0) ...)',
  'i64.neg': '(i64.sub (i64.const 0) ...)',
  'i32.abs': '(abs A)',
  'i64.abs': '(abs A)',
  'f64.mod': '(% A B)',
  'f64.rem': '(% A B)',
  'f64.pow': '(number.pow A B)',
  'i64.extend_s': 'i64.extend_i32_s',
  'i64.extend_u': 'i64.extend_i32_u',
  'i32.mod': 'i32.rem_s or i32.rem_u',
  'i64.mod': 'i64.rem_s or i64.rem_u',
};
const OLD_CONVERSION =
  /^([if]\d\d)\.(wrap|trunc|extend|convert|demote|promote|reinterpret)(_[su])?(:sat)?\/([if]\d\d)$/;
const KINDS =
  'a list begins with a form such as format, a function such as string.find or an instruction; a local is $x, a text "x"';
const CONSTANTS = new Set(['true', 'false', 'null']);
/** Only functions of capabilities have a point in their name that is not that of a type. */
const CALL = /^[A-Za-z_]\w*\.[A-Za-z_]\w*!?$/;
/** What to say of a word that stands where an instruction must and is none. `offered` are host functions. */
export function adviseOnInstruction(word: string, offered: Offered): InstructionAdvice {
  const refusal = refusalOf(word);
  return refusal !== null && !offered.has(`$${word}`)
    ? { ...refusal, coversContents: true }
    : { ...adviseOnWord(word, offered), coversContents: false };
}

function adviseOnWord(word: string, offered: Offered): Advice {
  const host = offered.has(`$${word}`) ? `$${word}` : word;
  if (offered.has(host))
    return {
      message: `"${word}" is a host function, not an instruction`,
      hint: `write (${host.replace('$', '')} ...)`,
    };
  if (STRUCTURE.has(word)) return misplaced(word);
  if (isNumber(word))
    return { message: `"${word}" is a number, not an instruction`, hint: `write (i32.const ${word})` };
  if (word.startsWith('$') || CONSTANTS.has(word))
    return {
      message: `"${word}" is a value, not an instruction`,
      hint: `write ${word}, without parentheses`,
    };
  const hint = hintFor(word);
  if (hint === null && CALL.test(word)) return adviseOnCall(word.replace(/!$/, ''), offered);
  return { message: `unknown instruction "${word}"`, hint: hint ?? namesHint(word, offered) ?? KINDS };
}

function misplaced(word: string): Advice {
  const hint =
    word === 'end'
      ? 'end closes a block, loop or if that is written without parentheses'
      : 'write (if (condition) (then ...) (else ...))';
  return { message: `"${word}" has no if around it`, hint };
}

function hintFor(word: string): string | null {
  const form = FORMS.get(word.replace(/!$/, ''));
  if (form !== undefined) return `write ${form.usage}`;
  const replacement = replacementOf(word);
  if (replacement !== null) return `write ${replacement}`;
  if (word.startsWith("'")) return 'strings are written between double quotes';
  // Every short word is near to many others.
  if (word.length < 3) return null;
  const near = nearest(word, new Set([...INSTRUCTIONS.keys(), ...STRUCTURE, ...FORMS.keys()]));
  return near.length === 0 ? null : `did you mean ${alternatives(near)}?`;
}

function namesHint(word: string, offered: Offered): string | null {
  const near = functionsNamed(word, offered).slice(0, 3);
  return near.length === 0 ? null : `did you mean ${alternatives(near)}?`;
}

/** The present name of an old or nearly right mnemonic. */
function replacementOf(word: string): string | null {
  if (Object.hasOwn(RENAMED, word)) return RENAMED[word] ?? null;
  const conversion = OLD_CONVERSION.exec(word);
  if (conversion !== null) {
    const [, to, verb, sign = '', saturating, from] = conversion;
    const name = `${to}.${verb}${saturating === undefined ? '' : '_sat'}_${from}${sign}`;
    if (INSTRUCTIONS.has(name)) return name;
  }
  if (INSTRUCTIONS.has(`${word}_s`)) return `${word}_s (signed) or ${word}_u (unsigned)`;
  const unsigned = word.replace(/_[su]$/, '');
  return unsigned !== word && INSTRUCTIONS.has(unsigned) ? unsigned : null;
}
