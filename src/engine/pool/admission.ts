/** What one run takes of the memory of all. */
export interface Room {
  /** Whether it stands in the queue. */
  readonly waits: boolean;
  /**
   * Takes the whole of what the run may come to need, and then calls `then`, maybe at once. A run that has
   * been in before goes ahead of the new ones, since its end is what makes room.
   */
  claim(then: () => void): void;
  /** Keeps only `bytes` while the run computes nothing, and so cannot grow. */
  shrinkTo(bytes: number): void;
  /** Gives everything up, the place in the queue included. */
  leave(): void;
}

interface Place {
  /** The most that the run can hold. */
  readonly whole: number;
  held: number;
  state: 'new' | 'computing' | 'parked' | 'left';
}

/**
 * Shares out the memory of all runs. A run that computes holds the most that it can grow to; one that
 * waits for the host holds what it has. So nothing can grow past the sum, and waiting costs little.
 *
 * Parked runs need room again to go on. So that they cannot block each other, one more run gets in only
 * if the neediest parked one would still fit; when none can, a single run, the `last`, gets in without
 * that. It keeps its whole room to its end, after which the rule holds again.
 */
export class Admission {
  readonly #capacity: number;
  readonly #onShort: () => void;
  readonly #new = new Map<Place, () => void>();
  readonly #returning = new Map<Place, () => void>();
  /** How many parked runs need room to go on, by the most that they can hold. */
  readonly #parked = new Map<number, number>();
  #last: Place | null = null;
  #used = 0;
  #short = false;

  /** `onShort` is told when something begins to wait, once until nothing waits any more. */
  constructor(capacity: number, onShort: () => void = () => undefined) {
    this.#capacity = capacity;
    this.#onShort = onShort;
  }

  /** Runs that wait for room, to begin or to go on. */
  get waiting(): number {
    return this.#new.size + this.#returning.size;
  }

  /** Bytes that are taken. */
  get used(): number {
    return this.#used;
  }

  /**
   * The room of one run, none of it taken yet. What weighs more than everything has to be alone. `always`
   * is the part of the whole that it keeps besides when it shrinks.
   */
  room(whole: number, always = 0): Room {
    const place: Place = { whole: Math.min(whole, this.#capacity), held: 0, state: 'new' };
    const inQueue = () => this.#new.has(place) || this.#returning.has(place);
    return {
      get waits() {
        return inQueue();
      },
      claim: (then) => this.#claim(place, then),
      shrinkTo: (bytes) => this.#shrink(place, always + bytes),
      leave: () => this.#leave(place),
    };
  }

  #claim(place: Place, then: () => void): void {
    if (place.state === 'left') return;
    if (place.held === place.whole) {
      this.#letIn(place, then);
      return;
    }
    const queue = place.state === 'parked' ? this.#returning : this.#new;
    queue.set(place, then);
    this.#admit();
  }

  #shrink(place: Place, bytes: number): void {
    if (place.state !== 'computing') return;
    const kept = Math.min(bytes, place.whole);
    place.state = 'parked';
    const free = this.#capacity - this.#used + place.held - kept;
    // It keeps its whole room, and so needs none to go on.
    if (place === this.#last && free < Math.max(this.#neediest(), place.whole)) return;
    if (place === this.#last) this.#last = null;
    this.#hold(place, kept);
    this.#countParked(place, 1);
    this.#admit();
  }

  #leave(place: Place): void {
    if (place.state === 'left') return;
    this.#new.delete(place);
    this.#returning.delete(place);
    if (place.state === 'parked') this.#countParked(place, -1);
    if (place === this.#last) this.#last = null;
    place.state = 'left';
    this.#hold(place, 0);
    this.#admit();
  }

  #admit(): void {
    while (this.#admitFirst(this.#returning));
    if (this.#returning.size === 0) while (this.#admitFirst(this.#new));
    this.#tell();
  }

  #tell(): void {
    const wasShort = this.#short;
    this.#short = this.waiting > 0;
    if (this.#short && !wasShort) this.#onShort();
  }

  /** Lets the first of a queue in. Answers false when there is none or it does not fit. */
  #admitFirst(queue: Map<Place, () => void>): boolean {
    const [first] = queue;
    if (first === undefined) return false;
    const [place, then] = first;
    if (!this.#fits(place)) return false;
    queue.delete(place);
    this.#letIn(place, then);
    return true;
  }

  #letIn(place: Place, then: () => void): void {
    if (place.state === 'parked') this.#countParked(place, -1);
    place.state = 'computing';
    this.#hold(place, place.whole);
    then();
  }

  #fits(place: Place): boolean {
    const left = this.#capacity - this.#used - (place.whole - place.held);
    if (left >= this.#neediest(place)) return true;
    if (left < 0 || this.#last !== null) return false;
    this.#last = place;
    return true;
  }

  /** The most that any parked run can come to hold that has to wait for it, `but` for one. */
  #neediest(but?: Place): number {
    let most = 0;
    for (const [whole, count] of this.#parked) {
      const others = but?.state === 'parked' && but.whole === whole ? count - 1 : count;
      if (others > 0 && whole > most) most = whole;
    }
    return most;
  }

  #hold(place: Place, bytes: number): void {
    this.#used += bytes - place.held;
    place.held = bytes;
  }

  #countParked({ whole, held }: Place, by: 1 | -1): void {
    if (held === whole) return;
    const count = (this.#parked.get(whole) ?? 0) + by;
    if (count === 0) this.#parked.delete(whole);
    else this.#parked.set(whole, count);
  }
}
