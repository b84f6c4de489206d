/** How a call fails. Without `error` or `status` the connection breaks. */
export interface Fault {
  /** HTTP status; 429 answers with `retry-after`. */
  readonly status?: number;
  /** Slack's error code, answered as `{ok: false, error}`. */
  readonly error?: string;
  /** More fields of the answer, such as `needed`. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Seconds, for status 429. */
  readonly retryAfter?: number;
  /** The call is carried out, and then its answer is lost. */
  readonly dropAfterAccept?: boolean;
  /** The call is carried out, and no answer ever comes. */
  readonly stallAfterAccept?: boolean;
}

/** Faults that wait for the next call of their method, in order. */
export class FaultQueue {
  readonly #queued = new Map<string, Fault[]>();

  add(method: string, fault: Fault): void {
    this.#queued.set(method, [...(this.#queued.get(method) ?? []), fault]);
  }

  take(method: string): Fault | null {
    return this.#queued.get(method)?.shift() ?? null;
  }
}
