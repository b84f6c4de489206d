import type { Guard } from './guard.ts';
import { judge } from './judge.ts';
import type { TurnRequest } from './port.ts';
import { passes, type Verdict } from './verdict.ts';

/** The pre-guard's verdict on the person's message, asked for once, while other work may already go on. */
export class Clearance {
  readonly #guard: Guard;
  readonly #request: TurnRequest;
  readonly #refused = new AbortController();
  #asked: Promise<Verdict> | null = null;
  #granted = false;

  constructor(guard: Guard, request: TurnRequest) {
    this.#guard = guard;
    this.#request = request;
  }

  /** True once a verdict is there that lets the message pass. Until then nothing may run and nothing be shown. */
  get granted(): boolean {
    return this.#granted;
  }

  /** Aborted when the message does not pass, or the guard breaks. */
  get refused(): AbortSignal {
    return this.#refused.signal;
  }

  verdict(): Promise<Verdict> {
    this.#asked ??= this.#ask();
    return this.#asked;
  }

  async #ask(): Promise<Verdict> {
    try {
      const { text, signal } = this.#request;
      const verdict = await judge(this.#guard, this.#request, text, 'pre');
      this.#request.emit({ type: 'guard.verdict', stage: 'pre', verdict });
      // A guard that was stopped has not read the message, however open it is.
      this.#granted = passes(verdict) && !signal.aborted;
      return verdict;
    } finally {
      if (!this.#granted) this.#refused.abort();
    }
  }
}
