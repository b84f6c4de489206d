import { BinaryReader } from './binary-reader.ts';
import type { BinaryWriter } from './binary-writer.ts';
import { ChargeCode, OUTLINE_LABELS } from './charge-code.ts';
import { type MovedIndex, planCharges } from './charge-plan.ts';
import type { Charge } from './charges.ts';
import { DepthCode } from './depth-code.ts';
import { type Frame, frameWeight, readFrame, UNCOUNTED_WEIGHT } from './frame.ts';
import type { ModuleFacts } from './module-facts.ts';
import { Refusal } from './refusal.ts';
import { HANDED_PARAMETERS, type Recursive } from './survey.ts';
import { EMPTY_BLOCK, I32, I64 } from './value-types.ts';

/** V8's own bound; the locals that are added must still fit. */
const MOST_LOCALS = 50_000;
const ADDED_LOCALS = 3;

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
    this.#moved = moved;
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

  #newIndex({ leaves, becomes }: MovedIndex, index: number): number {
    if (becomes !== null) return becomes;
    if (leaves === null) return this.#facts.movedFunction(index);
    return leaves.outlined ? index + OUTLINE_LABELS : index;
  }
}

function keepsSize({ kind }: Charge): boolean {
  return kind === 'bulk' || kind === 'growMemory' || kind === 'growTable';
}

/** Which function a body is for. */
export interface BodyForm {
  /** Its place among the module's own functions. */
  readonly place: number;
  /** Given when its twin is written, whose last parameters are fuel and depth, and which hands back the fuel. */
  readonly twin: Recursive | null;
}

/** Writes a function's body, metered. */
export function meterBody(
  body: BinaryReader,
  writer: BinaryWriter,
  facts: ModuleFacts,
  form: BodyForm,
): void {
  const frame = readFrame(body, facts.parameters[facts.functionTypes[form.place] ?? 0]);
  const { locals } = frame;
  if (locals + ADDED_LOCALS > MOST_LOCALS) throw new Refusal(`a function with ${locals} locals`, frame.start);
  const { prices, importedFunctions, callsHost, twins } = facts;
  const code = new BinaryReader(body.bytes, body.position, body.end);
  const firstMovedLocal = form.twin?.params.count ?? null;
  const plan = planCharges(body, { prices, importedFunctions, outline: callsHost, twins, firstMovedLocal });
  const weight = frameWeight(frame);
  const counted = facts.limitsDepth && (plan.calls || weight > UNCOUNTED_WEIGHT);
  const added = addedLocals(frame, form, { size: plan.charges.some(keepsSize), left: counted });
  writeLocals(body, writer, frame, added);

  const { counter, refuel, memoryMaximum, tableMaxima, depth, exhausted } = facts;
  const { fuel, size, left } = added;
  const { functionEntry } = prices.table;
  const twin = form.twin && blockTypeOf(form.twin, body.bytes);
  const names = { counter, refuel, fuel, size, memoryMaximum, tableMaxima, functionEntry, twin };
  const depthCode = new DepthCode(writer, { depth, exhausted, left, handed: twin !== null, weight });
  const chargeCode = new ChargeCode(writer, names, counted ? depthCode : null);
  const copy = new CodeCopy(writer, code, plan.moved, facts);
  for (const charge of plan.charges) {
    copy.upTo(charge.at);
    chargeCode.write(charge);
  }
  copy.upTo(code.end);
  chargeCode.close();
}

/** A block that leaves what the function does: nothing, or one value. */
function blockTypeOf({ results }: Recursive, bytes: Uint8Array): number {
  return results.count === 0 ? EMPTY_BLOCK : (bytes[results.start] ?? EMPTY_BLOCK);
}

/** Where the added code keeps what, and which locals are added for that, in this order. */
interface AddedLocals {
  readonly fuel: number;
  readonly size: number;
  readonly left: number;
  /** One for the fuel, or none. */
  readonly wide: number;
  /** Those of type i32. */
  readonly integers: number;
}

/** A twin has parameters for fuel and depth, right behind the function's own. */
function addedLocals(
  { locals }: Frame,
  { twin }: BodyForm,
  needs: { readonly size: boolean; readonly left: boolean },
): AddedLocals {
  const sizes = needs.size ? 1 : 0;
  if (twin !== null) {
    const fuel = twin.params.count;
    return { fuel, left: fuel + 1, size: locals + HANDED_PARAMETERS, wide: 0, integers: sizes };
  }
  const integers = sizes + (needs.left ? 1 : 0);
  return { fuel: locals, size: locals + 1, left: locals + 1 + sizes, wide: 1, integers };
}

/** The function's own locals, and the added ones behind them. */
function writeLocals(body: BinaryReader, writer: BinaryWriter, frame: Frame, added: AddedLocals): void {
  const { wide, integers } = added;
  writer.u32(frame.groups + wide + (integers > 0 ? 1 : 0));
  writer.copy(body.bytes, frame.start, frame.end);
  if (wide > 0) writer.bytes(wide, I64);
  if (integers > 0) writer.bytes(integers, I32);
}
