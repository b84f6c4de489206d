import { INSTRUCTIONS } from '../instructions.ts';
import type { Type } from './types.ts';

export interface InstructionType {
  readonly takes: readonly Type[];
  readonly leaves: readonly Type[];
  /** Control does not go on behind it. */
  readonly ends: boolean;
  /** An i32 of it is an address as soon as one of its operands is. */
  readonly keepsPointers: boolean;
}

const NAME = /^([if]\d\d)\.(.+)$/;
const CONVERSION = /_([if]\d\d)(?:_[su])?$/;
const TEST = /^(eqz|eq|ne|[lg][te](_[su])?)$/;
const UNARY = /^(clz|ctz|popcnt|extend\d+_s|abs|neg|ceil|floor|trunc|nearest|sqrt)$/;
const ENDS = new Set(['unreachable', 'return', 'br', 'br_table']);
const POINTER_MATHS = new Set(['i32.add', 'i32.sub', 'i32.and', 'i32.or', 'i32.mul', 'i32.shl']);

/** What every instruction takes and leaves that stands for itself; calls, blocks and locals depend on more. */
export const INSTRUCTION_TYPES: ReadonlyMap<string, InstructionType> = new Map(
  [...INSTRUCTIONS.keys()].map((name) => [name, typeOf(name)]),
);

function typeOf(name: string): InstructionType {
  const [takes, leaves] = typed(name) ?? untyped(name);
  return { takes, leaves, ends: ENDS.has(name), keepsPointers: POINTER_MATHS.has(name) };
}

export function isInstruction(word: string): boolean {
  return INSTRUCTION_TYPES.has(word);
}

type Stack = readonly [takes: readonly Type[], leaves: readonly Type[]];

/** For `type.operation`. */
function typed(name: string): Stack | null {
  const [, prefix, operation = ''] = NAME.exec(name) ?? [];
  const own = stackTypeNamed(prefix);
  if (own === null) return null;
  if (operation === 'const') return [[], [own]];
  if (operation.startsWith('load')) return [['unknown'], [own]];
  if (operation.startsWith('store')) return [['unknown', own], []];
  const from = stackTypeNamed(CONVERSION.exec(operation)?.[1]);
  if (from !== null) return [[from], [own]];
  if (TEST.test(operation)) return [operation === 'eqz' ? [own] : [own, own], ['i32']];
  return [UNARY.test(operation) ? [own] : [own, own], [own]];
}

function untyped(name: string): Stack {
  switch (name) {
    case 'memory.size':
      return [[], ['i32']];
    case 'memory.grow':
      return [['i32'], ['unknown']];
    case 'memory.copy':
      return [['unknown', 'unknown', 'i32'], []];
    case 'memory.fill':
      return [['unknown', 'i32', 'i32'], []];
    case 'br_if':
    case 'br_table':
      return [['unknown'], []];
    case 'global.get':
      return [[], ['never']];
    default:
      return [name === 'drop' || name === 'global.set' ? ['never'] : [], []];
  }
}

function stackTypeNamed(word: string | undefined): 'i32' | 'i64' | 'f32' | 'f64' | null {
  return word === 'i32' || word === 'i64' || word === 'f32' || word === 'f64' ? word : null;
}
