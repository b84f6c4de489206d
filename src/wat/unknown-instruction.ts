import { FORMS } from './dialect/forms.ts';
import { INSTRUCTIONS, STRUCTURE } from './instructions.ts';
import { alternatives, nearest } from './nearest.ts';
import { isNumber } from './number-literals.ts';

export interface Advice {
  readonly message: string;
  readonly hint: string | null;
}

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
  'i32.mod': 'i32.rem_s or i32.rem_u',
  'i64.mod': 'i64.rem_s or i64.rem_u',
};
const OLD_CONVERSION =
  /^([if]\d\d)\.(wrap|trunc|extend|convert|demote|promote|reinterpret)(_[su])?(:sat)?\/([if]\d\d)$/;
const MODULE_FIELDS = new Set(
  'module func import export memory data table elem start global type rec tag'.split(' '),
);
const UNAVAILABLE: readonly (readonly [RegExp, string])[] = [
  [/^(v128|[if](8|16|32|64)x\d+)\./, 'SIMD is not available'],
  [/\.atomic\.|^atomic\./, 'threads are not available'],
  [/^(try|try_table|catch|catch_all|throw|throw_ref|rethrow|delegate)$/, 'exceptions are not available'],
  [/^return_call/, 'tail calls are not available'],
  [/^(call_indirect|call_ref)$|^(ref|table|elem)\./, 'a program has no tables and no references'],
  [/^(memory\.init|data\.drop)$/, 'a program has no passive data'],
];

/** What to say of a word that stands where an instruction must and is none. `offered` are host functions. */
export function adviseOnInstruction(
  word: string,
  offered: { has(name: string): boolean },
): InstructionAdvice {
  const refusal = refusalOf(word);
  return refusal !== null && !offered.has(`$${word}`)
    ? { ...refusal, coversContents: true }
    : { ...adviseOnWord(word, offered), coversContents: false };
}

/** For what WAT has and a body has not. */
function refusalOf(word: string): Advice | null {
  if (MODULE_FIELDS.has(word)) return moduleField(word);
  const feature = UNAVAILABLE.find(([pattern]) => pattern.test(word));
  return feature === undefined ? null : { message: `"${word}" cannot be used: ${feature[1]}`, hint: null };
}

function adviseOnWord(word: string, offered: { has(name: string): boolean }): Advice {
  const host = offered.has(`$${word}`) ? `$${word}` : word;
  if (offered.has(host))
    return { message: `"${word}" is a host function, not an instruction`, hint: `write (call ${host} ...)` };
  if (STRUCTURE.has(word)) return misplaced(word);
  if (isNumber(word))
    return { message: `"${word}" is a number, not an instruction`, hint: `write (i32.const ${word})` };
  if (word.startsWith('$'))
    return { message: `"${word}" is a name, not an instruction`, hint: `write (local.get ${word})` };
  return { message: `unknown instruction "${word}"`, hint: hintFor(word) };
}

function moduleField(word: string): Advice {
  return {
    message: `"(${word} ...)" belongs to a module, and a program is only the body of a function`,
    hint: 'write instructions and (local ...) only; imports, memory and exports are added around them',
  };
}

function misplaced(word: string): Advice {
  const hint = word === 'end' ? 'end closes a block, loop or if that is written without parentheses' : null;
  return {
    message: `"${word}" has no if around it`,
    hint: hint ?? 'write (if (condition) (then ...) (else ...))',
  };
}

function hintFor(word: string): string | null {
  const form = FORMS.get(word.replace(/!$/, ''));
  if (form !== undefined) return `write ${form.usage}`;
  const replacement = replacementOf(word);
  if (replacement !== null) return `write ${replacement}`;
  if (word.startsWith("'")) return 'strings are written between double quotes';
  const near = nearest(word, [...INSTRUCTIONS.keys(), ...STRUCTURE, ...FORMS.keys()]);
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
