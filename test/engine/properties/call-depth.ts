import type { DefinedFunction, Instruction, Program } from './program.ts';
import { typeAt } from './program.ts';

const WORDS_PER_WEIGHT = 16;
const WORDS_PER_PARAMETER = 3;
const MOST_UNCOUNTED_WEIGHT = 16;

/** How much of the depth of calls a function takes while it is executed; 0 when it is not counted. */
export function weightOf(program: Program, { type, locals, body }: DefinedFunction): number {
  const words = typeAt(program, type).params.length * WORDS_PER_PARAMETER + locals.length;
  const weight = Math.max(1, Math.ceil(words / WORDS_PER_WEIGHT));
  return weight > MOST_UNCOUNTED_WEIGHT || body.some(callsDeeper) ? weight : 0;
}

/** Whether there is a call of anything but the host's function 0, tail calls aside. */
function callsDeeper(instruction: Instruction): boolean {
  if (instruction.kind === 'constant') return false;
  if (instruction.kind === 'structured') {
    return instruction.body.some(callsDeeper) || (instruction.otherwise?.some(callsDeeper) ?? false);
  }
  const { op, immediates } = instruction;
  return op === 'call_indirect' || (op === 'call' && immediates[0] !== 0);
}
