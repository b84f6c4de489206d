import { BinaryReader } from './binary-reader.ts';
import type { BinaryWriter } from './binary-writer.ts';
import { ChargeCode, OUTLINE_LABELS } from './charge-code.ts';
import { type MovedIndex, planCharges } from './charge-plan.ts';
import type { Charge } from './charges.ts';
import { DepthCode } from './depth-code.ts';
import { type Frame, frameWeight, readFrame, UNCOUNTED_WEIGHT } from './frame.ts';
import type { ModuleFacts } from './module-facts.ts';
import { Refusal } from './refusal.ts';
import { I64 } from './value-types.ts';

/** V8's own bound; the locals that are added must still fit. */
const MOST_LOCALS = 50_000;
const ADDED_LOCALS = 3;
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

function keepsSize({ kind }: Charge): boolean {
  return kind === 'bulk' || kind === 'growMemory' || kind === 'growTable';
}

/** Writes a function's body, metered. `place` says which of the module's own functions it is. */
export function meterBody(body: BinaryReader, writer: BinaryWriter, facts: ModuleFacts, place: number): void {
  const frame = readFrame(body, facts.parameters[facts.functionTypes[place] ?? 0]);
  const fuel = frame.locals;
  if (fuel + ADDED_LOCALS > MOST_LOCALS) throw new Refusal(`a function with ${fuel} locals`, frame.start);
  const { prices, importedFunctions, callsHost } = facts;
  const code = new BinaryReader(body.bytes, body.position, body.end);
  const plan = planCharges(body, { prices, importedFunctions, outline: callsHost });
  const weight = frameWeight(frame);
  const counted = facts.limitsDepth && (plan.calls || weight > UNCOUNTED_WEIGHT);
  const sizes = plan.charges.some(keepsSize) ? 1 : 0;
  writeLocals(body, writer, frame, sizes + (counted ? 1 : 0));

  const { counter, refuel, memoryMaximum, tableMaxima, depth, exhausted } = facts;
  const { functionEntry } = prices.table;
  const names = { counter, refuel, fuel, size: fuel + 1, memoryMaximum, tableMaxima, functionEntry };
  const depthCode = new DepthCode(writer, { depth, exhausted, left: fuel + 1 + sizes, weight });
  const chargeCode = new ChargeCode(writer, names, counted ? depthCode : null);
  const copy = new CodeCopy(writer, code, plan.moved, facts);
  for (const charge of plan.charges) {
    copy.upTo(charge.at);
    chargeCode.write(charge);
  }
  copy.upTo(code.end);
}

/** The function's own locals, one for the fuel, and as many of type i32 as are wanted. */
function writeLocals(body: BinaryReader, writer: BinaryWriter, frame: Frame, integers: number): void {
  writer.u32(frame.groups + (integers > 0 ? 2 : 1));
  writer.copy(body.bytes, frame.start, frame.end);
  writer.bytes(1, I64);
  if (integers > 0) writer.bytes(integers, I32);
}
