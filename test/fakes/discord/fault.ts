import type { DiscordError } from './discord-error.ts';
import type { DiscordRoute } from './route.ts';

/** What goes wrong with a request instead of its answer. `done` says whether it takes effect all the same. */
export type Fault =
  | { readonly kind: 'refuse'; readonly error: DiscordError }
  /** The connection breaks without an answer. */
  | { readonly kind: 'drop'; readonly done: boolean }
  /** An answer from something in front of Discord, such as 502. */
  | { readonly kind: 'status'; readonly status: number; readonly done: boolean }
  | { readonly kind: 'rate-limit'; readonly retryAfterMs: number }
  /** No answer before the fake stops. */
  | { readonly kind: 'hang' };

/** The faults that the next requests of a route will meet, in order. */
export class Faults {
  readonly #waiting = new Map<DiscordRoute, Fault[]>();

  add(route: DiscordRoute, fault: Fault, times: number): void {
    const queue = this.#waiting.get(route) ?? [];
    for (let count = 0; count < times; count += 1) queue.push(fault);
    this.#waiting.set(route, queue);
  }

  take(route: DiscordRoute): Fault | null {
    return this.#waiting.get(route)?.shift() ?? null;
  }
}
