import type { Advice } from './advice.ts';

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

/** For what WAT has and a body has not. */
export function refusalOf(word: string): Advice | null {
  if (MODULE_FIELDS.has(word)) return moduleField(word);
  const feature = UNAVAILABLE.find(([pattern]) => pattern.test(word));
  return feature === undefined ? null : { message: `"${word}" cannot be used: ${feature[1]}`, hint: null };
}

function moduleField(word: string): Advice {
  return {
    message: `"(${word} ...)" belongs to a module, and a program is only the body of a function`,
    hint: 'write instructions and (local ...) only; imports, memory and exports are added around them',
  };
}
