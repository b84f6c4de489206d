import type { Advice } from './advice.ts';

const MODULE_FIELDS = new Set(
  'module func import export memory data table elem start global type rec tag'.split(' '),
);
const UNAVAILABLE: readonly (readonly [word: RegExp, why: string, hint: string])[] = [
  [
    /^(v128|[if](8|16|32|64)x\d+)\./,
    'SIMD is not available',
    'go through the numbers one by one: (each $x $list ...)',
  ],
  [
    /\.atomic\.|^atomic\./,
    'threads are not available',
    'nothing runs beside a program: plain loads and stores will do',
  ],
  [
    /^(try|try_table|catch|catch_all|throw|throw_ref|rethrow|delegate)$/,
    'exceptions are not available',
    'a failed call is caught by (catch $err A) or (default A B); (fail ENOENT) ends the program',
  ],
  [/^return_call/, 'tail calls are not available', 'write a loop: (while A ...)'],
  [
    /^(call_indirect|call_ref)$|^(ref|table|elem)\./,
    'a program has no tables and no references',
    'write (if (= $kind 0) A B)',
  ],
  [/^(memory\.init|data\.drop)$/, 'a program has no passive data', 'a "text" stands in memory already'],
];

/** For what WAT has and a body has not. */
export function refusalOf(word: string): Advice | null {
  if (MODULE_FIELDS.has(word)) return moduleField(word);
  const feature = UNAVAILABLE.find(([pattern]) => pattern.test(word));
  if (feature === undefined) return null;
  const [, why, hint] = feature;
  return { message: `"${word}" cannot be used: ${why}`, hint };
}

function moduleField(word: string): Advice {
  return {
    message: `"(${word} ...)" belongs to a module, and a program is only the body of a function`,
    hint: 'write instructions and (local ...) only; imports, memory and exports are added around them',
  };
}
