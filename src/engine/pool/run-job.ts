import { oversize, ownBytes, sendable, sizeOf } from '../host-values.ts';
import type { CallAnswer, CallMessage, EndReason, FailedCall, RunReport, ToWorker } from '../messages.ts';
import type { CompiledProgram, HostCallRecord, RunRequest, RunResult } from '../port.ts';

/** The worker thread that a run is on, as the run sees it. */
export interface RunThread {
  post(message: ToWorker): void;
  /** The thread did not end a run in time: it is given up. */
  giveUp(): void;
}

export interface RunJobOptions {
  readonly id: number;
  readonly request: RunRequest;
  readonly now: () => number;
  /** How long a worker may take to end a run before it is given up, in milliseconds. */
  readonly graceMs: number;
}

const NOTHING_RAN: Omit<RunReport, 'outcome' | 'error'> = {
  status: null,
  result: null,
  fuel: 0,
  memoryBytes: 0,
  debug: [],
};

/** One run as the main thread sees it: its clock, its host calls, and the one end that it comes to. */
export class RunJob {
  readonly id: number;
  readonly #request: RunRequest;
  readonly #options: RunJobOptions;
  readonly #finished = Promise.withResolvers<RunResult>();
  readonly #records: HostCallRecord[] = [];
  readonly #startedAt: number;
  readonly #deadline: NodeJS.Timeout;
  readonly #onAbort = () => this.end('cancelled');
  #grace: NodeJS.Timeout | null = null;
  #thread: RunThread | null = null;
  #ending: EndReason | null = null;
  #over = false;

  constructor(options: RunJobOptions) {
    const { id, request, now } = options;
    this.id = id;
    this.#request = request;
    this.#options = options;
    this.#startedAt = now();
    this.#deadline = setTimeout(() => this.end('deadline'), request.limits.deadlineMs);
    request.signal.addEventListener('abort', this.#onAbort, { once: true });
    if (request.signal.aborted) this.end('cancelled');
  }

  get result(): Promise<RunResult> {
    return this.#finished.promise;
  }

  get over(): boolean {
    return this.#over;
  }

  get program(): CompiledProgram {
    return this.#request.program;
  }

  startOn(thread: RunThread): void {
    this.#thread = thread;
    const { program, args, resultSize, limits } = this.#request;
    thread.post({
      type: 'start',
      run: this.id,
      hash: program.hash,
      args: args.map(ownBytes),
      resultSize,
      limits,
    });
  }

  /** Ends the run wherever it is; the worker that it is on has a while to do so. */
  end(reason: EndReason): void {
    if (this.#over || this.#ending !== null) return;
    this.#ending = reason;
    const thread = this.#thread;
    if (thread === null) {
      this.#finish({ ...NOTHING_RAN, outcome: reason, error: this.#endText(reason) });
      return;
    }
    thread.post({ type: 'end', run: this.id, reason });
    this.#grace = setTimeout(() => thread.giveUp(), this.#options.graceMs);
  }

  /** Answers a call with effects, and keeps a record of it. */
  async onCall({ request, bytesIn }: CallMessage): Promise<void> {
    const startedAt = this.#options.now();
    const answer = await this.#answer(request);
    if (this.#over) return;
    this.#records.push({
      name: `${request.capability}.${request.name}`,
      status: answerStatus(answer),
      message: answerMessage(answer),
      bytesIn,
      bytesOut: 'ok' in answer && answer.ok ? sizeOf(answer.value) : 0,
      durationMs: this.#options.now() - startedAt,
    });
    this.#thread?.post({ type: 'answer', run: this.id, answer });
  }

  onFailedCall({ name, answered, status, message }: FailedCall): void {
    const before = answered ? this.#records.pop() : undefined;
    const { bytesIn, durationMs } = before ?? { bytesIn: 0, durationMs: 0 };
    this.#records.push({ name, status, message, bytesIn, bytesOut: 0, durationMs });
  }

  onDone(report: RunReport): void {
    this.#finish(report);
  }

  /** The worker is gone. What the run used cannot be known any more, so its whole budget is charged. */
  onLost(why: string): void {
    const outcome = this.#ending ?? 'deadline';
    const error = this.#ending === null ? why : `${this.#endText(this.#ending)}; ${why}`;
    this.#finish({ ...NOTHING_RAN, outcome, error, fuel: this.#request.limits.fuel });
  }

  /** The worker broke down by itself. */
  onCrash(why: string): void {
    if (this.#ending !== null) this.onLost(why);
    else this.#finish({ ...NOTHING_RAN, outcome: 'trap', error: why, fuel: this.#request.limits.fuel });
  }

  /** No worker could be started: no run is to blame. */
  fail(error: Error): void {
    this.#close();
    this.#finished.reject(error);
  }

  async #answer(request: CallMessage['request']): Promise<CallAnswer> {
    try {
      const answer = await this.#request.onHostCall(request);
      if (!answer.ok) return { ok: false, status: answer.status, message: answer.message };
      const value = sendable(answer.value);
      return oversize(value, this.#request.limits.hostCallBytes) ?? { ok: true, value };
    } catch (error) {
      return { failed: error instanceof Error ? error.message : String(error) };
    }
  }

  #endText(reason: EndReason): string {
    const where = this.#thread === null ? ' before it began' : '';
    return reason === 'deadline'
      ? `the deadline of ${this.#request.limits.deadlineMs} ms has passed${where}`
      : `the run was cancelled${where}`;
  }

  #finish(report: RunReport): void {
    if (this.#over) return;
    this.#close();
    const durationMs = this.#options.now() - this.#startedAt;
    this.#finished.resolve({ ...report, durationMs, hostCalls: this.#records });
  }

  #close(): void {
    this.#over = true;
    clearTimeout(this.#deadline);
    if (this.#grace !== null) clearTimeout(this.#grace);
    this.#request.signal.removeEventListener('abort', this.#onAbort);
  }
}

function answerStatus(answer: CallAnswer): HostCallRecord['status'] {
  if ('failed' in answer) return 'EREMOTE';
  return answer.ok ? 'SUCCESS' : answer.status;
}

function answerMessage(answer: CallAnswer): string | null {
  if ('failed' in answer) return answer.failed;
  return answer.ok ? null : answer.message;
}
