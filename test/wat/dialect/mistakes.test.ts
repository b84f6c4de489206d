import { describe, expect, it } from 'vitest';
import { kv } from '../../../src/capabilities/kv.ts';
import { createCapabilityHost } from '../../../src/capabilities/registry.ts';
import { createTimeNow } from '../../../src/capabilities/time-now.ts';
import { loadAssembler } from '../../../src/wat/assemble.ts';
import { parseSignature } from '../../../src/wat/signature.ts';
import type { Diagnostic } from '../../../src/wat/types.ts';
import { describeMistakes, type Row, shown } from '../mistake-tables.ts';

const SIGNATURE = '(n: i32, t: string, v: {a: i32}, xs: list<i32>) -> string';
const imports = createCapabilityHost([kv, createTimeNow(() => 0)])
  .imports(['kv'])
  // The list is long, and grows; only some of it is told of.
  .filter(({ capability }) => ['core', 'lang', 'string', 'json', 'debug', 'kv', 'time'].includes(capability));
const assembler = await loadAssembler();

async function mistakesIn(signature: string, body: string): Promise<readonly Diagnostic[]> {
  const parsed = parseSignature(signature);
  if (!parsed.ok) throw new Error(parsed.diagnostic.message);
  const memory = { initialPages: 1, maximumPages: 16 };
  const outcome = await assembler.assemble(body, { imports, signature: parsed.signature, memory });
  return outcome.ok ? [] : outcome.diagnostics;
}

type TypedRow = readonly [kind: string, signature: string, body: string, ...mistakes: string[]];

const NAMES: readonly Row[] = [
  [
    'an unknown function whose value a form takes',
    '(text (len (json.prase $t)))',
    '1:13 unknown function "json.prase" | did you mean json.parse, json.has or json.push?',
  ],
  ['an unknown local', '(let $count 1)\n(text $coutn)', '2:7 unknown local "$coutn" | did you mean $count?'],
  ['an unused argument misspelt', '(string.upper $tt)', '1:15 unknown local "$tt" | did you mean $t?'],
  [
    'an unknown local beside an argument that is used',
    '(format "{} {$tt}" $t)',
    '1:14 unknown local "$tt" | did you mean $t?',
  ],
  [
    'an unknown local with nothing in common with the others',
    '(let $x 1) (+ $x $y)',
    '1:18 unknown local "$y" | give it a value first: (let $y VALUE)',
  ],
  [
    'an unknown local as the condition of an if',
    '(if $nope (let $n 1)) (if $none "a" "b")',
    '1:5 unknown local "$nope" | give it a value first: (let $nope VALUE)',
    '1:27 unknown local "$none" | give it a value first: (let $none VALUE)',
  ],
  [
    'an unknown local where another stands in what was reported',
    '(each $item in $counta) (text $countb)',
    '1:1 each has no word "in" | write (each $x LIST ...)',
    '1:31 unknown local "$countb" | give it a value first: (let $countb VALUE)',
  ],
  [
    'names behind an unknown word',
    '(foo $nope (bear $none))',
    '1:2 unknown instruction "foo" | did you mean for?',
    '1:6 unknown local "$nope" | give it a value first: (let $nope VALUE)',
    '1:13 unknown instruction "bear" | a list begins with a form such as format, a function such as string.find or an instruction; a local is $x, a text "x"',
    '1:18 unknown local "$none" | give it a value first: (let $none VALUE)',
  ],
  [
    'a name that an unknown word may be meant to bind',
    '(eahc $item $xs (debug.log (text $item)))\n(lett $x 1)\n(argvs 0 $y) (+ $x $y $z)',
    '1:2 unknown instruction "eahc" | did you mean each?',
    '2:2 unknown instruction "lett" | did you mean let?',
    '3:2 unknown instruction "argvs" | did you mean argv?',
    '3:23 unknown local "$z" | give it a value first: (let $z VALUE)',
  ],
  [
    'a function of the body, and its call',
    '(func $f (param $x i32)) (call $f 1) (call $g 2)',
    '1:2 "(func ...)" belongs to a module, and a program is only the body of a function | write instructions and (local ...) only; imports, memory and exports are added around them',
    '1:44 unknown function "$g" | granted are core, string, json, time, debug, kv',
  ],
  [
    'a global of the body, and its use',
    '(global $g i32 (i32.const 1)) (global.set $g 2)',
    '1:2 "(global ...)" belongs to a module, and a program is only the body of a function | write instructions and (local ...) only; imports, memory and exports are added around them',
  ],
  [
    'values in brackets of JSON',
    '(let $a [1, [2, "]"]]) (each $x $a (debug.log (text $x)))\n(let $b {"c": {}}) (string.upper [$t])',
    '1:9 "[" means nothing here | a JSON array is (list A B ...)',
    '2:9 "{" means nothing here | a JSON object is (object "name" VALUE ...)',
    '2:34 "[" means nothing here | a JSON array is (list A B ...)',
  ],
  [
    'brackets that do not close',
    '(string.upper [[$t)',
    '1:15 "[" means nothing here | a JSON array is (list A B ...)',
    '1:16 "[" means nothing here | a JSON array is (list A B ...)',
  ],
  [
    'an item in brackets',
    '(text (+ $v[0][1] $xs[(+ $n 1)]))',
    '1:10 "$v[0][1]" is no word | an item is taken by (at $v INDEX)',
    '1:19 "$xs[(+ $n 1)]" is no word | an item is taken by (at $xs INDEX)',
  ],
  [
    'an unknown list that each goes through',
    '(each $x $ys (debug.log (text $x))) "done"',
    '1:10 unknown local "$ys" | did you mean $xs?',
  ],
  [
    'words for text between typographic quotes',
    '(format “{} {}” $n $t)',
    '1:9 "“{} {}”" is not ASCII; only strings and comments may hold such characters | write "',
  ],
  ['a local without $', '(let $count 1) (text count)', '1:22 "count" is no value | write $count'],
  ['an argument without $', '(string.upper t)', '1:15 "t" is no value | write $t'],
  [
    'a local of a type that none has',
    '(local $x string) $x',
    '1:11 "string" is not a type of a local (i32, i64, f32 or f64) | pointers, handles and booleans are i32',
  ],
  [
    'an operator between its operands',
    '(if ($n >= 0) "a" "b")',
    '1:6 an operator stands before its operands | write (>= $n 0)',
  ],
  [
    'an operator behind a form',
    '(text ((len $t) + 1))',
    '1:8 an operator stands before its operands | write (+ (len ...) 1)',
  ],
  [
    'a call with the mark of plain ones',
    '(kv.get! "a")',
    '1:2 "kv.get!" is for plain calls | write (kv.get ...), which ends the program too when it fails',
  ],
  [
    'an unknown function with that mark',
    '(string.lowr! $t)',
    '1:2 unknown function "string.lowr" | did you mean string.lower, string.join or string.slice?',
  ],
  [
    'a function in the letters of other languages',
    '(text (string.indexOf $t "a"))',
    '1:8 unknown function "string.indexOf" | did you mean string.find?',
  ],
  [
    'a value in parentheses',
    '(text (true))',
    '1:8 "true" is a value, not an instruction | write true, without parentheses',
  ],
  [
    'a text in parentheses',
    '(text ("a"))',
    '1:7 a list must begin with a word, of a form, a function or an instruction | write "..." without these parentheses, or (list "...") for a JSON array',
  ],
  [
    'a word that is near to none',
    '(frobnicate 1)',
    '1:2 unknown instruction "frobnicate" | a list begins with a form such as format, a function such as string.find or an instruction; a local is $x, a text "x"',
  ],
  [
    'a capability by the name of other languages',
    '(str.upper $t)',
    '1:2 unknown function "str.upper": no capability "str" is granted | did you mean string.upper?',
  ],
  [
    'an instruction that WAT has not',
    '(text (f64.mod 7.0 2))',
    '1:8 unknown instruction "f64.mod" | write (% A B)',
  ],
  [
    'a function by the name that other languages give it',
    '(string.substring $t 0 1)',
    '1:2 unknown function "string.substring" | did you mean string.slice?',
  ],
  ['an unknown function', '(kv.gat "a")', '1:2 unknown function "kv.gat" | did you mean kv.get or kv.set?'],
  [
    'an unknown function with a near name',
    '(string.contain $t "a")',
    '1:2 unknown function "string.contain" | did you mean string.contains, string.concat or string.count?',
  ],
  [
    'a function of another capability',
    '(json.upper $t)',
    '1:2 unknown function "json.upper" | did you mean string.upper, json.type or json.number?',
  ],
  [
    'a function that is not granted',
    '(http.get $t)',
    '1:2 unknown function "http.get": no capability "http" is granted | granted are core, string, json, time, debug, kv',
  ],
  [
    'a function without its capability',
    '(upper $t)',
    '1:2 unknown instruction "upper" | did you mean string.upper?',
  ],
  ['a form of a near name', '(formt "{}" $n)', '1:2 unknown instruction "formt" | did you mean format?'],
  [
    'a status of a default that is none',
    '(default EFOO (i32 $t) 0)',
    '1:1 "EFOO" is no status | the statuses are SUCCESS, ETRFM, ENOMEM, EACCESS, ENOENT, EBOUND, EREMOTE, EPARSE',
  ],
  [
    'a part as other languages take it',
    '(text $t.b)',
    '1:7 unknown local "$t.b" | a part is taken by (at $t "b")',
  ],
  ['a part in a hole', '(format "{$t.b}")', '1:11 unknown local "$t.b" | a part is taken by (at $t "b")'],
  [
    'a function that only a grant adds to its capability',
    '(text (time.now))',
    '1:8 unknown function "time.now": capability "time" is not granted | without a grant there are time.format, time.parse, time.parts, time.from_parts, time.add, time.diff, time.start_of, time.weekday',
  ],
  [
    'a function of a wider scope than is granted',
    '(kv_channel.get $t)',
    '1:2 unknown function "kv_channel.get": no capability "kv_channel" is granted | granted is kv.get',
  ],
  [
    'names in a call with too few operands',
    '(string.equals $nope)',
    '1:1 string.equals takes (a: text, b: text), got 1 argument | write (string.equals A B)',
    '1:16 unknown local "$nope" | give it a value first: (let $nope VALUE)',
  ],
  [
    'all names in calls inside one another',
    '(string.upper (string.uper $zzz) $yyy)',
    '1:1 string.upper takes (text: text), got 2 arguments | write (string.upper TEXT)',
    '1:16 unknown function "string.uper" | did you mean string.upper, string.lower or string.repeat?',
    '1:28 unknown local "$zzz" | give it a value first: (let $zzz VALUE)',
    '1:34 unknown local "$yyy" | give it a value first: (let $yyy VALUE)',
  ],
  [
    'names in a form with too many operands',
    '(at $nope "x" 5 6)',
    '1:1 this is not how at is written | write (at X INDEX)',
    '1:5 unknown local "$nope" | give it a value first: (let $nope VALUE)',
  ],
  [
    'too many operands of a sum',
    `(+ ${'1 '.repeat(1001)})`,
    '1:1 + takes at most 1000 operands, got 1001 | add them up in steps, or put them into a list: (array.sum (list ...))',
  ],
  [
    'all holes of a template, each where it stands',
    '(format "a\\n{$nope} {:.30} \\u{41}{$other} {x" $n)',
    '1:14 unknown local "$nope" | give it a value first: (let $nope VALUE)',
    '1:21 a hole has at most 20 digits, got 30 | write {:.20}',
    '1:35 unknown local "$other" | give it a value first: (let $other VALUE)',
    '1:43 a "{" of this template belongs to no hole | holes are {}, {$x} and {:.2}; a brace itself is {{ or }}',
  ],
  [
    'a hole of a template over lines',
    '(format """a\n  {$nope}""")',
    '2:4 unknown local "$nope" | give it a value first: (let $nope VALUE)',
  ],
  [
    'a path that is put together, which would be one name',
    '(text (at (json.parse $t) (format "items.{}.name" $n)))',
    '1:27 at takes a text that is put together for one name, and this looks like a path | take the path in steps, (at (at X "items") $i), or write (json.get X (format ...)); for one name put it into a local first',
  ],
  [
    'an unknown status',
    '(fail NOTFOUND)',
    '1:7 "NOTFOUND" is no status | the statuses are SUCCESS, ETRFM, ENOMEM, EACCESS, ENOENT, EBOUND, EREMOTE, EPARSE',
  ],
];
const WORDS_OF_OTHER_LANGUAGES: readonly Row[] = [
  ['==', '(if (== $n 5) "a" "b")', '1:6 there is no "==" here | write (= A B)'],
  ['set!', '(set! $n 5) "a"', '1:2 there is no "set!" here | write (set $x VALUE)'],
  [
    'print',
    '(print $t) "a"',
    '1:2 there is no "print" here | write (debug.log TEXT), or give the result with (resv VALUE)',
  ],
  [
    'defun',
    '(defun f (x) (+ x 1))\n"a"',
    '1:2 there is no "defun" here | there are no functions of your own: write the body only',
  ],
  [
    'let with a list',
    '(let ((x 1)) (text $x))',
    '1:1 this is not how let is written | write (let $x VALUE), one for each local; it holds to the end of the body',
  ],
  ['let without $', '(let x 1)\n(text $x)', '1:1 this is not how let is written | write (let $x VALUE)'],
  [
    'let with =',
    '(let $x = 1)\n(text $x)',
    '1:1 this is not how let is written | write (let $x VALUE), without "="',
  ],
  [
    'cond',
    '(cond ((> $n 0) "a") (else "b"))',
    '1:2 there is no "cond" here | write (if CONDITION A B), and another if for B',
  ],
  [
    'else without parentheses',
    '(if (> $n 0) (then "a") else (then "b"))',
    '1:1 "else" stands in a list of its own | write (if CONDITION (then ...) (else ...)) or (if CONDITION A B)',
  ],
  [
    'foreach',
    '(foreach $x $xs (kv.set "k" $x)) "a"',
    '1:2 there is no "foreach" here | write (each $x LIST ...)',
  ],
  [
    'each with in',
    '(each $x in $xs (kv.set "k" $x)) "a"',
    '1:1 each has no word "in" | write (each $x LIST ...)',
  ],
  [
    'for with to',
    '(for $i from 0 to 5 (kv.set "k" $i)) "a"',
    '1:1 for has no word "from" | write (for $i FROM TO ...)',
  ],
  [
    'a list of a for',
    '(for $x $xs (kv.set "k" $x)) "a"',
    '1:9 for counts from one number to another, got list<i32> | to go through it: (each $x $xs ...)',
  ],
  ['try', '(try (kv.get "a"))', '1:2 there is no "try" here | write (catch $err A) or (default A B)'],
  ['single quotes', `(string.upper 'a')`, `1:15 "'a'" is no value | text stands between double quotes`],
];
const FORMS: readonly Row[] = [
  [
    'a step of a for',
    '(let $s 0) (for $i 0 10 2 (let $s (+ $s $i))) (text $s)',
    '1:25 for takes no step, got 2 | it counts by one; for another step write (while ...)',
  ],
  [
    'a bare value between forms',
    '(let $s 1) $s 2 (text $s)',
    '1:12 "$s" does nothing here | a value of its own stands at the end, as the result',
    '1:15 "2" does nothing here | a value of its own stands at the end, as the result',
  ],
  [
    'a catch without a value as an operand',
    '(string.upper (catch $e (kv.get "a") (kv.delete "b")))',
    '1:15 "(catch ...)" leaves no value, so it cannot be an operand of string.upper | its last form leaves no value: end it with the value',
  ],
  [
    'a local with the name of a temporary',
    '(local.set $status 2) $t',
    '1:12 unknown local "$status" | give it a value first: (let $status VALUE)',
  ],
  [
    'no form at all',
    '',
    '1:1 the body has no instructions | end with a value of type string, which is the result',
  ],
  [
    'too many operands of an instruction',
    '(text (i32.add 1 2 3))',
    '1:7 i32.add takes 2 operands, got 3 | nest it, or leave the rest out',
  ],
  ['a form with too little', '(let $x) "a"', '1:1 this is not how let is written | write (let $x VALUE)'],
  ['a form with too much', '(let $x 1 2) "a"', '1:1 this is not how let is written | write (let $x VALUE)'],
  [
    'an odd number of an object',
    '(text (object "a"))',
    '1:7 this is not how object is written | write (object "name" VALUE ...)',
  ],
  [
    'break outside of a loop',
    '(break)',
    '1:1 there is no loop around this break | it stands inside (for ...), (while ...) or (each ...)',
  ],
  [
    'an if without a branch',
    '(if (> $n 0))\n"a"',
    '1:1 this is not how if is written | write (if CONDITION (then ...) (else ...)) or (if CONDITION A B)',
  ],
  [
    'a template that is no string',
    '(format $t $n)',
    '1:1 this is not how format is written | write (format "{} and {$x}, {:.2}" A B)',
  ],
  [
    'a hole too many',
    '(format "{} {}" $n)',
    '1:1 the template has holes for 2 values, got one value | write {} for each value; {$x} takes a local and no value',
  ],
  [
    'a value too many',
    '(format "{}" $n $t)',
    '1:1 the template has holes for one value, got 2 values | write {} for each value; {$x} takes a local and no value',
  ],
  [
    'a brace',
    '(format "{x}" $n)',
    '1:10 a "{" of this template belongs to no hole | holes are {}, {$x} and {:.2}; a brace itself is {{ or }}',
  ],
  ['an unknown local in a hole', '(format "{$nn}")', '1:11 unknown local "$nn" | did you mean $n?'],
  [
    'digits for a text',
    '(format "{:.2}" $t)',
    '1:17 a hole with digits takes a number, got text | write {} for text, or (f64 ...) to read the number',
  ],
  [
    'a list of an unknown type',
    '(let $a (new string 5)) "a"',
    '1:9 this is not how new is written | write (new i32 COUNT)',
  ],
];
const CALLS: readonly Row[] = [
  [
    'too few arguments',
    '(string.slice $t)',
    '1:1 string.slice takes (text: text, start: i32, end: i32), got 1 argument | write (string.slice TEXT START [END])',
  ],
  [
    'too many arguments',
    '(string.upper $t 1)',
    '1:1 string.upper takes (text: text), got 2 arguments | write (string.upper TEXT)',
  ],
  [
    'an argument of another type',
    '(string.slice $t "0" 1)',
    '1:18 string.slice needs i32 for start, got text | convert it: (i32 "...")',
  ],
  [
    'a number that would be cut',
    '(string.repeat $t 1.5)',
    '1:19 string.repeat needs i32 for times, got the number 1.5 | convert it: (i32 1.5)',
  ],
  [
    'an i64 for an i32',
    '(string.repeat $t (i64 2))',
    '1:19 string.repeat needs i32 for times, got i64 | convert it: (i32 (i64 ...))',
  ],
  [
    'nothing as an argument',
    '(string.upper (kv.set "a" "b"))',
    '1:15 "(kv.set ...)" leaves no value, so it cannot be an operand of string.upper | write it before, as an instruction of its own',
  ],
  [
    'a raw call as an argument',
    '(string.upper (call $kv.get "a"))',
    '1:15 "(call ...)" leaves two values, a result and its status, but string.upper takes one | leave out "call" and "$" to have the status checked: (kv.get "key")',
  ],
  [
    'a check of a checked call',
    '(check (kv.set "a" "b")) "a"',
    '1:8 kv.set is checked already | leave out the check around it',
  ],
];
const TYPES: readonly Row[] = [
  [
    'parts of locals that are given nothing',
    '(local $d i32) (let $a $b) (let $b $a)\n(put $d 0 1) (text (at $a (len $b)))',
    '2:6 put needs a list or JSON value, got i32 | give it one first: (let $d VALUE)',
    '2:24 at needs a list or JSON value, got i32 | give it one first: (let $a VALUE)',
    '2:32 len needs a list, text or JSON value, got i32 | give it one first: (let $b VALUE)',
  ],
  [
    'a number beyond all types',
    '(let $x 1e400) (+ $x (f64 0x1p9999))',
    '1:9 1e400 is beyond what f64 can hold | infinity is (f64.const inf)',
    '1:27 0x1p9999 is beyond what f64 can hold | infinity is (f64.const inf)',
  ],
  [
    'a call without its operand at the end',
    'call $string.upper',
    '1:1 call $string.upper needs [i32] on the stack, got nothing | $string.upper takes (text: string)',
  ],
  [
    'a local of two types',
    '(let $x 1)\n(let $x "a")\n"a"',
    '2:6 "$x" is given text here, but i32 on line 1 | a local has one type in the whole body: give one of the two another name',
  ],
  [
    'text in a sum',
    '(let $x (* $t 2)) (text $x)',
    '1:12 * needs numbers, got text | read the number: (i32 ...) or (f64 ...)',
  ],
  ['text as a condition', '(if $t "a" "b")', '1:5 if needs a condition, got text | compare it: (!= $t "")'],
  [
    'an f64 as a condition',
    '(if 1.5 "a" "b")',
    '1:5 if needs a condition, got the number 1.5 | compare it: (!= 1.5 0)',
  ],
  [
    'a list as a condition',
    '(while $xs (break)) "a"',
    '1:8 while needs a condition, got list<i32> | ask for its length: (> (len $xs) 0)',
  ],
  [
    'a text and a number',
    '(if (= $t 5) "a" "b")',
    '1:11 = compares a text with the number 5 | read the number in the text: (i32 ...) or (f64 ...)',
  ],
  [
    'branches of two types',
    '(text (if (> $n 0) $xs (bytes $t)))',
    '1:7 the branches of this if give list<i32> and bytes | let both give the same: (text ...) or (value ...)',
  ],
  [
    'an if without else as a value',
    '(let $x (if (> $n 0) "a")) $x',
    '1:9 "(if ...)" leaves no value, so it cannot be an operand of let | give it both branches: (if CONDITION A B)',
  ],
  [
    'a text in arithmetic of plain WAT, in a body that looks at no memory',
    '(text (i32.add $t 1))',
    '1:16 i32.add needs i32, got text | convert it: (i32 $t)',
  ],
  [
    'a text where no address is of any use',
    '(text (i32.add (i32.load8_u (i32.add $t 4)) (i32.mul $t 2)))',
    '1:54 i32.mul needs i32, got text | convert it: (i32 $t)',
  ],
  [
    'a text that is asked for 0',
    '(if (i32.eqz $t) "" (text (i32.load $t)))',
    '1:14 i32.eqz needs i32, got text | convert it: (i32 $t)',
  ],
  [
    'texts by their addresses',
    '(if (i32.eq $t "a") "a" "b")',
    '1:13 i32.eq compares addresses, got text | compare what is there: (= $a $b)',
  ],
  [
    'an i64 in i32 arithmetic',
    '(text (i32.mul (i64 $n) 2))',
    '1:16 i32.mul needs i32, got i64 | convert it: (i32 (i64 ...))',
  ],
  [
    'an index that is text',
    '(text (at $xs "a"))',
    '1:15 the place in a list is an i32, got text | convert it: (i32 "...")',
  ],
  [
    'an item of text',
    '(text (at $t 0))',
    '1:11 at needs a list or JSON value, got text | part of a text: (string.slice $x 0 1); a text of JSON is read by (json.parse $x)',
  ],
  [
    'the length of a number',
    '(text (len $n))',
    '1:12 len needs a list, text or JSON value, got i32 | the digits of a number: (len (text $x))',
  ],
  [
    'each of a text',
    '(each $line $t (kv.set "k" $line)) "a"',
    '1:13 each needs a JSON array or a list, got text | split it: (each $line (string.split $text "\\n") ...)',
  ],
  [
    'each of a number',
    '(each $x $n (kv.set "k" $x)) "a"',
    '1:10 each needs a JSON array or a list, got i32 | to count, write (for $i 0 $n ...)',
  ],
  [
    'a quotient of constants that is cut',
    '(text (* $n (/ 9 5)))',
    '1:13 a quotient of whole numbers is cut to a whole one, here 1 | write (/ 9.0 5) for the fraction, or 1 if that is meant',
  ],
  [
    'a mean of whole numbers with digits',
    '(format "{:.2}" (/ $n (len $t)))',
    '1:17 a hole with digits takes a fraction, and a quotient of whole numbers has none | write (/ (f64 A) B), or (i32 (/ A B)) if the cut is meant',
  ],
  [
    'a percentage of whole numbers',
    '(format "{:.1} %" (* 100.0 (/ $n (len $t))))',
    '1:28 this is reckoned with fractions, and a quotient of whole numbers has none | write (/ (f64 A) B), or (i32 (/ A B)) if the cut is meant',
  ],
  [
    'what is reckoned from a quotient of whole numbers',
    '(format "{:.1} %" (* 100 (/ $n (len $t))))',
    '1:19 a hole with digits takes a fraction, and a quotient of whole numbers has none | write (/ (f64 A) B), or (i32 (/ A B)) if the cut is meant',
  ],
  [
    'a mean of whole numbers in a local',
    '(let $mean (/ $n (len $t))) (format "{$mean:.2}")',
    '1:39 a hole with digits takes a fraction, and a quotient of whole numbers has none | write (let $mean (/ (f64 A) B)) above, or (i32 $mean) here if the cut is meant',
  ],
  [
    'a mean of whole numbers in a local that holds fractions',
    '(let $mean 0.0) (if (> (len $t) 0) (let $mean (/ $n (len $t)))) (text $mean)',
    '1:47 "$mean" holds fractions, and a quotient of whole numbers has none | write (/ (f64 A) B), or (i32 (/ A B)) if the cut is meant',
  ],
  [
    'each of a number written out',
    '(each $x 5 (kv.set "k" $x)) "a"',
    '1:10 each needs a JSON array or a list, got the number 5 | to count, write (for $i 0 $n ...)',
  ],
  [
    'a number too large for its place and for all',
    '(string.repeat $t 99999999999999999999)',
    '1:19 99999999999999999999 is too large: i64 goes from -9223372036854775808 to 9223372036854775807 | 99999999999999999999.0 is an f64, "99999999999999999999" a text',
  ],
  [
    'a function for what has a form',
    '(string.format "{}" $t)',
    '1:2 unknown function "string.format" | write (format "{} {:.2}" A B)',
  ],
  [
    'a number that does not fit',
    '(string.repeat $t 99999999999)',
    '1:19 string.repeat needs i32 for times, got the number 99999999999, but i32 goes from -2147483648 to 2147483647 | write one that fits; where the type is yours to choose, an i64 goes further',
  ],
  [
    'a text made a truth value',
    '(text (bool $t))',
    '1:13 text cannot be made bool | compare it: (= $t "true")',
  ],
  [
    'a counter of two types',
    '(for $i 0 5 (let $i (/ $i 2.0))) "a"',
    '1:6 "$i" counts in i32, but elsewhere "$i" is given f64 | give one of the two another name',
  ],
];
const RESULTS: readonly Row[] = [
  [
    'a value too many behind a call',
    '(string.lower $t)\n(f64.const 1)\n(i32.const 2)',
    '3:2 the body ends with one value too many on the stack: [f64] | remove values with (drop); a host call leaves two: bind the status first, then the result',
  ],
  [
    'the two values of a plain call behind another',
    '(string.lower $t) (call $kv.get "a")',
    '1:20 the body ends with one value too many on the stack: [i32] | remove values with (drop); a host call leaves two: bind the status first, then the result',
  ],
  [
    'none',
    '(let $x 5)',
    '1:1 the program must give a result of type string, but its last form "(let ...)" gives no value | end with the value itself: $x',
  ],
  [
    'nothing at the end',
    '(kv.set "a" "b")',
    '1:1 the program must give a result of type string, but its last form "(kv.set ...)" gives no value | end with the value itself: $x, "text" or a form that gives it',
  ],
  [
    'a missing operand',
    '(text (i32.add $n))',
    '1:7 "(i32.add ...)" misses an operand | a form cannot give it one from the stack',
  ],
];
const TYPED_RESULTS: readonly TypedRow[] = [
  [
    'constants that are returned',
    '(n: i32) -> bool',
    '(if (i32.lt_s $n 2) (then (return (i32.const 0))))\n(if (i32.eq $n 9) (then i32.const 4 return)) (i32.eqz (i32.rem_s $n 2))',
    '1:27 return ends with a status, and 0 may be meant as the result | write (resv 0) for the result, or (fail 0) for the status',
    '2:37 return ends with a status, and 4 may be meant as the result | write (resv 4) for the result, or (fail 4) for the status',
  ],
  [
    'a constant in front of a return of its own',
    '(n: i32) -> i32',
    '(if (> $n 0) (then (i32.const 4) (return))) (i32.const 9)',
    '1:34 return ends with a status, and 4 may be meant as the result | write (resv 4) for the result, or (fail 4) for the status',
  ],
  [
    'a choice that is returned',
    '(n: i32) -> i32',
    '(return (if (result i32) (i32.gt_s $n 2) (then (i32.const 4)) (else (i32.const 3))))',
    '1:1 return ends with a status, and (if ...) may be meant as the result | write (resv (if ...)) for the result, or (fail (if ...)) for the status',
  ],
  [
    'a sum that a flat return takes',
    '(n: i32) -> i32',
    'local.get $n i32.const 1 i32.add return',
    '1:34 return ends with a status, and i32.add may be meant as the result | keep it in a local, and write (resv $x) for the result, or (fail $x) for the status',
  ],
  [
    'a number that is returned where the result is a wider one',
    '(n: i32) -> f64',
    '(if (> $n 5) (return 4)) (if (> $n 3) (return $n)) (return (* $n 2))',
    '1:14 return ends with a status, and 4 may be meant as the result | write (resv 4) for the result, or (fail 4) for the status',
    '1:39 return ends with a status, and $n may be meant as the result | write (resv $n) for the result, or (fail $n) for the status',
    '1:52 return ends with a status, and (* ...) may be meant as the result | write (resv (* ...)) for the result, or (fail (* ...)) for the status',
  ],
  [
    'a count that is returned where the result is a text',
    '(t: string) -> string',
    '(return (len $t))',
    '1:1 return ends with a status, and (len ...) may be meant as the result | write (resv (len ...)) for the result, or (fail (len ...)) for the status',
  ],
  [
    'the two values of a plain call that are returned',
    '(t: string) -> string',
    '(return (call $string.upper $t))',
    '1:1 return ends with the status of (call ...), and its result is lost | leave out "call" and "$" to return the result: (return (string.upper ...))',
  ],
  [
    'a small constant at the end where the result is a wider number',
    '() -> i64',
    '(i32.const 7)',
    '1:1 7 at the end may be the result or a status | write (resv 7) for the result, or (fail 7) for the status',
  ],
  [
    'a constant at the end where the result is a list',
    '() -> list<i32>',
    '(i32.const 7)',
    '1:1 the program must give a result of type list<i32>, but its last form "(i32.const ...)" gives an i32 | (fail 7) ends with a status alone',
  ],
  [
    'success at the end without a result',
    '() -> string',
    '(i32.const 0)',
    '1:1 the program must give a result of type string, but its last form "(i32.const ...)" gives an i32 | end with the value itself: $x, "text" or a form that gives it',
  ],
  [
    'a choice of statuses at the end without a result',
    '(n: i32) -> string',
    '(if (result i32) (i32.gt_s $n 2) (then (i32.const 4)) (else (i32.const 3)))',
    '1:1 the program must give a result of type string, but its last form "(if ...)" gives an i32 | end with the value itself: $x, "text" or a form that gives it',
  ],
  [
    'an argument that is declared as another type',
    '(s: string, n: i64) -> string',
    '(local $s i64) (local $n i32)\n(format "{$s} {}" (+ $n 1))',
    '1:8 "$s" is the argument of type string, and declared as i64 here | an argument needs no (local ...); give the local another name if it is not the argument',
    '1:23 "$n" is the argument of type i64, and declared as i32 here | an argument needs no (local ...); give the local another name if it is not the argument',
  ],
  [
    'a wrong operand of the last instruction of flat WAT',
    '(a: i32) -> i32',
    'local.get $a i64.const 1 i32.add',
    '1:26 i32.add needs [i32, i32] on the stack, got [i32, i64] | convert with (i32.wrap_i64 ...)',
  ],
  [
    'a missing operand of the last instruction of flat WAT',
    '(a: i32) -> i32',
    'local.get $a i32.add',
    '1:14 i32.add needs [i32, i32] on the stack, got [i32] | one operand is missing',
  ],
  ['text for a number', '(t: string) -> i32', '$t', '1:1 the result is i32, got text | convert it: (i32 $t)'],
  [
    'a fraction for a whole number',
    '(x: f64) -> i32',
    '(/ $x 2)',
    '1:1 the result is i32, got f64 | convert it: (i32 (/ ...))',
  ],
  [
    'text for a struct',
    '(t: string) -> {a: i32}',
    '$t',
    '1:1 the result is {a: i32}, got text | a text with JSON is read by (json.parse $x); (list ...) and (object ...) make values',
  ],
  [
    'bytes for a text',
    '(b: bytes) -> string',
    '$b',
    '1:1 the result is string, got bytes | make it text: (text $b), or (base64.encode $b)',
  ],
  [
    'a return that may be a result',
    '(n: i32) -> i32',
    '(if (> $n 0) (return $n)) 0',
    '1:14 return ends with a status, and $n may be meant as the result | write (resv $n) for the result, or (fail $n) for the status',
  ],
  [
    'a list of numbers for a function that changes arrays',
    '(xs: list<i32>) -> list<i32>',
    '(json.push $xs 5) $xs',
    '1:12 json.push would change a copy: it changes JSON values, got list<i32> | make it one first: (let $v (value $xs)); the items of a list are changed by put',
  ],
  [
    'a new list for a function that changes members',
    '() -> string',
    '(let $xs (new i32 1)) (json.set $xs 0 1) (text $xs)',
    '1:33 json.set would change a copy: it changes JSON values, got list<i32> | make it one first: (let $v (value $xs)); the items of a list are changed by put',
  ],
  [
    'a number out of the range of an i32',
    '() -> i32',
    '3000000000',
    '1:1 the result is i32, got the number 3000000000, but i32 goes from -2147483648 to 2147483647 | write one that fits; where the type is yours to choose, an i64 goes further',
  ],
  [
    'a number out of the range of an i64',
    '() -> i64',
    '18446744073709551615',
    '1:1 the result is i64, got the number 18446744073709551615, but i64 goes from -9223372036854775808 to 9223372036854775807 | write one that fits, or keep it as text',
  ],
  [
    'a number that may be an address',
    '(a: i32) -> i32',
    '(local $p i32) (local $x i32) (local.set $p 8192) (local.set $x $a) (i32.store $p $a) (resv $x)',
    '1:93 $x may be the result or the address of it | write (resv (i32 $x)) for the result, or (return (call $core.resv $x)) for its address',
  ],
  [
    'a status at the end that may be the result',
    '(a: i32) -> i32',
    '(if (< $a 0) (resv 0)) (i32.const 5)',
    '1:24 5 at the end may be the result or a status | write (resv 5) for the result, or (fail 5) for the status',
  ],
  [
    'a local at the end that may be a status',
    '(a: i32) -> i32',
    '(if (< $a 0) (resv 0)) (local.get $a)',
    '1:24 $a at the end may be the result or a status | write (resv $a) for the result, or (fail $a) for the status',
  ],
  [
    'a choice that may be a status',
    '(a: i32) -> i32',
    '(if (< $a 0) (resv 0)) (if (result i32) (i32.gt_s $a 5) (then (i32.const 0)) (else (i32.mul $a 4)))',
    '1:24 (if ...) at the end may be the result or a status | write (resv (if ...)) for the result, or (fail (if ...)) for the status',
  ],
  [
    'a sum that is returned',
    '(a: i32) -> i32',
    '(return (i32.add $a 1))',
    '1:1 return ends with a status, and (i32.add ...) may be meant as the result | write (resv (i32.add ...)) for the result, or (fail (i32.add ...)) for the status',
  ],
  [
    'an if without the other branch',
    '() -> string',
    '(if true "a")',
    '1:1 the program must give a result of type string, but its last form "(if ...)" gives no value | give it both branches: (if CONDITION A B)',
  ],
  [
    'brackets of JSON',
    '() -> string',
    '(text [1])',
    '1:7 "[" means nothing here | a JSON array is (list A B ...)',
  ],
  [
    'a number where a text is due',
    '(a: i32) -> string',
    '(i32.add $a 1)',
    '1:1 the program must give a result of type string, but its last form "(i32.add ...)" gives an i32 | end with the value itself: $x, "text" or a form that gives it',
  ],
  [
    'a whole number that no f64 is',
    '() -> string',
    '(string.from_f64 9007199254740993)',
    '1:18 string.from_f64 needs f64 for value, got the number 9007199254740993, but the nearest f64 is 9007199254740992 | write 9007199254740993.0 if that one will do',
  ],
  [
    'a whole number that no f64 is, reckoned with',
    '() -> f64',
    '(* 1.5 9007199254740993)',
    '1:8 this is reckoned in f64, got the number 9007199254740993, but the nearest f64 is 9007199254740992 | write 9007199254740993.0 if that one will do',
  ],
  [
    'a cast of a number that does not fit',
    '() -> i32',
    '(i32 3000000000)',
    '1:6 3000000000 does not fit: i32 goes from -2147483648 to 2147483647 | without the cast it is an i64',
  ],
  [
    'a cast of a number with an exponent that does not fit',
    '() -> i32',
    '(i32 1e20)',
    '1:6 1e20 does not fit: i32 goes from -2147483648 to 2147483647 | without the cast it is an f64',
  ],
  [
    'a cast of numbers that are reckoned with and do not fit',
    '() -> i32',
    '(i32 (* 2 -3000000000))',
    '1:6 -6000000000 does not fit: i32 goes from -2147483648 to 2147483647 | without the cast it is an i64',
  ],
  [
    'a cast of more bits than there are',
    '() -> i32',
    '(i32 0x1FFFFFFFF)',
    '1:6 0x1FFFFFFFF does not fit: i32 has 32 bits | without the cast it is an i64',
  ],
  [
    'a cast of a number that does not fit into an i64',
    '() -> i64',
    '(i64 -1e19)',
    '1:6 -1e19 does not fit: i64 goes from -9223372036854775808 to 9223372036854775807 | without the cast it is an f64',
  ],
  [
    'a number that is too large for a local',
    '() -> string',
    '(let $x 18446744073709551615) (text $x)',
    '1:9 18446744073709551615 is too large: i64 goes from -9223372036854775808 to 9223372036854775807 | 18446744073709551615.0 is an f64, "18446744073709551615" a text',
  ],
  [
    'a number out of the range of a list',
    '(xs: list<i32>) -> i32',
    '(put $xs 0 3000000000) 1',
    '1:12 put needs i32 for an item of list<i32>, got the number 3000000000, but i32 goes from -2147483648 to 2147483647 | write one that fits; where the type is yours to choose, an i64 goes further',
  ],
  [
    'a bound of a for that i32 cannot count to',
    '() -> i32',
    '(for $i 0 3000000000 (break)) 1',
    '1:11 for counts in i32, got the number 3000000000, but i32 goes from -2147483648 to 2147483647 | write one that fits; where the type is yours to choose, an i64 goes further',
  ],
  [
    'a list for a number',
    '(xs: list<i32>) -> f64',
    '$xs',
    '1:1 the result is f64, got list<i32> | take an item: (at $xs 0) is i32',
  ],
];

describeMistakes(
  {
    names: NAMES,
    'words of other languages': WORDS_OF_OTHER_LANGUAGES,
    forms: FORMS,
    calls: CALLS,
    types: TYPES,
    results: RESULTS,
  },
  (body) => mistakesIn(SIGNATURE, body),
);

describe('mistakes in a declared result', () => {
  it.each(TYPED_RESULTS.map(([kind, signature, body, ...mistakes]) => ({ kind, signature, body, mistakes })))(
    '$kind',
    async ({ signature, body, mistakes }) => {
      expect(shown(await mistakesIn(signature, body))).toEqual(mistakes);
    },
  );
});

describe('the mistakes of one body', () => {
  it('are told together, and nothing of what uses an expression that was told of', async () => {
    const body =
      '(let $a (kv.gat "x"))\n(let $b (+ $a 1))\n(print $b)\n(string.upper $c)\n(let $d (string.slice $t))\n(+ $d $b)';
    expect((await mistakesIn(SIGNATURE, body)).map(({ line, message }) => `${line} ${message}`)).toEqual([
      '1 unknown function "kv.gat"',
      '3 there is no "print" here',
      '4 unknown local "$c"',
      '5 string.slice takes (text: text, start: i32, end: i32), got 1 argument',
    ]);
  });
});
