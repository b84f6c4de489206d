const NOT_ALLOWED = /[^a-zA-Z0-9_-]/gu;

/**
 * Gives each tool call an id that the API takes: of letters, digits, `_` and `-`, and used once. Local servers write
 * others. The same ids in the same order come out the same, so that the cache of prompts still holds.
 */
export class CallIds {
  readonly #taken = new Set<string>();

  take(callId: string): string {
    const base = callId.replace(NOT_ALLOWED, '_') || 'call';
    let id = base;
    for (let count = 2; this.#taken.has(id); count += 1) id = `${base}_${count}`;
    this.#taken.add(id);
    return id;
  }
}
