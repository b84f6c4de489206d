import type { BodyScope } from './body-scope.ts';
import type { Immediate } from './instructions.ts';
import { checkTarget, checkTargets } from './labels.ts';
import { checkMemoryArgument } from './memory-argument.ts';
import { alternatives, nearest } from './nearest.ts';
import { literalProblem } from './number-literals.ts';
import { type Atom, excerpt, type Node } from './syntax.ts';
import { adviseOnFunction } from './unknown-function.ts';

const INDEX = /^\d{1,9}$/;

type Single = Exclude<Immediate, 'memarg'>;

const WANTED: Readonly<Record<Single, string>> = {
  i32: 'an integer',
  i64: 'an integer',
  f32: 'a number',
  f64: 'a number',
  local: 'the name of a local',
  global: 'the name of a global',
  function: 'the name of a function',
  label: 'a label',
  labels: 'a label',
};

const EXAMPLES: Readonly<Record<Single, string>> = {
  i32: '1',
  i64: '1',
  f32: '1.5',
  f64: '1.5',
  local: '$x',
  global: '$x',
  function: '$string.upper "a"',
  label: '$again',
  labels: '$first $second',
};

/** The function itself can be called by the body too. */
const OWN_NAME = '$run';

/** Checks what stands behind an instruction, from `items[from]` on, and answers where its operands begin. */
export function checkImmediates(
  instruction: { readonly word: Atom; readonly immediates: readonly Immediate[] },
  items: readonly Node[],
  from: number,
  scope: BodyScope,
): number {
  let at = from;
  for (const kind of instruction.immediates) {
    if (kind === 'memarg') at = checkMemoryArgument(instruction.word, items, at, scope.problems);
    else if (kind === 'labels' && items[at]?.kind === 'atom') at = checkTargets(items, at, scope);
    else at = checkOne({ kind, word: instruction.word }, items, at, scope);
  }
  return at;
}

function checkOne(
  { kind, word }: { readonly kind: Single; readonly word: Atom },
  items: readonly Node[],
  at: number,
  scope: BodyScope,
): number {
  const node = items[at];
  if (node?.kind === 'atom') {
    checkAtom(kind, node, word, scope);
    return at + 1;
  }
  const came = node === undefined ? 'nothing' : excerpt(node);
  const hint =
    node?.kind === 'text'
      ? 'a string is a pointer already: write it without the instruction around it'
      : `write (${word.text} ${EXAMPLES[kind]})`;
  scope.problems.report(node?.at ?? word.at, `${word.text} needs ${WANTED[kind]}, got ${came}`, hint);
  return node?.kind === 'text' ? at + 1 : at;
}

function checkAtom(kind: Single, atom: Atom, word: Atom, scope: BodyScope): void {
  switch (kind) {
    case 'local':
      checkLocal(atom, word, scope);
      return;
    case 'function':
      checkFunction(atom, word, scope);
      return;
    case 'label':
    case 'labels':
      checkTarget(atom, scope);
      return;
    case 'global':
      checkGlobal(atom, scope);
      return;
    default: {
      const problem = literalProblem(atom.text, kind);
      if (problem !== null) scope.problems.report(atom.at, problem.message, problem.hint);
    }
  }
}

function checkLocal({ text, at }: Atom, word: Atom, scope: BodyScope): void {
  const { locals, problems, told } = scope;
  if (locals.has(text)) return;
  if (INDEX.test(text)) {
    const count = locals.all.length;
    if (Number(text) >= count)
      problems.report(at, `there is no local ${text}; the body has ${count}`, 'use its name: $x');
    return;
  }
  if (!text.startsWith('$')) {
    const hint = locals.has(`$${text}`) ? `write $${text}` : 'a name begins with $';
    problems.report(at, `${word.text} needs the name of a local, got "${text}"`, hint);
    return;
  }
  if (told.has(text)) return;
  const near = nearest(text, new Set([...locals.names, ...scope.args]));
  if (near.length === 0) told.add(text);
  const hint =
    partHint(text, scope) ??
    (near.length > 0 ? `did you mean ${alternatives(near)}?` : `give it a value first: (let ${text} VALUE)`);
  problems.report(at, `unknown local "${text}"`, hint);
}

function checkGlobal({ text, at }: Atom, { problems, told }: BodyScope): void {
  if (!told.has(text))
    problems.report(at, `unknown global "${text}"`, 'a program has no globals; use a local');
}

/** `$user.name`, as other languages write it. */
function partHint(text: string, { locals, args }: BodyScope): string | null {
  const [name = '', ...parts] = text.split('.');
  const known = parts.length > 0 && (locals.has(name) || args.includes(name));
  return known ? `a part is taken by (at ${name} "${parts.join('.')}")` : null;
}

function checkFunction(atom: Atom, word: Atom, { functions, used, calls, problems, told }: BodyScope): void {
  const known = functions.get(atom.text);
  if (known !== undefined) {
    used.add(known);
    calls.set(word.at, known);
  }
  if (known !== undefined || atom.text === OWN_NAME || told.has(atom.text)) return;
  const { message, hint } = adviseOnFunction(atom.text, functions);
  problems.report(atom.at, message, hint);
}
