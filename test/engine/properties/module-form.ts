import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type MeterOptions, meter } from '../../../src/engine/meter.ts';
import { holds, meteredOf, type NamedProperty } from './named-property.ts';
import { functionName, printProgram, unsignedLeb } from './print-program.ts';
import { programArbitrary } from './program-arbitrary.ts';

const MOST_GROWTH = 2;
/** For the sections that are added, whatever the size. */
const ADDED = 100;
const CODE_SECTION = 10;
const START_SECTION = 8;
const ELEMENT_SECTION = 9;

const size = holds('metering at most doubles the size', programArbitrary(), ({ program }) => {
  const bytes = printProgram(program);
  for (const onEmpty of ['trap', 'call'] as const) {
    const { length } = meteredOf(bytes, { onEmpty, exportCounter: 'fuel' });
    const most = bytes.length * MOST_GROWTH + ADDED;
    assert.ok(length <= most, `${bytes.length} bytes become ${length}`);
  }
});

const interfaces = holds('exports and imports stay, in their order', programArbitrary(), ({ program }) => {
  const bytes = printProgram(program);
  const before = new WebAssembly.Module(bytes);
  const after = new WebAssembly.Module(meteredOf(bytes, { exportCounter: 'fuel', onEmpty: 'call' }));
  assert.deepEqual(WebAssembly.Module.exports(after), [
    ...WebAssembly.Module.exports(before),
    { name: 'fuel', kind: 'global' },
  ]);
  assert.deepEqual(WebAssembly.Module.imports(after), [
    ...WebAssembly.Module.imports(before),
    { module: 'wattle', name: 'refuel', kind: 'function' },
  ]);
});

/** A reader of the name section, for indices and lengths below 2^14. */
class NameReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: ArrayBuffer) {
    this.#bytes = new Uint8Array(bytes);
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  number(): number {
    const byte = this.#bytes[this.#at] ?? 0;
    this.#at += 1;
    return byte < 0x80 ? byte : byte - 0x80 + this.number() * 0x80;
  }

  text(): string {
    const length = this.number();
    this.#at += length;
    return Buffer.from(this.#bytes.subarray(this.#at - length, this.#at)).toString('latin1');
  }

  /** Kind of each subsection, with its entries. */
  subsection(): readonly [kind: number, entries: unknown] {
    const kind = this.number();
    this.number();
    if (kind === 0) return [kind, this.text()];
    const entry = () => [this.number(), this.text()];
    const list = (item: () => unknown) => Array.from({ length: this.number() }, item);
    return [kind, list(kind === 1 ? entry : () => [this.number(), list(entry)])];
  }
}

const names = holds(
  'names follow the functions that they name',
  fc.tuple(programArbitrary(), fc.constantFrom('trap' as const, 'call' as const)),
  ([{ program }, onEmpty]) => {
    const bytes = meteredOf(printProgram(program, { names: true }), { onEmpty });
    const [contents] = WebAssembly.Module.customSections(new WebAssembly.Module(bytes), 'name');
    assert.ok(contents, 'a name section');
    const reader = new NameReader(contents);
    const moved = (index: number) => (onEmpty === 'call' && index > 0 ? index + 1 : index);
    const all = [0, ...program.functions.map((_, index) => index + 1)];
    assert.deepEqual(reader.subsection(), [0, 'random']);
    assert.deepEqual(reader.subsection(), [1, all.map((index) => [moved(index), functionName(index)])]);
    assert.deepEqual(reader.subsection(), [2, all.map((index) => [moved(index), [[0, `x${index}`]]])]);
    assert.ok(reader.done, 'no more names');
  },
);

/** Offset of the first section of a kind. */
function sectionStart(bytes: Uint8Array, id: number): number {
  let at = 8;
  while (at < bytes.length && bytes[at] !== id) {
    const { length, width } = sizeAt(bytes, at + 1);
    at += 1 + width + length;
  }
  return at;
}

function sizeAt(bytes: Uint8Array, at: number): { length: number; width: number } {
  let width = 1;
  while ((bytes[at + width - 1] ?? 0) >= 0x80) width += 1;
  let length = 0;
  for (let index = width - 1; index >= 0; index -= 1) {
    length = length * 0x80 + ((bytes[at + index] ?? 0) & 0x7f);
  }
  return { length, width };
}

/** Where the function bodies stand in a module. */
export function codeRange(bytes: Uint8Array): { readonly start: number; readonly end: number } {
  const at = sectionStart(bytes, CODE_SECTION) + 1;
  const { length, width } = sizeAt(bytes, at);
  return { start: at + width, end: at + width + length };
}

const start = holds(
  'a start function is refused by name, with its offset',
  programArbitrary(),
  ({ program }) => {
    const type = program.types.length;
    const started = {
      ...program,
      types: [...program.types, { params: [], results: [] }],
      functions: [...program.functions, { type, locals: [], body: [] }],
    };
    const bytes = printProgram(started);
    const at = sectionStart(bytes, ELEMENT_SECTION);
    const index = unsignedLeb(started.functions.length);
    const section = [START_SECTION, index.length, ...index];
    const withStart = Uint8Array.from([...bytes.subarray(0, at), ...section, ...bytes.subarray(at)]);
    assert.deepEqual(meter(withStart), { ok: false, reason: 'a start function', offset: at });
  },
);

const reserved = holds(
  'a program cannot take the names that the meter uses',
  programArbitrary(),
  ({ program }) => {
    const bytes = printProgram(program);
    const again = (options: MeterOptions) => meter(meteredOf(bytes, options), options);
    assert.partialDeepStrictEqual(again({ onEmpty: 'call' }), {
      ok: false,
      reason: 'an import from module "wattle"',
    });
    assert.partialDeepStrictEqual(again({ exportCounter: 'fuel' }), {
      ok: false,
      reason: 'an export of the counter\'s name "fuel"',
    });
  },
);

export const MODULE_FORM: readonly NamedProperty[] = [size, interfaces, names, start, reserved];
