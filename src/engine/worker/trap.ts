/** V8's words for the traps, in ours. */
const TRAPS: readonly (readonly [pattern: RegExp, text: string])[] = [
  [/^unreachable$/, 'unreachable instruction executed'],
  [/^memory access out of bounds$/, 'memory access out of bounds'],
  [/^table index is out of bounds$|^table access out of bounds$/, 'table access out of bounds'],
  [/^divide by zero$|^remainder by zero$/, 'integer divide by zero'],
  [/^divide result unrepresentable$/, 'integer overflow in a division'],
  [/^float unrepresentable in integer range$/, 'a float that fits no integer'],
  [/^null function or function signature/, 'indirect call of a missing function or of another type'],
];

/** Begins what V8 says of an instance that could not be made; no code of the guest has run by then. */
const INSTANTIATING = /^WebAssembly\.Instance\(\): /;
/** For element segments V8 says the same as for `table.get`. */
const NO_FIT = /^data segment \d+ is out of bounds|^table index is out of bounds$/;

/** What calls that are too deep end in, by the meter's count or by V8's stack. */
export const STACK_EXHAUSTED = 'trap: call stack exhausted';

/** A trap of the guest in words, or null for an error that is none. */
export function trapText(error: unknown): string | null {
  if (isStackOverflow(error)) return STACK_EXHAUSTED;
  if (!(error instanceof WebAssembly.RuntimeError)) return null;
  const message = error.message.replace(INSTANTIATING, '');
  if (INSTANTIATING.test(error.message) && NO_FIT.test(message)) {
    return 'trap: a data or element segment that does not fit';
  }
  const known = TRAPS.find(([pattern]) => pattern.test(message));
  return `trap: ${known?.[1] ?? message}`;
}

/** V8 has no class of its own for it. */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack/.test(error.message);
}
