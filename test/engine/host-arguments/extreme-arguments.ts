import type { HostImport, HostType } from '../../../src/wat/types.ts';

/** A memory that cannot grow, so that its end stays where it is. */
export const PAGES = 32;
const END = PAGES * 65_536;
/** The host takes its room from here upward. */
export const HEAP_BASE = 1_048_576;
const ROWS = 65_536;
const STATUSES = 786_432;
const MOST_ROWS = 1_500;

interface Pointer {
  readonly at: number;
  readonly bytes: readonly number[];
  /** Whether a length-prefixed value of any kind can be read there. */
  readonly sound: boolean;
}

const text = (value: string): number[] => [value.length, 0, 0, 0, ...Buffer.from(value)];

/** Where a pointer can lead, from the null pointer to the last byte of the address space. */
const POINTERS: readonly Pointer[] = [
  { at: 0, bytes: [], sound: false },
  { at: 16, bytes: text('{"a": [1, "b"]}'), sound: true },
  { at: 64, bytes: text('12'), sound: true },
  { at: 80, bytes: text(''), sound: true },
  // Not aligned.
  { at: 97, bytes: text('/a/0'), sound: true },
  // No UTF-8, but bytes all the same.
  { at: 112, bytes: [2, 0, 0, 0, 0xc3, 0x28], sound: true },
  // Lengths that pass the end of memory, of i32 and, with the address, of u32.
  { at: 128, bytes: [0, 0, 0, PAGES], sound: false },
  { at: 144, bytes: [0xff, 0xff, 0xff, 0x7f], sound: false },
  { at: 160, bytes: [0xff, 0xff, 0xff, 0xff], sound: false },
  { at: 176, bytes: [0x50, 0xff, 0xff, 0xff], sound: false },
  // The last bytes of memory: a text that ends with it, one that ends behind it, half a length.
  { at: END - 24, bytes: [...text('end'), 0], sound: true },
  { at: END - 8, bytes: [4, 0, 0, 0, ...Buffer.from('last')], sound: true },
  { at: END - 12, bytes: [9, 0, 0, 0], sound: false },
  { at: END - 3, bytes: [], sound: false },
  { at: END, bytes: [], sound: false },
  { at: 0x7fff_ffff, bytes: [], sound: false },
  { at: 0x8000_0000, bytes: [], sound: false },
  { at: 0xffff_fffc, bytes: [], sound: false },
  { at: 0xffff_ffff, bytes: [], sound: false },
];

const NUMBERS = [0, 1, 2, -1, 7, 65_536, 0x7fff_ffff, -0x8000_0000];
const BIG_NUMBERS = [0n, 1n, -1n, 2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n)];
const FLOATS = [0, -0, 1.5, -1, 2 ** 31, 1e308, Number.MIN_VALUE, Number.NaN, Number.POSITIVE_INFINITY];

type Stack = 'i32' | 'i64' | 'f64';

export function stackType(type: HostType | 'none'): Stack {
  return type === 'i64' || type === 'f64' ? type : 'i32';
}

function isPointer(type: HostType): boolean {
  return type === 'string' || type === 'bytes' || type === 'wire' || type === 'json';
}

/** One argument, in 8 bytes. */
interface Argument {
  readonly bytes: Uint8Array;
  readonly sound: boolean;
}

function eight(write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(8);
  write(new DataView(bytes.buffer));
  return bytes;
}

function argumentsOf(type: HostType): readonly Argument[] {
  if (isPointer(type)) {
    return POINTERS.map(({ at, sound }) => ({ bytes: eight((view) => view.setUint32(0, at, true)), sound }));
  }
  if (type === 'i64') {
    return BIG_NUMBERS.map((value) => ({
      bytes: eight((view) => view.setBigInt64(0, value, true)),
      sound: true,
    }));
  }
  if (type === 'f64') {
    return FLOATS.map((value) => ({ bytes: eight((view) => view.setFloat64(0, value, true)), sound: true }));
  }
  return NUMBERS.map((value) => ({ bytes: eight((view) => view.setInt32(0, value, true)), sound: true }));
}

/** Every combination, or as many as `MOST_ROWS` of them, evenly spread. */
function rowsOf({ params }: HostImport): readonly (readonly Argument[])[] {
  const choices = params.map(({ type }) => argumentsOf(type));
  const all = choices.reduce((product, { length }) => product * length, 1);
  const count = Math.min(all, MOST_ROWS);
  return Array.from({ length: count }, (_, row) => {
    let rest = Math.floor((row * all) / count);
    return choices.flatMap((list) => {
      const chosen = list[rest % list.length];
      rest = Math.floor(rest / list.length);
      return chosen === undefined ? [] : [chosen];
    });
  });
}

export interface ExtremeCalls {
  readonly wat: string;
  readonly rows: number;
  /** For each call, whether every pointer leads to something. */
  readonly sound: readonly boolean[];
}

const escaped = (bytes: Iterable<number>) =>
  [...bytes].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');

/** A module that calls a function with every row of arguments, and gives the status of each call as its result. */
export function extremeCalls(signature: HostImport): ExtremeCalls {
  const { capability, name, params, result } = signature;
  const rows = rowsOf(signature);
  const width = params.length * 8;
  const loads = params.map(
    ({ type }, index) => `(${stackType(type)}.load offset=${index * 8} (local.get $row))`,
  );
  const types = params.map(({ type }) => stackType(type)).join(' ');
  const data = POINTERS.filter(({ bytes }) => bytes.length > 0)
    .map(({ at, bytes }) => `(data (i32.const ${at}) "${escaped(bytes)}")`)
    .join(' ');
  const table = rows.flatMap((row) => row.map(({ bytes }) => escaped(bytes))).join('');
  const wat = `(module
    (import "${capability}" "${name}" (func $f (param ${types}) (result ${stackType(result)} i32)))
    (import "core" "resv" (func $resv (param i32) (result i32 i32)))
    (memory (export "memory") ${PAGES} ${PAGES}) ${data} (data (i32.const ${ROWS}) "${table}")
    (func (export "run") (result i32) (local $row i32) (local $to i32) (local $left i32) (local $status i32)
      (local.set $row (i32.const ${ROWS})) (local.set $to (i32.const ${STATUSES + 4}))
      (local.set $left (i32.const ${rows.length})) (i32.store (i32.const ${STATUSES}) (i32.const ${rows.length * 4}))
      (loop $next
        (call $f ${loads.join(' ')}) (local.set $status) (drop)
        (i32.store (local.get $to) (local.get $status))
        (local.set $to (i32.add (local.get $to) (i32.const 4)))
        (local.set $row (i32.add (local.get $row) (i32.const ${width})))
        (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
      (call $resv (i32.const ${STATUSES})) (drop) (drop) (i32.const 0)))`;
  return { wat, rows: rows.length, sound: rows.map((row) => row.every(({ sound }) => sound)) };
}
