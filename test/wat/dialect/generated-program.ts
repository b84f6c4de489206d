/** Choices out of a list of numbers that a property test draws, so that it can shrink them. */
export class Choices {
  readonly #numbers: readonly number[];
  #next = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** 0 when the numbers have run out, which is the smallest choice everywhere. */
  below(count: number): number {
    const number = this.#numbers[this.#next] ?? 0;
    this.#next += 1;
    return number % count;
  }

  of<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }
}

type Kind = 'i32' | 'i64' | 'f64' | 'bool' | 'text' | 'value' | 'list';

/** Locals by kind; all are bound before the statements begin. */
const LOCALS: Readonly<Record<Kind, readonly [string, string]>> = {
  i32: ['$a', '$b'],
  i64: ['$big', '$bigger'],
  f64: ['$x', '$y'],
  bool: ['$yes', '$no'],
  text: ['$s', '$t'],
  value: ['$v', '$w'],
  list: ['$xs', '$ys'],
};
const FIRST: Readonly<Record<Kind, string>> = {
  i32: '3',
  i64: '4000000000',
  f64: '1.5',
  bool: 'true',
  text: '"text"',
  value: '(json.parse "{\\"a\\":[1,2,\\"x\\"],\\"b\\":null}")',
  list: '(new i32 4)',
};
/** Arguments, and a local that is given numbers of all types; `$mixed` and `$p` are read as f64 only. */
export const PARAMETERS = 'p: i32, r: string, shape: {a: i32}, names: list<string>';
const EXTRA: Readonly<Partial<Record<Kind, readonly [string, ...string[]]>>> = {
  f64: ['$mixed', '$p'],
  text: ['$r'],
  value: ['$shape', '$names'],
};
const KINDS: readonly [Kind, ...Kind[]] = ['i32', 'i64', 'f64', 'bool', 'text', 'value', 'list'];

/** A well-typed body of the dialect, its result of the kind. */
export function generateBody(choices: Choices, kind: Kind): string {
  const first = KINDS.flatMap((each) => LOCALS[each].map((name) => `(let ${name} ${FIRST[each]})`));
  const statements = Array.from({ length: 1 + choices.below(4) }, () => statement(choices, 3));
  return [...first, '(let $mixed 1)', ...statements, expression(choices, kind, 4)].join('\n');
}

export function resultKind(choices: Choices): Kind {
  return choices.of(KINDS);
}

function statement(choices: Choices, depth: number): string {
  const kind = choices.of(KINDS);
  const [name, other] = LOCALS[kind];
  const inner = () =>
    depth > 0 ? statement(choices, depth - 1) : `(let ${name} ${expression(choices, kind, 0)})`;
  switch (choices.below(depth > 0 ? 16 : 4)) {
    case 0:
      return `(let ${choices.of([name, other])} ${expression(choices, kind, depth)})`;
    case 1:
      // A value of a plain instruction is not dropped by itself.
      return `(do ${expression(choices, kind, depth)})`;
    case 2:
      return `(put $xs ${expression(choices, 'i32', 1)} ${expression(choices, 'i32', 1)})`;
    case 3:
      return `(kv.set ${expression(choices, 'text', 1)} ${expression(choices, choices.of(KINDS), 1)})`;
    case 4:
      return `(if ${expression(choices, 'bool', 2)} (then ${inner()} ${inner()}) (else ${inner()}))`;
    case 5:
      return `(if ${expression(choices, 'i32', 2)} ${inner()})`;
    case 6:
      return `(for $n 0 ${expression(choices, 'i32', 1)} ${inner()} ${choices.of(['', '(break)', '(continue)', `(if ${expression(choices, 'bool', 1)} (continue))`])})`;
    case 7:
      return `(while ${expression(choices, 'bool', 1)} ${inner()} (break))`;
    case 8:
      return `(each $item $index ${expression(choices, 'value', 1)} ${inner()} (let $s (text $item)))`;
    case 9:
      return `(each $number ${expression(choices, 'list', 1)} (let $a (+ $a $number)) ${inner()})`;
    case 10:
      return `(catch $err ${inner()} ${expression(choices, kind, depth - 1)})`;
    case 11:
      return `(do ${inner()} ${inner()})`;
    case 12:
      return `(let $mixed ${expression(choices, choices.of(['bool', 'i32', 'i64', 'f64']), 2)})`;
    case 13:
      return `(let $p ${expression(choices, 'f64', 2)})`;
    case 14:
      return `(block $l (loop $m (br_if $l ${expression(choices, 'bool', 1)}) ${inner()}))`;
    default:
      return `(if ${expression(choices, 'bool', 1)} ${choices.of(['(check $a)', `(fail ${expression(choices, 'i32', 1)})`])})`;
  }
}

function expression(choices: Choices, kind: Kind, depth: number): string {
  const e = (wanted: Kind): string => expression(choices, wanted, depth - 1);
  if (depth <= 0) return choices.of([LOCALS[kind][0], LOCALS[kind][1], FIRST[kind], ...(EXTRA[kind] ?? [])]);
  const general = [
    () => `(if ${e('bool')} ${e(kind)} ${e(kind)})`,
    () => `(default ${e(kind)} ${e(kind)})`,
    () => `(catch $err ${e(kind)})`,
    () => `(do ${statement(choices, 0)} ${e(kind)})`,
    () => expression(choices, kind, 0),
  ];
  const own = OWN[kind].map((template) => () => filled(template, e));
  const all = [...own, ...own, ...general];
  return (all[choices.below(all.length)] ?? general[4])?.() ?? '';
}

/** Each word in angle brackets stands for an expression of that kind. */
function filled(template: string, e: (kind: Kind) => string): string {
  return template.replace(/<(\w+)>/g, (_, kind: string) => e(KINDS.find((known) => known === kind) ?? 'i32'));
}

const NUMBERS = [
  '(+ <T> <T>)',
  '(- <T> <i32>)',
  '(* <T> <T> <bool>)',
  '(- <T>)',
  '(min <T> <T>)',
  '(max <T> <T>)',
  '(abs <T>)',
  '(/ <T> <DIVISOR>)',
  '(% <T> 7)',
];

function numbers(kind: Kind): string[] {
  // Refused are a quotient of constants that is cut, and a whole one for an f64.
  const divisor = kind === 'f64' ? '3.0' : '$a';
  return NUMBERS.map((template) => template.replaceAll('<T>', `<${kind}>`).replace('<DIVISOR>', divisor));
}

const OWN: Readonly<Record<Kind, readonly string[]>> = {
  i32: [
    ...numbers('i32'),
    '(i32 <f64>)',
    '(i32 (min $big <i64>))',
    '(i32 <text>)',
    '(i32 <value>)',
    '(len <text>)',
    '(len <value>)',
    '(len <list>)',
    '(at <list> <i32>)',
    '(string.find <text> <text>)',
    '(i32.add <i32> 5)',
    '(i32.xor (i32.const 7) <i32>)',
    '(select <i32> <i32> <bool>)',
  ],
  i64: [...numbers('i64'), '(i64 <i32>)', '(i64 <f64>)', '(i64 <text>)', '(i64.mul <i64> 2)'],
  f64: [
    ...numbers('f64'),
    '(f64 <i32>)',
    '(f64 <text>)',
    '(+ <value> 1)',
    '(f64.sqrt <f64>)',
    '(json.f64 <value>)',
  ],
  bool: [
    '(= <i32> <f64>)',
    '(!= <text> <value>)',
    '(< <text> <text>)',
    '(= <value> <value>)',
    '(>= <i64> 3)',
    '(< <value> <i32>)',
    '(and <bool> <i32> <bool>)',
    '(or <bool> <value>)',
    '(not <bool>)',
    '(bool <i32>)',
    '(= <bool> <value>)',
  ],
  text: [
    '(format "{} {$a} {:.1}" <value> <f64>)',
    '(format "{}{}{}" <text> <i64> <list>)',
    '(text <i32>)',
    '(text <value>)',
    '(string.upper <value>)',
    '(string.concat <text> <i32>)',
    '(+ <text> <bool>)',
  ],
  value: [
    '(object "a" <text> "b" <i32> <text> <list>)',
    '(list <f64> <bool> <value> null)',
    '(at <value> "a")',
    '(at <value> <i32>)',
    '(value <text>)',
    '(json.get <value> <text>)',
    '(value <list>)',
  ],
  list: ['(new i32 5)', '(do (put $xs 0 <i32>) $xs)'],
};
