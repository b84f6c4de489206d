import { isStatus, STATUS_NAMES } from '../status.ts';
import { headOf, type List, type Node, quoted } from '../syntax.ts';

interface Habit {
  readonly message: string;
  readonly hint: string;
}

/** Words of other languages, and how it is said here. */
const WORDS: Readonly<Record<string, string>> = {
  '==': 'write (= A B)',
  eq: 'write (= A B)',
  'equal?': 'write (= A B)',
  '<>': 'write (!= A B)',
  'set!': 'write (set $x VALUE)',
  setq: 'write (set $x VALUE)',
  define: 'write (let $x VALUE); there are no functions of your own',
  def: 'write (let $x VALUE); there are no functions of your own',
  var: 'write (let $x VALUE)',
  const: 'write (let $x VALUE)',
  'let*': 'write (let $x VALUE), one for each local',
  letrec: 'write (let $x VALUE), one for each local',
  defun: 'there are no functions of your own: write the body only',
  fn: 'there are no functions of your own: write the body only',
  lambda: 'there are no functions of your own: write the body only',
  print: 'write (debug.log TEXT), or give the result with (resv VALUE)',
  println: 'write (debug.log TEXT), or give the result with (resv VALUE)',
  display: 'write (debug.log TEXT), or give the result with (resv VALUE)',
  log: 'write (debug.log TEXT)',
  concat: 'write (format "{}{}" A B)',
  str: 'write (format "{}{}" A B)',
  'string-append': 'write (format "{}{}" A B)',
  sprintf: 'write (format "{}{}" A B)',
  'f"': 'write (format "{$x}")',
  foreach: 'write (each $x LIST ...)',
  'for-each': 'write (each $x LIST ...)',
  dotimes: 'write (for $i 0 N ...)',
  loop_while: 'write (while CONDITION ...)',
  cond: 'write (if CONDITION A B), and another if for B',
  case: 'write (if (= $x A) B C)',
  switch: 'write (if (= $x A) B C)',
  when: 'write (if CONDITION A)',
  unless: 'write (if (not CONDITION) A)',
  elif: 'write (else (if CONDITION ...))',
  elseif: 'write (else (if CONDITION ...))',
  begin: 'write (do A B ...)',
  progn: 'write (do A B ...)',
  mod: 'write (% A B)',
  rem: 'write (% A B)',
  inc: 'write (let $x (+ $x 1))',
  '++': 'write (let $x (+ $x 1)), or (+ A B) for texts',
  '+=': 'write (let $x (+ $x VALUE))',
  '&&': 'write (and A B)',
  '||': 'write (or A B)',
  '!': 'write (not A)',
  length: 'write (len X)',
  size: 'write (len X)',
  count: 'write (len X)',
  nth: 'write (at X INDEX)',
  get: 'write (at X INDEX)',
  array: 'write (list A B ...), or (new i32 COUNT) for numbers',
  dict: 'write (object "name" VALUE ...)',
  map: 'write (object "name" VALUE ...), or (each $x LIST ...) to go through one',
  try: 'write (catch $err A) or (default A B)',
  throw: 'write (fail ENOENT)',
  raise: 'write (fail ENOENT)',
  error: 'write (fail ENOENT)',
  exit: 'write (fail ENOENT), or (resv VALUE)',
  int: 'write (i32 X) or (i64 X)',
  float: 'write (f64 X)',
  number: 'write (i32 X) or (f64 X)',
  string: 'write (text X)',
};

const OPERATOR = /^(?:[+*/%<>=]|[<>!]=|-|and|or)$/;

/** What to say of a list that is written as in another language, or null. */
export function habitOf(list: List): Habit | null {
  const word = headOf(list) ?? '';
  if (word === 'let' || word === 'set') return bindingHabit(list, word);
  if (word === 'if') return branchHabit(list);
  if (word === 'for' || word === 'each') return loopHabit(list, word);
  if (word === 'default') return statusHabit(list);
  if (OPERATOR.test(textOf(list.items[1])) && list.items.length === 3) return infixHabit(list);
  if (!Object.hasOwn(WORDS, word)) return null;
  return { message: `there is no "${word}" here`, hint: WORDS[word] ?? '' };
}

/** `(let ((x 1)) ...)`, `(let x 1)`, `(let $x = 1)`. */
function bindingHabit({ items: [, first, second] }: List, word: string): Habit | null {
  const message = `this is not how ${word} is written`;
  if (first?.kind === 'list')
    return { message, hint: `write (${word} $x VALUE), one for each local; it holds to the end of the body` };
  if (first?.kind === 'atom' && /^[a-zA-Z_]/.test(first.text))
    return { message, hint: `write (${word} $${first.text} VALUE)` };
  if (second?.kind === 'atom' && /^:?=$/.test(second.text))
    return { message, hint: `write (${word} $x VALUE), without "${second.text}"` };
  return null;
}

/** `($i >= 0)`. */
function infixHabit({ items: [first, operator, second] }: List): Habit {
  const [left, right] = [first, second].map((node) => (node === undefined ? '...' : quoted(node)));
  return {
    message: 'an operator stands before its operands',
    hint: `write (${textOf(operator)} ${left} ${right})`,
  };
}

function textOf(node: Node | undefined): string {
  return node?.kind === 'atom' ? node.text : '';
}

/** `(default EFOO A B)`. */
function statusHabit({ items: [, status] }: List): Habit | null {
  if (status?.kind !== 'atom' || !/^[A-Z][A-Z_]+$/.test(status.text) || isStatus(status.text)) return null;
  return {
    message: `"${status.text}" is no status`,
    hint: `the statuses are ${STATUS_NAMES.join(', ')}`,
  };
}

/** `(if C A else B)`. */
function branchHabit({ items }: List): Habit | null {
  const word = items
    .slice(1)
    .find((item) => item.kind === 'atom' && /^(else|then|elif|elseif)$/.test(item.text));
  if (word?.kind !== 'atom') return null;
  return {
    message: `"${word.text}" stands in a list of its own`,
    hint: 'write (if CONDITION (then ...) (else ...)) or (if CONDITION A B)',
  };
}

/** `(each $x in $xs ...)`, `(for $i from 0 to 10 ...)`. */
function loopHabit({ items }: List, word: string): Habit | null {
  const extra = items
    .slice(1, 6)
    .find((item) => item.kind === 'atom' && /^(in|of|from|to|by|<-|:|=)$/.test(item.text));
  if (extra?.kind !== 'atom') return null;
  const usage = word === 'for' ? '(for $i FROM TO ...)' : '(each $x LIST ...)';
  return { message: `${word} has no word "${extra.text}"`, hint: `write ${usage}` };
}
