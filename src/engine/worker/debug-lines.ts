import { DEBUG_LIMITS } from '../limits.ts';

/** Keeps the debug output of a run within its bounds, and says what was cut. */
export class DebugLines {
  readonly #lines: string[] = [];
  #cut = 0;

  add(line: string): void {
    if (this.#lines.length >= DEBUG_LIMITS.lines) {
      this.#cut += 1;
      return;
    }
    const rest = line.length - DEBUG_LIMITS.lineLength;
    const kept = copyOf(line.slice(0, DEBUG_LIMITS.lineLength));
    this.#lines.push(rest > 0 ? `${kept}… (${rest} more characters)` : kept);
  }

  toArray(): readonly string[] {
    return this.#cut === 0 ? this.#lines : [...this.#lines, `… (${this.#cut} more lines)`];
  }
}

/** V8 lets a part of a text keep the whole text alive; only new bytes make it a text of its own. */
function copyOf(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
