import type { TurnEvent } from './events.ts';

/** The deltas of one reply. While held they wait; nobody sees them unless they are released. */
export class HeldDeltas {
  readonly #emit: (event: TurnEvent) => void;
  readonly #waiting: TurnEvent[] = [];
  #held: boolean;

  constructor(emit: (event: TurnEvent) => void, held: boolean) {
    this.#emit = emit;
    this.#held = held;
  }

  add(event: TurnEvent): void {
    if (this.#held) this.#waiting.push(event);
    else this.#emit(event);
  }

  /** Another model answers: what came before does not count. The event is for everybody at once. */
  startOver(event: TurnEvent): void {
    this.#waiting.length = 0;
    this.#emit(event);
  }

  release(): void {
    this.#held = false;
    for (const event of this.#waiting.splice(0)) this.#emit(event);
  }
}
