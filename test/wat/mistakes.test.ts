import { describe, expect, it } from 'vitest';
import { describeMistakes, type Row } from './mistake-tables.ts';
import { IMPORTS, mistakesIn, OPTIONS } from './sandbox.ts';

const BODY_ONLY =
  'write instructions and (local ...) only; imports, memory and exports are added around them';
const IF_FORM = 'write (if (condition) (then ...) (else ...))';
const TWO_VALUES =
  'remove values with (drop); a host call leaves two: bind the status first, then the result';
const LONG_TEXT = 'write \\n for a new line, or put text of several lines between """ and """';

const STRUCTURE: readonly Row[] = [
  [
    'a parenthesis too many',
    '(i32.const 0))',
    '1:14 this ")" closes nothing | remove it, or open what it should close',
  ],
  [
    'parentheses missing',
    '(if (i32.const 1)\n  (then (nop)\n(i32.const 0)',
    '2:3 "(then" is never closed: 2 ")" are missing | the "(" of 2:3 should probably be closed before line 3',
  ],
  [
    'one parenthesis missing',
    '(i32.const 0',
    '1:1 "(i32.const" is never closed: one ")" is missing | close it behind its last part',
  ],
  ['an empty body', '', '1:1 the body has no instructions | the smallest program is (i32.const 0)'],
  [
    'a body of comments',
    ';; nothing\n(; at all ;)\n',
    '2:13 the body has no instructions | the smallest program is (i32.const 0)',
  ],
  ['an empty list', '() i32.const 0', '1:1 "()" is empty | leave it out'],
  [
    'a list without a name',
    '((nop)) i32.const 0',
    '1:1 a list must begin with a word, of a form, a function or an instruction | write (nop) without these parentheses, or (list (nop)) for a JSON array',
  ],
  ['a block without end', 'block\n nop\ni32.const 0', '1:1 this block has no end | close it with end'],
  ['an end too many', 'i32.const 0\nend', '2:1 this end belongs to no open block | remove it'],
  [
    'an else without if',
    'block else end i32.const 0',
    '1:7 this else has no if of its own | write (if (condition) (then ...) (else ...))',
  ],
  [
    'a second else',
    'i32.const 1 if else else end i32.const 0',
    '1:21 this else has no if of its own | write (if (condition) (then ...) (else ...))',
  ],
  [
    'an end with another label',
    'block $a end $b i32.const 0',
    '1:14 this end names "$b" but belongs to block $a | write $a, or leave the name out',
  ],
  ['a then without if', '(then (nop)) (i32.const 0)', `1:2 "then" has no if around it | ${IF_FORM}`],
  [
    'something behind then',
    '(if (i32.const 1) (then) (nop)) (i32.const 0)',
    '1:26 only one (else ...) can follow (then ...) | put further instructions inside (then ...), or behind the if',
  ],
  [
    'a result of the body',
    '(result i32) (i32.const 0)',
    '1:2 "(result ...)" cannot stand here | it belongs right behind block, loop or if; what the program takes and gives stands in its signature',
  ],
  [
    'an unknown type of a block',
    '(block (result string) (i32.const 0))',
    '1:16 "string" is not a type of a value | the types are i32, i64, f32 and f64; text, lists and JSON values are i32',
  ],
  ...['(type $t)', '(type 0)', '(type 7)', '(type)'].map(
    (type): Row => [
      `a block of ${type}`,
      `(block ${type} (nop)) (i32.const 0)`,
      '1:8 a program has no named types | write (param ...) and (result ...)',
    ],
  ),
  [
    'a parameter behind a result',
    'i32.const 0 (block (result i32) (param i32))',
    '1:33 (param ...) must stand before (result ...) | put (param ...) first',
  ],
];

const SMUGGLED: readonly Row[] = [
  [
    'module',
    '(module (func (export "run") (result i32) (i32.const 0)))',
    `1:2 "(module ...)" belongs to a module, and a program is only the body of a function | ${BODY_ONLY}`,
  ],
  ...['func', 'import', 'export', 'memory', 'data', 'table', 'elem', 'start', 'global', 'type'].map(
    (field): Row => [
      field,
      `(i32.const 0) (${field} "kv" $f)`,
      `1:16 "(${field} ...)" belongs to a module, and a program is only the body of a function | ${BODY_ONLY}`,
    ],
  ),
  [
    'the end of the function and a new one',
    '(i32.const 0)) (func (export "own")',
    '1:14 this ")" closes nothing | remove it, or open what it should close',
    '1:16 "(func" is never closed: one ")" is missing | close it behind its last part',
  ],
];

const WORDS: readonly Row[] = [
  [
    'an unknown instruction',
    '(i32.ad (i32.const 1) (i32.const 2))',
    '1:2 unknown instruction "i32.ad" | did you mean i32.add, i32.and or i32.or?',
  ],
  ['an old name', 'get_local 0', '1:1 unknown instruction "get_local" | write local.get'],
  [
    'an old name of the memory',
    '(grow_memory (i32.const 1))',
    '1:2 unknown instruction "grow_memory" | write memory.grow',
  ],
  [
    'an old conversion',
    '(i32.trunc_s:sat/f64 (f64.const 1))',
    '1:2 unknown instruction "i32.trunc_s:sat/f64" | write i32.trunc_sat_f64_s',
  ],
  [
    'an old conversion without a sign',
    '(i32.wrap/i64 (i64.const 1))',
    '1:2 unknown instruction "i32.wrap/i64" | write i32.wrap_i64',
  ],
  [
    'a sign missing',
    '(i32.load8 (i32.const 0))',
    '1:2 unknown instruction "i32.load8" | write i32.load8_s (signed) or i32.load8_u (unsigned)',
  ],
  [
    'a sign too many',
    '(i32.store8_u (i32.const 0) (i32.const 0)) (i32.const 0)',
    '1:2 unknown instruction "i32.store8_u" | write i32.store8',
  ],
  [
    'an instruction of no machine',
    '(i32.not (i32.const 0))',
    '1:2 unknown instruction "i32.not" | write (i32.eqz ...) for a condition, or (i32.xor ... (i32.const -1)) for bits',
  ],
  [
    'SIMD',
    '(v128.const i32x4 0 0 0 0) drop i32.const 0',
    '1:2 "v128.const" cannot be used: SIMD is not available | go through the numbers one by one: (each $x $list ...)',
  ],
  [
    'threads',
    '(i32.atomic.load (i32.const 0))',
    '1:2 "i32.atomic.load" cannot be used: threads are not available | nothing runs beside a program: plain loads and stores will do',
  ],
  [
    'exceptions',
    '(try (do (nop)) (catch_all)) i32.const 0',
    '1:2 there is no "try" here | write (catch $err A) or (default A B)',
  ],
  [
    'tail calls',
    '(return_call $run)',
    '1:2 "return_call" cannot be used: tail calls are not available | write a loop: (while A ...)',
  ],
  [
    'an indirect call',
    '(call_indirect (type 0) (i32.const 0))',
    '1:2 "call_indirect" cannot be used: a program has no tables and no references | write (if (= $kind 0) A B)',
  ],
  ['a bare local', '$x', '1:1 unknown local "$x" | give it a value first: (let $x VALUE)'],
  [
    'a flat instruction as an operand',
    '(drop local.get $x) i32.const 0',
    '1:7 drop takes its operands in parentheses, got "local.get" | write (local.get ...)',
    '1:17 unknown local "$x" | give it a value first: (let $x VALUE)',
  ],
  [
    'a macro with an exclamation mark',
    '(argv! 0 $x) (i32.const 0)',
    '1:2 unknown instruction "argv!" | write (argv 0 $x)',
  ],
  [
    'a form without parentheses',
    'check $err',
    '1:1 unknown instruction "check" | write (check $err)',
    '1:7 unknown local "$err" | give it a value first: (let $err VALUE)',
  ],
];

const NAMES: readonly Row[] = [
  [
    'an unknown local',
    '(local $count i32) (local.get $coutn)',
    '1:31 unknown local "$coutn" | did you mean $count?',
  ],
  [
    'an undeclared local, once',
    '(local.set $sum (i32.const 1))\n(local.get $sum)',
    '1:12 unknown local "$sum" | give it a value first: (let $sum VALUE)',
  ],
  [
    'a local without $',
    '(local $x i32) (local.get x)',
    '1:27 local.get needs the name of a local, got "x" | write $x',
  ],
  [
    'a local by an index too high',
    '(local i32) (local.get 1)',
    '1:24 there is no local 1; the body has 1 | use its name: $x',
  ],
  [
    'an unknown function',
    '(call $kv.gat "a") (return)',
    '1:7 unknown function "$kv.gat" | did you mean $kv.get or $kv.set?',
  ],
  [
    'a function that its capability has not',
    '(call $kv.increment "a") (return)',
    '1:7 unknown function "$kv.increment" | kv has get, set',
  ],
  [
    'a function of a capability that is not granted',
    '(call $http.fetch "a") (return)',
    '1:7 unknown function "$http.fetch": no capability "http" is granted | granted are core, kv, time, math, array',
  ],
  [
    'a function without its capability',
    '(call $now) (return)',
    '1:7 unknown function "$now" | did you mean $time.now?',
  ],
  [
    'a function without $',
    '(call kv.get "a") (return)',
    '1:7 call needs the name of a function, got "kv.get" | write $kv.get',
  ],
  ['a function by number', 'call 0', '1:6 call needs the name of a function, got "0" | a name begins with $'],
  [
    'a host function as an operand',
    '(drop $kv.get "a") i32.const 0',
    '1:7 drop takes its operands in parentheses, got "$kv.get" | write (call $kv.get ...)',
  ],
  [
    'an unknown label',
    '(block $done (br $don)) i32.const 0',
    '1:18 unknown label "$don" | did you mean $done?',
  ],
  [
    'a label that is closed already',
    '(block $a) (loop $outer (br $a)) i32.const 0',
    '1:29 unknown label "$a" | the blocks around are $outer',
  ],
  ['a label where no block is', '(br $a)', '1:5 unknown label "$a" | no block around has a name'],
  [
    'a label by a number too high',
    '(block (br_table 0 2 (i32.const 0))) i32.const 0',
    '1:20 there is no label 2 here; they go from 0 to 1 | name the block and go there by its name: (loop $again ... (br $again))',
  ],
  [
    'a number of labels that are not there',
    '(block $a (br_table $a $b 9 $a (i32.const 0))) i32.const 0',
    '1:24 unknown label "$b" | the blocks around are $a',
    '1:27 there is no label 9 here; they go from 0 to 1 | name the block and go there by its name: (loop $again ... (br $again))',
  ],
  [
    'labels of one br_table that carry different values',
    '(block $a (loop $b (param i32) (br_table $a $b 1 2 (i32.const 0)))) i32.const 0',
    '1:45 the labels of one br_table must carry the same values, but "$b" carries 1 and the first 0 | give the blocks the same (result ...)',
    '1:50 the labels of one br_table must carry the same values, but "2" carries 1 and the first 0 | give the blocks the same (result ...)',
  ],
  ['a global', '(global.get $g)', '1:13 unknown global "$g" | a program has no globals; use a local'],
];

const LOCALS: readonly Row[] = [
  [
    'two types for one name',
    '(local $a i32)\n(block (local $a i64)) (i32.const 0)',
    '2:15 the local "$a" is declared as i64 here and as i32 before | give one of the two another name',
  ],
  [
    'argv for a local of another type',
    '(local $a f64) (argv 0 $a) (i32.const 0)',
    '1:24 the local "$a" is declared as i32 here and as f64 before | give one of the two another name',
  ],
  [
    'an unknown type',
    '(local $a string) (i32.const 0)',
    '1:11 "string" is not a type of a local (i32, i64, f32 or f64) | pointers, handles and booleans are i32',
  ],
  ['no type', '(local $a) (i32.const 0)', '1:8 the local "$a" has no type | write (local $name i32)'],
  ['nothing at all', '(local) (i32.const 0)', '1:1 this local has no type | write (local $name i32)'],
  [
    'two in one declaration',
    '(local $a i32 $b i32) (i32.const 0)',
    '1:15 "$b" is too much: a declaration with a name holds one local | write (local $a i32) (local $b i32)',
  ],
];

const MACRO_USES: readonly Row[] = [
  [
    'argv without a number',
    '(argv $x 0) (i32.const 0)',
    '1:1 this is not how argv is written | write (argv 0 $x)',
  ],
  [
    'argv with too much',
    '(argv 0 $x i32) (i32.const 0)',
    '1:1 this is not how argv is written | write (argv 0 $x)',
  ],
  ['check of nothing', '(check) (i32.const 0)', '1:1 this is not how check is written | write (check $err)'],
  [
    'check of an unknown local',
    '(check $err) (i32.const 0)',
    '1:8 unknown local "$err" | give it a value first: (let $err VALUE)',
  ],
  [
    'a macro as an operand',
    '(local $x i32) (local.set $x (argv 0 $y)) (i32.const 0)',
    '1:30 "(argv ...)" leaves no value, so it cannot be an operand of local.set | write it before, as an instruction of its own',
  ],
  [
    'a macro as a condition',
    '(if (check $e) (then (nop))) (i32.const 0)',
    '1:5 "(check ...)" leaves no value, so it cannot be an operand of if | write it before, as an instruction of its own',
    '1:12 unknown local "$e" | give it a value first: (let $e VALUE)',
  ],
];

const TEXT: readonly Row[] = [
  [
    'an unknown escape',
    String.raw`(resv "a\qb")`,
    String.raw`1:9 unknown escape "\q" | a backslash is \\, or put the text between """ and """, where all stands as it is; ` +
      String.raw`the escapes are \n \t \r \" \' \\ \hh and \u{...}`,
  ],
  [
    'escapes of other languages',
    String.raw`(resv "\x41\u00e9\0")`,
    String.raw`1:8 unknown escape "\x" | write \41, two hexadecimal digits without the x`,
    String.raw`1:12 unknown escape "\u" | write \u{00e9}`,
    String.raw`1:18 unknown escape "\0" | write \00, two hexadecimal digits`,
  ],
  [
    'no character of Unicode',
    String.raw`(resv "\u{d800}\u{110000}")`,
    String.raw`1:8 \u{d800} is not a Unicode character | they go up to 10ffff`,
    String.raw`1:16 \u{110000} is not a Unicode character | they go up to 10ffff`,
  ],
  [
    'half a character in a string',
    '(drop "fine 😀")\n(resv "😀 \ud83d")',
    '2:10 half a character (the lone surrogate d83d) | write the whole character',
  ],
  [
    'half a character before an escape, and in a long string',
    '(drop "\ude00\\n") (resv """\n\ud83d""")',
    '1:8 half a character (the lone surrogate de00) | write the whole character',
    '2:1 half a character (the lone surrogate d83d) | write the whole character',
  ],
  [
    'half a character outside of strings',
    '(i32.const 0) \ud83d',
    '1:15 "\ufffd" is not ASCII; only strings and comments may hold such characters | put text between double quotes, and remarks behind ;;',
  ],
  [
    'a string that is not closed',
    '(resv "abc)\n(i32.const 0)',
    `1:7 this string is not closed on its line | ${LONG_TEXT}`,
  ],
  ['a string over two lines', '(resv "a\nb")', `1:7 this string is not closed on its line | ${LONG_TEXT}`],
  [
    'a long string that is not closed',
    '(resv """abc")',
    '1:7 this """ string is never closed | end it with """',
  ],
  [
    'a comment that is not closed',
    '(i32.const 0) (; no end',
    '1:15 this comment is never closed | end it with ;)',
  ],
  [
    'a comment of other languages',
    '(i32.const 0) // zero',
    '1:15 "//" is not how a comment begins | a comment begins with ;;',
  ],
  ['a semicolon', '(i32.const 0);', '1:14 a single ";" means nothing here | a comment begins with ;;'],
  [
    'a comma',
    '(i32.add (i32.const 0), (i32.const 0))',
    '1:23 "," means nothing here | operands are separated by spaces',
  ],
  [
    'a Markdown fence',
    '```wat\n(i32.const 0)\n```',
    '1:1 a Markdown fence is not part of the body | leave the ``` lines out',
    '3:1 a Markdown fence is not part of the body | leave the ``` lines out',
  ],
  [
    'typographic quotes',
    '(resv “hi there”)',
    '1:7 "“hi there”" is not ASCII; only strings and comments may hold such characters | write "',
  ],
  [
    'an umlaut in a name',
    '(local $größe i32) (local.get $größe)',
    '1:8 "$größe" is not ASCII; only strings and comments may hold such characters | names are written with a-z, 0-9 and _',
    '1:31 "$größe" is not ASCII; only strings and comments may hold such characters | names are written with a-z, 0-9 and _',
  ],
  [
    'words that begin or go on with letters of other scripts',
    'héllo (éhello (i32.const 0))',
    '1:1 "héllo" is not ASCII; only strings and comments may hold such characters | names are written with a-z, 0-9 and _',
    '1:8 "éhello" is not ASCII; only strings and comments may hold such characters | put text between double quotes, and remarks behind ;;',
  ],
  [
    'a word of another script',
    'ноль (i32.const 0)',
    '1:1 "ноль" is not ASCII; only strings and comments may hold such characters | put text between double quotes, and remarks behind ;;',
  ],
  [
    'a space that is none',
    '(i32.const\u00a00)',
    '1:11 "\u00a0" is not ASCII; only strings and comments may hold such characters | write an ordinary space',
  ],
  [
    'a control character',
    '(i32.const 0)\u0007',
    '1:14 a control character (code 7) | leave it out, or put it into a text between double quotes',
  ],
  ['single quotes', "('a')", `1:2 unknown instruction "'a'" | strings are written between double quotes`],
];

const NUMBERS: readonly Row[] = [
  ['no number', '(i32.const)', '1:2 i32.const needs an integer, got nothing | write (i32.const 1)'],
  [
    'a word',
    '(i32.const five)',
    '1:12 i32.const needs an integer, got "five" | write it in digits; a local is $name, a text stands in double quotes',
  ],
  [
    'a fraction',
    '(i32.const 1.5)',
    '1:12 i32.const needs an integer, got "1.5" | a number with a fraction is an f64.const',
  ],
  [
    'a local',
    '(i32.const $x)',
    '1:12 i32.const needs an integer, got "$x" | write (local.get $x) instead of a constant',
  ],
  [
    'a character',
    "(i32.const 'a')",
    `1:12 i32.const needs an integer, got "'a'" | the code of that character is 97`,
  ],
  [
    'a string',
    '(i32.const "a")',
    '1:12 i32.const needs an integer, got a string | a string is a pointer already: write it without the instruction around it',
  ],
  [
    '32 bits',
    '(i32.const 4294967296)',
    '1:12 4294967296 does not fit into the 32 bits of i32 | use i64.const, or keep the number as text',
  ],
  [
    '32 bits below zero',
    '(i32.const -2147483649)',
    '1:12 -2147483649 does not fit into the 32 bits of i32 | use i64.const, or keep the number as text',
  ],
  [
    '64 bits',
    '(i64.const 0x1_0000_0000_0000_0000)',
    '1:12 0x1_0000_0000_0000_0000 does not fit into the 64 bits of i64 | keep the number as text: "..."',
  ],
  [
    'a float',
    '(f64.const x)',
    '1:12 f64.const needs a number, got "x" | write it in digits; a local is $name, a text stands in double quotes',
  ],
  ['two numbers', '(i32.const 1 2)', '1:14 i32.const takes one number, so "2" is too much | leave it out'],
];

const OFFSET_RANGE = 'offset= takes a number from 0 to 4294967295, got';
const CONSTANT = 'it is a constant; add anything else to the address';

const MEMORY_ARGUMENTS: readonly Row[] = [
  [
    'the wrong order',
    '(i32.load align=4 offset=4 (i32.const 0))',
    '1:19 offset= must stand before align= | write offset=4 align=4',
  ],
  [
    'an offset twice',
    'i32.const 0 i32.load offset=4 offset=8',
    '1:31 offset= is given twice | leave one of them out',
  ],
  [
    'an alignment twice',
    '(i64.store align=1 align=1 (i32.const 0))',
    '1:20 align= is given twice | leave one of them out',
  ],
  ['an offset below zero', '(i32.load offset=-1 (i32.const 0))', `1:11 ${OFFSET_RANGE} "-1" | ${CONSTANT}`],
  ['a name as offset', '(i32.load offset=$x (i32.const 0))', `1:11 ${OFFSET_RANGE} "$x" | ${CONSTANT}`],
  ['no offset at all', '(i32.load offset= (i32.const 0))', `1:11 ${OFFSET_RANGE} "" | ${CONSTANT}`],
  [
    'an offset beyond 32 bits',
    '(i32.load offset=0x1_0000_0000 (i32.const 0))',
    `1:11 ${OFFSET_RANGE} "0x1_0000_0000" | ${CONSTANT}`,
  ],
  ...[
    ['i32.load', '3', '1, 2, 4'],
    ['i32.load', '8', '1, 2, 4'],
    ['i32.load', '0', '1, 2, 4'],
    ['i64.load32_u', 'x', '1, 2, 4'],
    ['i32.load16_s', '4', '1, 2'],
    ['i32.load8_u', '2', '1'],
    ['f64.load', '16', '1, 2, 4, 8'],
  ].map(
    ([instruction = '', align = '', allowed = '']): Row => [
      `align=${align} of ${instruction}`,
      `(drop\n(${instruction} align=${align} (i32.const 0)))`,
      `2:${instruction.length + 3} ${instruction} can have align=${allowed}, got "${align}" | leave it out: it changes no result`,
    ],
  ),
];

const INFINITY = 'write inf or -inf for infinity';

const FLOATS: readonly Row[] = [
  ...[
    ['f64', '1e999'],
    ['f64', '-1e309'],
    ['f64', '1_0e30_8'],
    ['f64', '0x1p1024'],
    ['f64', '0x1.fffffffffffff8p1023'],
    ['f32', '1e39'],
    ['f32', '0x1p+128'],
    ['f32', '-0x1_0000_0000_0000_0000_0000_0000_0000_0000'],
  ].map(
    ([type = '', number = '']): Row => [
      `${number} as ${type}`,
      `(drop (${type}.const ${number})) (i32.const 0)`,
      `1:18 ${number} is beyond what ${type} can hold | ${INFINITY}`,
    ],
  ),
  [
    'a nan without a payload',
    '(drop (f64.const nan:0x0)) (i32.const 0)',
    '1:18 the payload of a f64 nan goes from 0x1 to 0xfffffffffffff, got 0x0 | write nan',
  ],
  [
    'a payload too large',
    '(drop (f32.const -nan:0x80_0000)) (i32.const 0)',
    '1:18 the payload of a f32 nan goes from 0x1 to 0x7fffff, got 0x80_0000 | write nan',
  ],
];

const TYPES: readonly Row[] = [
  [
    'a wrong operand',
    '(i32.add (i32.const 1) (i64.const 2))',
    '1:2 i32.add needs [i32, i32] on the stack, got [i32, i64] | convert with (i32.wrap_i64 ...)',
  ],
  [
    'a wrong value for a local',
    '(local $n i64)\n(local.set $n (i32.const 1)) (i32.const 0)',
    '2:2 local.set needs [i64] on the stack, got [i32] | convert with (i64.extend_i32_s ...)',
  ],
  [
    'an operand missing',
    '(i32.add (i32.const 1))',
    '1:2 i32.add needs [i32, i32] on the stack, got [i32] | one operand is missing',
  ],
  [
    'operands missing',
    'i32.add',
    '1:1 i32.add needs [i32, i32] on the stack, got nothing | 2 operands are missing',
  ],
  [
    'an argument missing',
    '(call $kv.set "a") (return)',
    '1:2 call $kv.set needs [i32, i32] on the stack, got [i32] | $kv.set takes (key: string, value: string)',
  ],
  [
    'a wrong argument',
    '(call $math.pow (f64.const 1) (i32.const 2)) (return)',
    '1:2 call $math.pow needs [f64, f64] on the stack, got [f64, i32] | convert with (f64.convert_i32_s ...)',
  ],
  [
    'status and result the wrong way round',
    '(local $t i64) (local $err i32) (call $time.now)\n(local.set $t) (local.set $err) (i32.const 0)',
    '2:2 local.set needs [i64] on the stack, got [... i32] | a host call leaves its status on top of its result: bind the status first',
    '2:17 local.set needs [i32] on the stack, got [i64] | convert with (i32.wrap_i64 ...)',
  ],
  [
    'a result left on the stack',
    '(call $kv.get "a") (drop) (i32.const 0)',
    `1:28 the body ends with one value too many on the stack: [i32] | ${TWO_VALUES}`,
  ],
  [
    'a value left in a branch',
    '(if (i32.const 1)\n  (then (i32.const 2)))\n(i32.const 0)',
    '2:22 the then branch ends with one value too many on the stack: [i32] | remove them with (drop), or declare (result ...) and use the value',
    `3:2 the body ends with one value too many on the stack: [i32] | ${TWO_VALUES}`,
  ],
  [
    'an else missing',
    '(if (result i32) (i32.const 1)\n (then (i32.const 2)))',
    '2:21 the else branch must leave [i32] on the stack, but leaves nothing | an if with (result ...) needs (then ...) and (else ...), and both must leave the value',
  ],
  [
    'a condition missing',
    '(if (then (nop))) (i32.const 0)',
    '1:1 if needs [i32] on the stack, got nothing | write the condition: (if (condition) (then ...)); a name that is no local is taken as a label',
  ],
];

describeMistakes(
  {
    structure: STRUCTURE,
    'parts of a module': SMUGGLED,
    words: WORDS,
    names: NAMES,
    locals: LOCALS,
    macros: MACRO_USES,
    text: TEXT,
    numbers: NUMBERS,
    floats: FLOATS,
    'offsets and alignments': MEMORY_ARGUMENTS,
    types: TYPES,
  },
  mistakesIn,
);

describe('what is not granted', () => {
  it('is unknown to macros too', async () => {
    const imports = IMPORTS.filter(({ capability }) => capability !== 'core');
    expect(
      (await mistakesIn('(argv 0 $x)\n(resv $x)', { ...OPTIONS, imports })).map(({ message }) => message),
    ).toEqual([
      'this form needs $core.argv, which is not granted',
      'this form needs $core.resv, which is not granted',
    ]);
  });

  it('is said to be nothing at all when there is no capability', async () => {
    expect(await mistakesIn('(call $kv.get "a")', { ...OPTIONS, imports: [] })).toEqual([
      {
        line: 1,
        column: 7,
        message: 'unknown function "$kv.get": no capability "kv" is granted',
        hint: 'no capability is granted',
      },
    ]);
  });
});
