/** A slice that takes longer than this is followed by a smaller one. */
const SLICE_MS = 5;
const SMALLEST_SLICE = 100;
/** To let the others in costs some microseconds, so a turn is as many slices as fit into this. */
const TURN_MS = 1;

export interface FuelSettings {
  /** For the whole run. */
  readonly budget: number;
  /** The most that is given at once. */
  readonly slice: number;
  /** Milliseconds that only go forward. */
  readonly clock: () => number;
}

/**
 * Gives a run its budget in slices, and knows what was used. The counter holds what is left of what
 * was given, so the sum does not depend on how large the slices are.
 */
export class FuelAccount {
  readonly #settings: FuelSettings;
  #counter: WebAssembly.Global | null = null;
  #given = 0;
  #slice: number;
  #sliceStart = 0;
  #turnStart = 0;

  constructor(settings: FuelSettings) {
    this.#settings = settings;
    this.#slice = settings.slice;
  }

  /** Fuel used so far, never more than the budget. */
  get used(): number {
    return Math.min(this.#settings.budget, this.#given - this.#left());
  }

  /** Takes over the counter of a fresh instance, and gives the first slice. */
  open(counter: WebAssembly.Global): void {
    this.#counter = counter;
    counter.value = this.give();
  }

  /** Notes what is left at a check. Answers false when the budget is spent. */
  note(left: bigint): boolean {
    if (this.#counter !== null) this.#counter.value = left;
    const elapsed = this.#settings.clock() - this.#sliceStart;
    if (elapsed > SLICE_MS) this.#slice = Math.max(SMALLEST_SLICE, (this.#slice * SLICE_MS) / elapsed);
    else this.#slice = Math.min(this.#settings.slice, this.#slice * 2);
    return this.#given - Number(left) < this.#settings.budget;
  }

  /** What the counter holds once the next slice is given. */
  give(): bigint {
    const used = this.#given - this.#left();
    const slice = Math.min(Math.ceil(this.#slice), this.#settings.budget - used);
    this.#given = used + slice;
    this.#sliceStart = this.#settings.clock();
    return BigInt(slice);
  }

  /** Forgets the time that passed while the run waited. */
  beginTurn(): void {
    this.#turnStart = this.#settings.clock();
    this.#sliceStart = this.#turnStart;
  }

  /** Whether the others have to be let in before the next slice is given. */
  get turnIsOver(): boolean {
    return this.#settings.clock() - this.#turnStart >= TURN_MS;
  }

  /** Whether the time of a slice has passed, which host functions use up without any fuel. */
  get sliceIsLong(): boolean {
    return this.#settings.clock() - this.#sliceStart > SLICE_MS;
  }

  #left(): number {
    return this.#counter === null ? 0 : Number(this.#counter.value);
  }
}
