/** What stands behind an instruction's name, before its operands. */
export type Immediate =
  | 'i32'
  | 'i64'
  | 'f32'
  | 'f64'
  | 'local'
  | 'global'
  | 'function'
  | 'label'
  /** One label or more. */
  | 'labels'
  /** `offset=N` and `align=N`, either or both or none. */
  | 'memarg';

const INTEGER_OPS =
  'clz ctz popcnt add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr ' +
  'eqz eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u extend8_s extend16_s';
const FLOAT_OPS = 'abs neg ceil floor trunc nearest sqrt add sub mul div min max copysign eq ne lt gt le ge';
const CONVERSIONS =
  'i32.wrap_i64 i64.extend_i32_s i64.extend_i32_u i64.extend32_s f32.demote_f64 f64.promote_f32 ' +
  'i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64';
const NARROW_MEMORY =
  'i32.load8_s i32.load8_u i32.load16_s i32.load16_u i32.store8 i32.store16 i64.load8_s i64.load8_u ' +
  'i64.load16_s i64.load16_u i64.load32_s i64.load32_u i64.store8 i64.store16 i64.store32';
const PLAIN = 'unreachable nop return drop select memory.size memory.grow memory.copy memory.fill';
const INTEGERS = ['i32', 'i64'] as const;
const FLOATS = ['f32', 'f64'] as const;

/** Every instruction of a body but the structured ones (block, loop, if and their parts). */
export const INSTRUCTIONS: ReadonlyMap<string, readonly Immediate[]> = new Map([
  ...withImmediates(PLAIN.split(' '), []),
  ...withImmediates(['local.get', 'local.set', 'local.tee'], ['local']),
  ...withImmediates(['global.get', 'global.set'], ['global']),
  ...withImmediates(['br', 'br_if'], ['label']),
  ...withImmediates(['br_table'], ['labels']),
  ...withImmediates(['call'], ['function']),
  ...withImmediates(NARROW_MEMORY.split(' '), ['memarg']),
  ...INTEGERS.flatMap((type) => withImmediates(prefixed(type, INTEGER_OPS), [])),
  ...FLOATS.flatMap((type) => withImmediates(prefixed(type, FLOAT_OPS), [])),
  ...[...INTEGERS, ...FLOATS].flatMap((type) => [
    ...withImmediates([`${type}.const`], [type]),
    ...withImmediates([`${type}.load`, `${type}.store`], ['memarg']),
  ]),
  ...withImmediates(CONVERSIONS.split(' '), []),
  ...withImmediates(betweenIntegersAndFloats(), []),
]);

/** The words that open, part and close blocks. */
export const STRUCTURE: ReadonlySet<string> = new Set(['block', 'loop', 'if', 'then', 'else', 'end']);

function withImmediates(
  names: readonly string[],
  immediates: readonly Immediate[],
): [string, readonly Immediate[]][] {
  return names.map((name) => [name, immediates]);
}

function prefixed(type: string, names: string): string[] {
  return names.split(' ').map((name) => `${type}.${name}`);
}

function betweenIntegersAndFloats(): string[] {
  const pairs = INTEGERS.flatMap((integer) => FLOATS.map((float) => ({ integer, float })));
  return pairs.flatMap(({ integer, float }) =>
    ['s', 'u'].flatMap((sign) => [
      `${integer}.trunc_${float}_${sign}`,
      `${integer}.trunc_sat_${float}_${sign}`,
      `${float}.convert_${integer}_${sign}`,
    ]),
  );
}
