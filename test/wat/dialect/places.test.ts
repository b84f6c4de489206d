import { describe, expect, it } from 'vitest';
import { runBody } from './runs.ts';

/** Bodies in which `»` stands before the place that fails, with what they are called on. */
const FAILING: readonly (readonly [
  what: string,
  signature: string,
  body: string,
  args: readonly unknown[],
])[] = [
  ['a call', '(s: string) -> i32', '(let $a 1)\n(let $v »(json.parse $s))\n(+ $a (len $v))', ['{']],
  [
    'a call in a call',
    '(s: string) -> string',
    '(string.upper\n  (string.slice\n    »(base64.decode $s)\n 0 1))',
    ['1'],
  ],
  [
    'a form that calls',
    '(s: string) -> i32',
    '(let $j (json.parse $s))\n(let $x 1)\n(+ $x\n   (i32 »(at $j "a")))',
    ['{}'],
  ],
  [
    'the second of two on a line',
    '(s: string) -> string',
    '(let $j (json.parse $s))\n(format "{}{}" (text (at $j "a")) (text »(at $j "b")))',
    ['{"a":1}'],
  ],
  ['a cast', '(s: string) -> bool', '(let $j (json.parse $s))\n(bool »$j)', ['"x"']],
  ['a division', '(n: i32) -> i32', '(let $x 5)\n(for $i 0 10\n  (let $x »(/ $x (- $n $i))))\n$x', [3]],
  ['a remainder of plain WAT', '(n: i32) -> i32', 'i32.const 5\nlocal.get $n\n»i32.rem_s', [0]],
  ['a sum that does not fit', '(n: i32) -> i32', '(let $x (+ $n 1))\n(+ $x\n  »(* $n $n))', [70_000]],
  ['a sum of i64', '(n: i64) -> i64', '(let $x 5)\n»(+ $n $n)', [2n ** 62n]],
  ['a load', '(n: i32) -> i32', '(let $x (i32.const 1))\n(i32.add $x\n  (»i32.load (i32.sub $x 100)))', [1]],
  [
    'a call of plain WAT with its check',
    '(s: string) -> i32',
    '(local $n i32) (local $e i32)\n(call »$string.to_i32 $s)\n(local.set $e) (local.set $n)\n(if (local.get $e) (then (return (local.get $e))))\n(i32.add (local.get $n) (i32.const 1))',
    ['x'],
  ],
  [
    'what a catch lets pass',
    '(s: string) -> i32',
    '(let $j (json.parse $s))\n(default ENOENT\n  (i32 »(at $j "n"))\n  7)',
    ['{"n":"x"}'],
  ],
  [
    'a call whose status is checked later',
    '(s: string) -> i32',
    '(let $n (catch $err\n  »(string.to_i32 $s)))\n(let $t (string.upper "a"))\n(check $err)\n(+ $n (len $t))',
    ['['],
  ],
  [
    'a loop without an end',
    '() -> i32',
    '(let $n 0)\n(for $i 0 3 (let $n (+ $n $i)))\n»(while (> $n 0)\n  (let $n (+ $n 0)))\n$n',
    [],
  ],
  [
    'what stands behind texts and comments',
    '(s: string) -> i32',
    '(let $t "ä😀") ;; "é" (\n(if (= $t "x") (fail EBOUND)) (len »(json.parse $s))',
    [''],
  ],
];

describe('the place where a program failed', () => {
  it.each(FAILING)('is that of %s', async (_, signature, marked, args) => {
    const before = marked.slice(0, marked.indexOf('»')).split('\n');
    const run = await runBody(signature, marked.replace('»', ''), args);
    expect([run.outcome, run.error]).not.toContain('ok');
    expect(run.place, `${run.error}`).toEqual({
      line: before.length,
      column: [...(before.at(-1) ?? '')].length + 1,
    });
  });

  it.each([
    ['a program that worked', '() -> i32', '(+ 1 2)'],
    ['a status that the program chose', '() -> i32', '(fail EBOUND)'],
    ['a program that does not compile', '() -> i32', '(+ 1'],
  ])('is none for %s', async (_, signature, body) => {
    expect((await runBody(signature, body)).place).toBeNull();
  });
});
