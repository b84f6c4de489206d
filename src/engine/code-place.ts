import type { CodePlace } from '../wat/types.ts';
import type { GuestFrame } from './messages.ts';
import { BinaryReader } from './metering/binary-reader.ts';
import { readFrame } from './metering/frame.ts';
import { readOperator, skipImmediate } from './metering/instructions.ts';
import type { Operator } from './metering/opcodes.ts';
import { outlineOf } from './verification/module-outline.ts';

const BLOCK = 0x02;
const CALL = 'call';
const LOOP = 'loop';

/**
 * Which instruction of the program's own code a run ended at. What the meter added is passed over: it holds no call
 * of a host function and nothing that traps. Where it ended the run itself, that is the innermost loop around.
 *
 * @param code a metered and verified module
 * @param frames of the guest, the innermost first
 */
export function codePlaceOf(code: Uint8Array, frames: readonly GuestFrame[]): CodePlace | null {
  if (frames.length === 0) return null;
  const { bodies, importedFunctions, hostFunction } = outlineOf(code);
  const refuel = importedFunctions + bodies.length - 1;
  const frame = frames.find((each) => each.function !== refuel);
  const body = frame && bodies[frame.function - importedFunctions];
  if (frame === undefined || body === undefined) return null;
  const reader = new BinaryReader(code, body.start, body.end);
  readFrame(reader);
  return new Passage(reader, hostFunction ?? importedFunctions).to(frame.offset);
}

/** Counts the instructions of a function up to a place. */
class Passage {
  readonly #reader: BinaryReader;
  /** The first function that is none of the program's imports. */
  readonly #imports: number;
  readonly #counts = new Map<string, number>();
  /** The blocks around, by the number of the loop that each one is or holds for the meter. */
  readonly #around: (number | null)[] = [];

  constructor(reader: BinaryReader, imports: number) {
    this.#reader = reader;
    this.#imports = imports;
  }

  to(offset: number): CodePlace | null {
    while (this.#reader.position < offset) this.#pass();
    if (this.#reader.position > offset) return null;
    const { name } = readOperator(this.#reader);
    if (name === CALL && this.#reader.u32() >= this.#imports) return this.#loop();
    return { instruction: name, occurrence: this.#count(name) };
  }

  #pass(): void {
    const operator = readOperator(this.#reader);
    const start = this.#reader.position;
    skipImmediate(this.#reader, operator);
    const counts = this.#follow(operator);
    const isOwn = operator.name !== CALL || this.#callee(start) < this.#imports;
    if (counts && isOwn) this.#counts.set(operator.name, this.#count(operator.name) + 1);
  }

  /** Keeps account of the blocks around; false for a loop of the meter's own. */
  #follow({ flow }: Operator): boolean {
    if (flow === 'end') this.#around.pop();
    else if (flow === 'loop') this.#around.push(this.#count(LOOP));
    else if (flow === 'block' || flow === 'if') this.#around.push(null);
    // A loop of the program's own begins with a check; one around it, with a block.
    return flow !== 'loop' || this.#reader.bytes[this.#reader.position] !== BLOCK;
  }

  #callee(at: number): number {
    return new BinaryReader(this.#reader.bytes, at).u32();
  }

  #count(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  #loop(): CodePlace | null {
    const occurrence = this.#around.findLast((loop) => loop !== null) ?? null;
    return occurrence === null ? null : { instruction: LOOP, occurrence };
  }
}
