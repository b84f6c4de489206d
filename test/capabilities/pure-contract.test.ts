import { describe, expect, it } from 'vitest';
import { pureCapabilities } from '../../src/capabilities/pure.ts';
import type { HostAnswer, HostValue } from '../../src/engine/port.ts';
import { GuestMemory } from '../../src/engine/worker/guest-memory.ts';
import { readArguments } from '../../src/engine/worker/marshal.ts';
import type { HostImport, HostParam, HostType } from '../../src/wat/types.ts';
import { openPure, type PureRun } from './open-capability.ts';

const functions = pureCapabilities
  .flatMap(({ imports, fails }) =>
    imports.map((signature) => ({ signature, fails: fails[signature.name] ?? [] })),
  )
  // What the language calls itself gets what it makes itself.
  .filter(({ signature }) => signature.hidden !== true)
  .map((it) => ({ ...it, title: `${it.signature.capability}.${it.signature.name}` }));
const having = (...types: readonly HostType[]) =>
  functions.filter(({ signature }) => signature.params.some(({ type }) => types.includes(type)));

/** An argument that fits the type, and where there is one the default. */
function plausible({ type, default: given }: HostParam, run: PureRun): HostValue {
  if (given !== undefined && typeof given !== 'number') return given;
  switch (type) {
    case 'i64':
      return BigInt(given ?? 2);
    case 'i32':
      return given ?? 2;
    case 'f64':
      return given ?? 0.5;
    case 'bool':
      return true;
    case 'value':
      return run.handle(['1', '2', '3']);
    case 'bytes':
      return new Uint8Array([97, 98]);
    case 'wire':
      return new Uint8Array([0, 0, 0, 0]);
    case 'string':
    case 'json':
      return 'ab';
  }
}

function callWith(
  signature: HostImport,
  argument: (param: HostParam, run: PureRun) => HostValue,
): HostAnswer {
  const run = openPure();
  const args = signature.params.map((param) => argument(param, run));
  return run.call(`${signature.capability}.${signature.name}`, ...args);
}

const IS: Readonly<Record<HostType | 'none', (value: HostValue | null) => boolean>> = {
  i32: (value) => typeof value === 'number' && Object.is(value, value | 0),
  i64: (value) => typeof value === 'bigint' && BigInt.asIntN(64, value) === value,
  f64: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string' && value.isWellFormed(),
  json: (value) => typeof value === 'string',
  bytes: (value) => value instanceof Uint8Array && !Buffer.isBuffer(value),
  wire: (value) => value instanceof Uint8Array,
  value: (value) => typeof value === 'number' && value > 0,
  none: (value) => value === null,
};

const TEXTS = [
  '',
  '\0',
  '😀',
  '\u0301',
  ' \n',
  '"',
  '__proto__',
  '-',
  '%',
  '$1',
  '/~',
  '\ufeff<a>',
  '1e999',
  '2026-02-30',
  '99999999999999999999',
  '/w==',
  'ff',
  'https://example.com/',
  'a{1001}',
];

const VALUES = [
  null,
  true,
  1.5,
  3e9,
  'text',
  [],
  {},
  ['a'],
  [null],
  [[1], [2]],
  [{ ab: {} }],
  { ab: 1 },
  { ab: '1.5' },
  { ab: [] },
];

describe('every pure function', () => {
  it.each(functions)('$title gives what its signature says', ({ signature }) => {
    const answer = callWith(signature, plausible);
    expect(answer.ok ? IS[signature.result](answer.value) : answer.message.length > 10).toBe(true);
  });

  it.each(functions)('$title answers the same to the same', ({ signature }) => {
    expect(callWith(signature, plausible)).toEqual(callWith(signature, plausible));
  });

  it.each(having('value'))('$title answers EBOUND for a number that is no handle', ({ signature }) => {
    for (const handle of [0, -1, 99, 2147483647, -2147483648]) {
      const answer = callWith(signature, (param, run) =>
        param.type === 'value' ? handle : plausible(param, run),
      );
      expect(answer).toEqual({
        ok: false,
        status: 'EBOUND',
        message: `${handle} is no handle of a JSON value`,
      });
    }
  });

  it.each(having('i32', 'i64', 'f64'))(
    '$title answers any number, by a status that it names',
    ({ signature, fails }) => {
      for (const number of [0, -1, 2147483647, -2147483648, Number.NaN, Infinity, -Infinity, 1e308]) {
        const answer = callWith(signature, (param, run) => {
          if (param.type === 'i32') return number | 0;
          if (param.type === 'i64') return number < 0 ? -(2n ** 63n) : 2n ** 63n - 1n;
          return param.type === 'f64' ? number : plausible(param, run);
        });
        expect(answer.ok ? IS[signature.result](answer.value) : fails.includes(answer.status)).toBe(true);
      }
    },
  );

  it.each(having('string', 'bytes'))(
    '$title answers any text, by a status that it names',
    ({ signature, fails }) => {
      for (const text of TEXTS) {
        const answer = callWith(signature, (param, run) => {
          if (param.type === 'bytes') return new TextEncoder().encode(text);
          return param.type === 'string' ? text : plausible(param, run);
        });
        expect(answer.ok ? IS[signature.result](answer.value) : fails.includes(answer.status)).toBe(true);
      }
    },
  );

  it.each(having('value'))('$title answers any value, by a status that it names', ({ signature, fails }) => {
    for (const value of VALUES) {
      const answer = callWith(signature, (param, run) =>
        param.type === 'value' ? run.handle(value) : plausible(param, run),
      );
      expect(answer.ok ? IS[signature.result](answer.value) : fails.includes(answer.status)).toBe(true);
    }
  });
});

describe('the border to the program', () => {
  const memory = new GuestMemory(65_536);
  memory.open(new WebAssembly.Memory({ initial: 1, maximum: 1 }));
  const bounds = { bytes: 1_000_000, resultSize: 'length-prefixed' } as const;
  const at = 64;
  memory.view(at, 8)?.set([4, 0, 0, 0, 0x61, 0xff, 0xfe, 0x62]);
  const read = (signature: HostImport, pointer: number) =>
    readArguments(
      memory,
      signature,
      signature.params.map(({ type }) => (type === 'i64' ? 0n : pointer)),
      bounds,
    );

  it.each(having('string'))('answers ETRFM where $title gets bytes that are not UTF-8', ({ signature }) => {
    expect(read(signature, at)).toMatchObject({ ok: false, status: 'ETRFM' });
  });

  it.each(having('string', 'bytes', 'wire'))(
    'answers EBOUND where $title gets no pointer',
    ({ signature }) => {
      for (const pointer of [0, -1, 65_535, 65_536, 2147483647, -2147483648]) {
        expect(read(signature, pointer)).toMatchObject({ ok: false, status: 'EBOUND' });
      }
    },
  );
});
