import { ALL_OPERATORS, OPERATOR_IDS, type Operator, VECTOR_OPERATORS } from './metering/opcodes.ts';

const PUSHES = /^((local|global)\.get|.*\.const|(memory|table)\.size|ref\.(null|func))$/;
const TAKES_ONE = /^(drop|(local|global)\.set|br_if|br_table|if|table\.grow)$/;
const TAKES_TWO = /^(select(_t)?|table\.set|(i|f)(32|64)\.store\w*)$/;
const TAKES_THREE = /^(memory|table)\.(init|copy|fill)$/;
const BINARY =
  /^(i|f)(32|64)\.(eq|ne|[lg][te](_[su])?|add|sub|mul|div(_[su])?|rem_[su]|and|or|xor|sh[lr](_[su])?|rot[lr]|min|max|copysign)$/;
const VECTOR_CONSTANT = 12;
/** Vector operators that take more than they leave; those that are not told apart here count as if they did not. */
const VECTOR_TAKES: readonly (readonly [first: number, last: number, net: number])[] = [
  [11, 11, -2],
  [13, 14, -1],
  [35, 76, -1],
  [78, 81, -1],
  [82, 82, -2],
  [84, 87, -1],
  [88, 91, -2],
];

/**
 * By how much an operator changes the height of the operand stack at most, by its id. Those whose effect
 * follows from a type are left to the caller, and count 0.
 */
export const NET_HEIGHT: Int8Array = netHeights();

function netHeights(): Int8Array {
  const heights = new Int8Array(OPERATOR_IDS);
  for (const operator of ALL_OPERATORS) heights[operator.id] = netOf(operator);
  for (const [code, operator] of VECTOR_OPERATORS.entries()) {
    if (operator !== undefined) heights[operator.id] = netOfVector(code);
  }
  return heights;
}

function netOf({ name }: Operator): number {
  if (PUSHES.test(name)) return 1;
  if (TAKES_ONE.test(name) || BINARY.test(name)) return -1;
  if (TAKES_TWO.test(name)) return -2;
  return TAKES_THREE.test(name) ? -3 : 0;
}

function netOfVector(code: number): number {
  if (code === VECTOR_CONSTANT) return 1;
  return VECTOR_TAKES.find(([first, last]) => code >= first && code <= last)?.[2] ?? 0;
}
