import { describe, expect, it } from 'vitest';
import { resultOf } from './runs.ts';

type Row = readonly [
  what: string,
  signature: string,
  body: string,
  args: readonly unknown[],
  result: unknown,
];

const ROWS: readonly Row[] = [
  ['a bare argument', '(text: string) -> string', '$text', ['hi'], 'hi'],
  ['a number', '(n: i32) -> i32', '(+ $n 1)', [41], 42],
  ['plain WAT with bare operands', '(n: i32) -> i32', '(i32.add $n 1)', [41], 42],
  ['an i64', '(n: i64) -> i64', '(* $n 3000000000)', ['3'], 9000000000n],
  ['an f64', '(n: f64) -> f64', '(/ $n 2)', [3], 1.5],
  ['a bool', '(b: bool) -> bool', '(not $b)', [true], false],
  ['integer division', '(n: i32) -> i32', '(/ $n 2)', [-7], -3],
  ['remainders', '(n: i32) -> i32', '(% $n 5)', [-7], -2],
  ['f64 remainders', '(n: f64) -> f64', '(% $n 5)', [-7.5], -2.5],
  [
    'let and widening',
    '(n: i32) -> f64',
    '(let $sum 0) (let $sum (+ $sum $n)) (let $sum (+ $sum 0.5)) $sum',
    [2],
    2.5,
  ],
  ['nested calls', '(text: string) -> string', '(string.upper (string.trim $text))', [' a '], 'A'],
  [
    'format',
    '(name: string, n: i32) -> string',
    '(format "{} has {$n} or {:.2}, {{}}" $name (/ (f64 $n) 3))',
    ['Ada', 2],
    'Ada has 2 or 0.67, {}',
  ],
  ['if as a value', '(n: i32) -> string', '(if (> $n 0) (then "pos") (else "neg"))', [1], 'pos'],
  [
    'if with single forms',
    '(n: i32) -> string',
    '(if (> $n 0) "pos" (if (= $n 0) "zero" "neg"))',
    [0],
    'zero',
  ],
  ['for', '(n: i32) -> i32', '(let $sum 0) (for $i 0 $n (let $sum (+ $sum $i))) $sum', [5], 10],
  [
    'while, break, continue',
    '() -> i32',
    '(let $i 0) (let $sum 0) (while true (let $i (+ $i 1)) (if (> $i 10) (break)) (if (= (% $i 2) 0) (continue)) (let $sum (+ $sum $i))) $sum',
    [],
    25,
  ],
  [
    'each over numbers',
    '(xs: list<f64>) -> f64',
    '(let $sum 0) (each $x $xs (let $sum (+ $sum $x))) $sum',
    [[1, 2.5]],
    3.5,
  ],
  [
    'each over texts',
    '(xs: list<string>) -> string',
    '(let $out "") (each $x $i $xs (let $out (format "{$out}{$i}={$x};"))) $out',
    [['a', 'b']],
    '0=a;1=b;',
  ],
  [
    'each over the names of an object',
    '(text: string) -> string',
    '(let $v (json.parse $text)) (let $out "") (each $name $i $v (let $out (format "{$out}{$i}{$name}={};" (at $v $name)))) $out',
    ['{"a.b":1,"c":"x"}'],
    '0a.b=1;1c=x;',
  ],
  [
    'json',
    '(text: string) -> f64',
    '(let $v (json.parse $text)) (+ (at $v "a") (at (at $v "b") 1))',
    ['{"a":1.5,"b":[1,2]}'],
    3.5,
  ],
  [
    'objects',
    '(n: i32) -> {name: string, ages: list<i32>, ok: bool, none: option<string>}',
    '(object "name" (format "n{}" $n) "ages" (list $n 2) "ok" true)',
    [7],
    { name: 'n7', ages: [7, 2], ok: true, none: null },
  ],
  [
    'structs in',
    '(p: {name: string, age: i32}) -> string',
    '(format "{} is {}" (at $p "name") (+ (i32 (at $p "age")) 1))',
    [{ name: 'Ada', age: 36 }],
    'Ada is 37',
  ],
  [
    'catch',
    '(text: string) -> i32',
    '(let $n (catch $err (i32 $text))) (if (= $err EPARSE) -1 $n)',
    ['x'],
    -1,
  ],
  ['default', '(text: string) -> i32', '(default (i32 $text) -1)', ['x'], -1],
  [
    'default in a format',
    '(text: string) -> string',
    '(format "a{}b{}" 1 (default (format "x{}" (i32 $text)) "z"))',
    ['q'],
    'a1bz',
  ],
  [
    'numeric arrays',
    '(n: i32) -> list<i32>',
    '(let $xs (new i32 $n)) (for $i 0 (len $xs) (put $xs $i (* $i $i))) $xs',
    [4],
    [0, 1, 4, 9],
  ],
  [
    'text comparison',
    '(a: string, b: string) -> bool',
    '(and (= $a "x") (< $a $b) (!= $b "x"))',
    ['x', 'y'],
    true,
  ],
  [
    'catch leaves the status',
    '() -> string',
    '(let $v (catch $err (kv.get "none"))) (format "{$err} [{$v}]")',
    [],
    '4 []',
  ],
  ['kv', '(k: string) -> string', '(kv.set $k (+ 1 2)) (kv.get $k)', ['num'], '3'],
  ['min, max, abs', '(a: i32, b: i32) -> i32', '(+ (min $a $b) (* 10 (max $a (abs $b))))', [3, -5], 45],
  ['bools as text', '(n: i32) -> string', '(format "{} {}" (> $n 0) (text (= $n 1)))', [1], 'true true'],
  ['list results', '(a: string) -> list<string>', '(list $a "b" (string.upper $a))', ['a'], ['a', 'b', 'A']],
  ['options', '(n: i32) -> option<i32>', '(if (> $n 0) (value $n) null)', [0], null],
  ['+ of texts', '(a: string, n: i32) -> string', '(+ $a ": " $n)', ['x', 1], 'x: 1'],
  [
    'status words',
    '(n: i32) -> i32',
    '(if (< $n 0) (fail ENOENT)) $n',
    [-1],
    'status ENOENT: the program returned ENOENT',
  ],
  ['bounds', '(xs: list<i32>) -> i32', '(default (at $xs 9) -1)', [[1]], -1],
  [
    'the series',
    '(text: string) -> string',
    '(local $err i32) (local $y i32) (argv 0 $text) (call $string.upper (local.get $text)) (local.set $err) (local.set $y) (check $err) (resv $y)',
    ['a'],
    'A',
  ],
];

describe('a body', () => {
  it.each(ROWS.map(([what, signature, body, args, result]) => ({ what, signature, body, args, result })))(
    'of $what gives its result',
    async ({ signature, body, args, result }) => {
      expect(await resultOf(signature, body, args)).toEqual(result);
    },
  );
});
