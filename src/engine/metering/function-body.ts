import { BinaryReader } from './binary-reader.ts';
import type { BinaryWriter } from './binary-writer.ts';
import { ChargeCode, OUTLINE_LABELS } from './charge-code.ts';
import { type MovedIndex, planCharges } from './charge-plan.ts';
import type { ModuleFacts } from './module-facts.ts';
import { Refusal } from './refusal.ts';
import { I64, valueType } from './value-types.ts';

/** V8's own bound; the locals that are added must still fit. */
const MOST_LOCALS = 50_000;
const ADDED_LOCALS = 2;
const I32 = 0x7f;

/** Copies code on and on, moving the indices that it passes. */
class CodeCopy {
  readonly #writer: BinaryWriter;
  readonly #bytes: Uint8Array;
  readonly #moved: readonly MovedIndex[];
  readonly #facts: ModuleFacts;
  #position: number;
  #next = 0;

  constructor(writer: BinaryWriter, code: BinaryReader, moved: readonly MovedIndex[], facts: ModuleFacts) {
    this.#writer = writer;
    this.#bytes = code.bytes;
    this.#position = code.position;
    this.#moved = facts.callsHost ? moved : [];
    this.#facts = facts;
  }

  upTo(end: number): void {
    let moved = this.#moved[this.#next];
    while (moved !== undefined && moved.at < end) {
      this.#writer.copy(this.#bytes, this.#position, moved.at);
      const reader = new BinaryReader(this.#bytes, moved.at);
      this.#writer.u32(this.#newIndex(moved, reader.u32()));
      this.#position = reader.position;
      this.#next += 1;
      moved = this.#moved[this.#next];
    }
    this.#writer.copy(this.#bytes, this.#position, end);
    this.#position = end;
  }

  #newIndex({ leaves }: MovedIndex, index: number): number {
    if (leaves === null) return this.#facts.movedFunction(index);
    return leaves.outlined ? index + OUTLINE_LABELS : index;
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

/** Writes a function's body, metered. `place` says which of the module's own functions it is. */
export function meterBody(body: BinaryReader, writer: BinaryWriter, facts: ModuleFacts, place: number): void {
  const parameters = facts.parameterCounts[facts.functionTypes[place] ?? 0] ?? 0;
  const locals = readLocals(body);
  const fuel = parameters + locals.total;
  if (fuel + ADDED_LOCALS > MOST_LOCALS) throw new Refusal(`a function with ${fuel} locals`, locals.start);
  writer.u32(locals.groups + ADDED_LOCALS);
  writer.copy(body.bytes, locals.start, locals.end);
  writer.bytes(1, I64, 1, I32);

  const code = new BinaryReader(body.bytes, body.position, body.end);
  const plan = planCharges(body, facts.prices, facts.callsHost);
  const { counter, refuel, memoryMaximum, tableMaxima } = facts;
  const { functionEntry } = facts.prices.table;
  const names = { counter, refuel, fuel, size: fuel + 1, memoryMaximum, tableMaxima };
  const chargeCode = new ChargeCode(writer, { ...names, functionEntry });
  const copy = new CodeCopy(writer, code, plan.moved, facts);
  for (const charge of plan.charges) {
    copy.upTo(charge.at);
    chargeCode.write(charge);
  }
  copy.upTo(code.end);
}
