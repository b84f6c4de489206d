import { DEBUG_LIMITS } from '../limits.ts';

const CHARACTER_BYTES = 2;

/** Keeps the debug output of a run within its bounds, and says what was cut. */
export class DebugLines {
  readonly #hold: (bytes: number) => boolean;
  readonly #lines: string[] = [];
  #cut = 0;

  /** `hold` takes bytes to keep lines in; what it refuses is cut. */
  constructor(hold: (bytes: number) => boolean) {
    this.#hold = hold;
  }

  add(line: string): void {
    const length = Math.min(line.length, DEBUG_LIMITS.lineLength);
    if (this.#lines.length >= DEBUG_LIMITS.lines || !this.#hold(length * CHARACTER_BYTES)) {
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
