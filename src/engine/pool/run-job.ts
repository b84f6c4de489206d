import { codePlaceOf } from '../code-place.ts';
import { checkedAnswer } from '../host-answer.ts';
import { oversize, ownBytes, sizeOf } from '../host-values.ts';
import type {
  CallAnswer,
  CallMessage,
  EndReason,
  FailedCall,
  HostError,
  RunReport,
  ToWorker,
} from '../messages.ts';
import type { CompiledProgram, HostAnswer, HostCallRecord, RunRequest, RunResult } from '../port.ts';
import type { Room } from './admission.ts';

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
  /** The share of all memory that the run claims to compute, and gives up while it waits. */
  readonly room: Room;
  /** Told what a host function threw. */
  readonly onHostError: (name: string, error: unknown) => void;
  /** How long a worker may take to end a run before it is given up, in milliseconds. */
  readonly graceMs: number;
}

/** A call that the main thread has not answered yet. */
type OpenCall = Pick<HostCallRecord, 'name' | 'bytesIn'> & { readonly startedAt: number };

/** All that a program and its reader learn of an error inside the host. */
const FAILED_INSIDE = 'it failed inside the host';

const NOTHING_RAN: Omit<RunReport, 'outcome' | 'error'> = {
  status: null,
  result: null,
  fuel: 0,
  memoryBytes: 0,
  debug: [],
  frames: [],
};

/** One run as the main thread sees it: its clock, its host calls, and the one end that it comes to. */
export class RunJob {
  readonly id: number;
  readonly #request: RunRequest;
  readonly #options: RunJobOptions;
  readonly #finished = Promise.withResolvers<RunResult>();
  /** Bytes of their own from the beginning: what cannot be sent is a mistake of the caller's alone. */
  readonly #args: readonly Uint8Array[];
  readonly #records: HostCallRecord[] = [];
  #startedAt: number;
  #deadline: NodeJS.Timeout;
  /** Since when its clock stands still. */
  #heldAt: number | null = null;
  readonly #onAbort = () => this.end('cancelled');
  #grace: NodeJS.Timeout | null = null;
  #thread: RunThread | null = null;
  #ending: EndReason | null = null;
  #openCall: OpenCall | null = null;
  /** Bytes that its calls have taken in and given back. */
  #traffic = 0;
  #over = false;

  constructor(options: RunJobOptions) {
    const { id, request, now } = options;
    this.id = id;
    this.#args = request.args.map(ownBytes);
    this.#request = request;
    this.#options = options;
    this.#startedAt = now();
    this.#deadline = this.#timer();
    request.signal.addEventListener('abort', this.#onAbort, { once: true });
    if (request.signal.aborted) this.end('cancelled');
  }

  get result(): Promise<RunResult> {
    return this.#finished.promise;
  }

  get over(): boolean {
    return this.#over;
  }

  /** Whether it was stopped, or is late. */
  get ending(): boolean {
    return this.#ending !== null;
  }

  get program(): CompiledProgram {
    return this.#request.program;
  }

  /** Stops its clock until it starts: how long a thread takes to come up is no doing of the run's. */
  holdClock(): void {
    clearTimeout(this.#deadline);
    this.#heldAt = this.#options.now();
  }

  startOn(thread: RunThread): void {
    this.#thread = thread;
    if (this.#heldAt !== null) this.#resumeClock(this.#heldAt);
    const { program, resultSize, limits } = this.#request;
    thread.post({
      type: 'start',
      run: this.id,
      hash: program.hash,
      args: this.#args,
      resultSize,
      limits,
      remainingMs: this.#remainingMs,
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
  async onCall({ request, bytesIn, memoryBytes }: CallMessage): Promise<void> {
    const { now, room } = this.#options;
    room.shrinkTo(memoryBytes);
    const name = `${request.capability}.${request.name}`;
    this.#openCall = { name, bytesIn, startedAt: now() };
    if (this.#ending !== null) return;
    const answer = this.#count('arguments', bytesIn) ?? (await this.#answer(request));
    if (this.#over) return;
    this.#recordCall(answerStatus(answer), answerMessage(answer), answerSize(answer));
    room.claim(() => this.#send(name, answer));
  }

  onFailedCall({ name, answered, status, message }: FailedCall): void {
    const before = answered ? this.#records.pop() : undefined;
    const { bytesIn, durationMs } = before ?? { bytesIn: 0, durationMs: 0 };
    this.#records.push({ name, status, message, bytesIn, bytesOut: 0, durationMs });
  }

  onHostError({ name, message, stack }: HostError): void {
    const error = new Error(message);
    if (stack !== null) error.stack = stack;
    this.#options.onHostError(name, error);
  }

  /** A program that returned after the run was ended had merely not heard of it yet. */
  onDone(report: RunReport): void {
    // ENOMEM as what it returned is `out-of-memory`, and has a status.
    const returned = report.outcome === 'status' || report.status !== null;
    if (this.#ending === null || !returned) this.#finish(report);
    else {
      const error = this.#endText(this.#ending);
      this.#finish({ ...report, outcome: this.#ending, status: null, error });
    }
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

  get #remainingMs(): number {
    const elapsed = this.#options.now() - this.#startedAt;
    return Math.max(0, this.#request.limits.deadlineMs - elapsed);
  }

  #timer(): NodeJS.Timeout {
    return setTimeout(() => this.end('deadline'), this.#remainingMs);
  }

  #resumeClock(heldAt: number): void {
    this.#startedAt += this.#options.now() - heldAt;
    this.#heldAt = null;
    this.#deadline = this.#timer();
  }

  async #answer(request: CallMessage['request']): Promise<CallAnswer> {
    try {
      const answer = checkedAnswer(await this.#request.onHostCall(request));
      if (!answer.ok) return answer;
      const { value } = answer;
      const refusal =
        oversize(value, this.#request.limits.hostCallBytes) ?? this.#count('a result', sizeOf(value));
      return refusal ?? answer;
    } catch (error) {
      this.#options.onHostError(`${request.capability}.${request.name}`, error);
      return { failed: true };
    }
  }

  #send(name: string, answer: CallAnswer): void {
    const send = (sent: CallAnswer) => this.#thread?.post({ type: 'answer', run: this.id, answer: sent });
    try {
      send(answer);
    } catch (error) {
      this.#options.onHostError(name, error);
      this.onFailedCall({ run: this.id, name, answered: true, status: 'EREMOTE', message: FAILED_INSIDE });
      send({ failed: true });
    }
  }

  /** Counts bytes of a call; the answer instead when they are more than the run may still move. */
  #count(what: string, bytes: number): HostAnswer | null {
    const most = this.#request.limits.hostTrafficBytes;
    if (bytes <= most - this.#traffic) {
      this.#traffic += bytes;
      return null;
    }
    const message = `${what} of ${bytes} bytes; of the ${most} that all calls of a run may move, ${most - this.#traffic} are left`;
    return { ok: false, status: 'EBOUND', message };
  }

  #recordCall(status: HostCallRecord['status'], message: string | null, bytesOut: number): void {
    if (this.#openCall === null) return;
    const { name, bytesIn, startedAt } = this.#openCall;
    this.#openCall = null;
    const durationMs = this.#options.now() - startedAt;
    this.#records.push({ name, status, message, bytesIn, bytesOut, durationMs });
  }

  #endText(reason: EndReason): string {
    const waited = this.#options.room.waits ? ', while it waited for memory' : '';
    const where = this.#thread === null ? ` before it began${waited}` : waited;
    return reason === 'deadline'
      ? `the deadline of ${this.#request.limits.deadlineMs} ms has passed${where}`
      : `the run was cancelled${where}`;
  }

  #finish({ frames, ...report }: RunReport): void {
    if (this.#over) return;
    this.#close();
    this.#recordCall('EREMOTE', 'the run ended before it was answered', 0);
    const durationMs = (this.#heldAt ?? this.#options.now()) - this.#startedAt;
    const place = codePlaceOf(this.program.code, frames);
    this.#finished.resolve({ ...report, durationMs, hostCalls: this.#records, place });
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
  if ('failed' in answer) return FAILED_INSIDE;
  return answer.ok ? null : answer.message;
}

function answerSize(answer: CallAnswer): number {
  return 'ok' in answer && answer.ok ? sizeOf(answer.value) : 0;
}
