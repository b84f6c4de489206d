/** A number in LEB128, as small ones are written. */
export function leb(value: number): number[] {
  const low = value & 0x7f;
  return value < 0x80 ? [low] : [low | 0x80, ...leb(value >>> 7)];
}

export function times(count: number, bytes: readonly number[]): number[] {
  return Array.from({ length: count }, () => bytes).flat();
}

function section(id: number, contents: readonly number[]): number[] {
  return [id, ...leb(contents.length), ...contents];
}

function moduleBytes(sections: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]);
}

/** One group of i32 locals. */
function group(locals: number): number[] {
  return [1, ...leb(locals), 0x7f];
}

/** A module whose `run` has so many i32 locals in front of these instructions, and answers 0; `type` is type 1. */
export function runOf(
  locals: number,
  code: readonly number[],
  type: readonly number[] = [0x60, 0, 0],
): Uint8Array<ArrayBuffer> {
  const body = [...group(locals), ...code, 0x41, 0, 0x0b];
  return moduleBytes([
    section(1, [2, 0x60, 0, 1, 0x7f, ...type]),
    section(3, [1, 0]),
    section(7, [1, 3, ...Buffer.from('run'), 0, 0]),
    section(10, [1, ...leb(body.length), ...body]),
  ]);
}

/** A module of so many functions without parameters and results, each of these locals and instructions. */
export function functionsOf(count: number, code: readonly number[], locals = 0): Uint8Array<ArrayBuffer> {
  const body = [...group(locals), ...code, 0x0b];
  return moduleBytes([
    section(1, [1, 0x60, 0, 0]),
    section(3, [...leb(count), ...times(count, [0])]),
    section(10, [...leb(count), ...times(count, [...leb(body.length), ...body])]),
  ]);
}
