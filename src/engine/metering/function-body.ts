import { BinaryReader } from './binary-reader.ts';
import type { BinaryWriter } from './binary-writer.ts';
import { type MeterIndices, writeCharge } from './charge-code.ts';
import { planCharges } from './charge-plan.ts';
import type { ModuleFacts } from './module-facts.ts';
import { Refusal } from './refusal.ts';
import { I64, valueType } from './value-types.ts';

/** V8's own bound; the locals that are added must still fit. */
const MOST_LOCALS = 50_000;
const ADDED_LOCALS = 2;
const I32 = 0x7f;

/** Copies code on and on, moving the function indices that it passes. */
class CodeCopy {
  readonly #writer: BinaryWriter;
  readonly #bytes: Uint8Array;
  readonly #indices: readonly number[];
  readonly #facts: ModuleFacts;
  #position: number;
  #next = 0;

  constructor(writer: BinaryWriter, code: BinaryReader, indices: readonly number[], facts: ModuleFacts) {
    this.#writer = writer;
    this.#bytes = code.bytes;
    this.#position = code.position;
    this.#indices = facts.callsHost ? indices : [];
    this.#facts = facts;
  }

  upTo(end: number): void {
    let index = this.#indices[this.#next];
    while (index !== undefined && index < end) {
      this.#writer.copy(this.#bytes, this.#position, index);
      const reader = new BinaryReader(this.#bytes, index);
      this.#writer.u32(this.#facts.movedFunction(reader.u32()));
      this.#position = reader.position;
      this.#next += 1;
      index = this.#indices[this.#next];
    }
    this.#writer.copy(this.#bytes, this.#position, end);
    this.#position = end;
  }
}

interface LocalGroups {
  readonly groups: number;
  readonly total: number;
  /** Range of the groups themselves. */
  readonly start: number;
  readonly end: number;
}

function readLocals(reader: BinaryReader): LocalGroups {
  const groups = reader.u32();
  const start = reader.position;
  let total = 0;
  for (let left = groups; left > 0; left -= 1) {
    total += reader.u32();
    valueType(reader);
  }
  return { groups, total, start, end: reader.position };
}

/** Writes a function's body, metered. `body` is the whole of it, `parameters` how many it takes. */
export function meterBody(
  body: BinaryReader,
  writer: BinaryWriter,
  facts: ModuleFacts,
  parameters: number,
): void {
  const locals = readLocals(body);
  const fuel = parameters + locals.total;
  if (fuel + ADDED_LOCALS > MOST_LOCALS) throw new Refusal(`a function with ${fuel} locals`, locals.start);
  writer.u32(locals.groups + ADDED_LOCALS);
  writer.copy(body.bytes, locals.start, locals.end);
  writer.bytes(1, I64, 1, I32);

  const code = new BinaryReader(body.bytes, body.position, body.end);
  const plan = planCharges(body, facts.prices);
  const { counter, refuel, memoryMaximum, tableMaxima } = facts;
  const indices: MeterIndices = { counter, refuel, fuel, size: fuel + 1, memoryMaximum, tableMaxima };
  const copy = new CodeCopy(writer, code, plan.functionIndices, facts);
  for (const charge of plan.charges) {
    copy.upTo(charge.at);
    writeCharge(writer, charge, indices, facts.prices.table.functionEntry);
  }
  copy.upTo(code.end);
}
