import type { GuestCapability, GuestContext } from '../guest-capability.ts';
import { COUNTER_EXPORT, EXHAUSTED_FUNCTION, HOST_FUNCTION, HOST_MODULE } from '../host-module.ts';
import { sizeOf } from '../host-values.ts';
import type { CallAnswer, EndReason, FromWorker, HostError, RunReport, StartRun } from '../messages.ts';
import { LENT_MEMORY, LENT_MODULE, type MemoryShape } from '../metering/memory-import.ts';
import type { HostCall } from '../port.ts';
import { DebugLines } from './debug-lines.ts';
import { FuelAccount } from './fuel-account.ts';
import { GuestMemory } from './guest-memory.ts';
import type { GuestStack } from './guest-stack.ts';
import { CallFailed, createHostFunctions, type HostBorder, HostFailure } from './host-functions.ts';
import type { HeapShare, HostHeap } from './host-heap.ts';
import type { LoadedProgram } from './loaded-program.ts';
import type { Loan, MemoryPool } from './memory-pool.ts';
import { type Explanation, endOfError, endOfReturn, type RunEnd, RunEnded } from './run-end.ts';
import { SharedParts } from './shared-parts.ts';
import { STACK_EXHAUSTED } from './trap.ts';
import type { TurnQueue } from './turn-queue.ts';

/** What the runs of a worker share. */
export interface WorkerServices {
  readonly capabilities: ReadonlyMap<string, GuestCapability>;
  /** Milliseconds that only go forward. */
  readonly clock: () => number;
  readonly turns: TurnQueue;
  readonly memories: MemoryPool;
  readonly heap: HostHeap;
  post(message: FromWorker): void;
}

/** One run: a fresh instance with its memory, its fuel and its border to the host. */
export class GuestRun {
  readonly #start: StartRun;
  readonly #program: LoadedProgram;
  readonly #services: WorkerServices;
  readonly #fuel: FuelAccount;
  readonly #memory: GuestMemory;
  readonly #heap: HeapShare;
  readonly #debug: DebugLines;
  readonly #shared = new SharedParts();
  readonly #deadline: number;
  #result: Uint8Array | null = null;
  #hostCalls = 0;
  #ended: EndReason | null = null;
  /** The host call or the turn that the run waits for. */
  #call: (PromiseWithResolvers<CallAnswer> & { readonly name: string }) | null = null;
  #turn: PromiseWithResolvers<void> | null = null;
  #explanation: Explanation | null = null;
  /** Where the guest stood when it last waited or was failed. */
  #stack: GuestStack | null = null;
  #loan: Loan | null = null;

  constructor(start: StartRun, program: LoadedProgram, services: WorkerServices) {
    this.#start = start;
    this.#program = program;
    this.#services = services;
    this.#memory = new GuestMemory(program.heapBase);
    this.#heap = services.heap.share();
    this.#debug = new DebugLines((bytes) => this.#heap.hold(bytes));
    this.#deadline = services.clock() + start.remainingMs;
    const { fuel, slice } = start.limits;
    this.#fuel = new FuelAccount({ budget: fuel, slice, clock: services.clock });
  }

  /** Runs to the end, whatever it is. Never rejects. */
  async execute(): Promise<RunReport> {
    try {
      const turn = this.#enter();
      if (turn !== null) await turn;
      const code = await this.#runToEnd();
      // The last thing it did may have been a long call, behind which nobody has looked at the clock.
      this.#checkEnd();
      return this.#report(endOfReturn(code, this.#explanation));
    } catch (error) {
      return this.#report(endOfError(error, this.#waitsAt));
    } finally {
      // The guest's stack is gone by now, and with it everything that could still write.
      if (this.#loan !== null) this.#services.memories.giveBack(this.#loan);
      this.#heap.release();
    }
  }

  /** What the program returned, or the status of the call that ended it. */
  async #runToEnd(): Promise<unknown> {
    const run = this.#instantiate();
    try {
      return await run();
    } catch (error) {
      if (error instanceof CallFailed) return error.status;
      throw error;
    }
  }

  /** Ends the run where it waits, or at its next check or host call. */
  end(reason: EndReason): void {
    this.#ended = reason;
    this.#call?.reject(this.#endedError(reason));
    this.#turn?.reject(this.#endedError(reason));
  }

  /** Answers the host call that the run waits for. */
  answer(answer: CallAnswer): void {
    if (this.#call !== null) this.#call.resolve(this.#held(answer, this.#call.name));
  }

  #instantiate(): () => Promise<unknown> {
    const { wanted, module, heapBytes } = this.#program;
    if (!this.#heap.hold(heapBytes)) {
      throw new RunEnded('out-of-memory', `no memory left for ${heapBytes} bytes of tables and functions`);
    }
    const functions = createHostFunctions(wanted, this.#services.capabilities, this.#border());
    if (!functions.ok) throw new RunEnded('invalid', functions.error);
    const refuel = new WebAssembly.Suspending((left: bigint) => this.#refuel(left));
    const meter = { [HOST_FUNCTION]: refuel, [EXHAUSTED_FUNCTION]: endExhausted };
    const lent = this.#program.memory === null ? {} : this.#borrow(this.#program.memory);
    const imports = { ...functions.imports, [HOST_MODULE]: meter, ...lent };
    const { exports } = new WebAssembly.Instance(module, imports);
    const { run, memory, [COUNTER_EXPORT]: counter } = exports;
    if (typeof run !== 'function') throw new RunEnded('invalid', 'the program exports no function "run"');
    if (!(counter instanceof WebAssembly.Global)) throw new RunEnded('invalid', 'the program is not metered');
    if (memory instanceof WebAssembly.Memory) this.#memory.open(memory);
    this.#fuel.open(counter);
    return WebAssembly.promising(run);
  }

  #borrow(shape: MemoryShape): WebAssembly.ImportObject {
    this.#loan = this.#services.memories.lend(shape);
    return { [LENT_MODULE]: { [LENT_MEMORY]: this.#loan.memory } };
  }

  #border(): HostBorder {
    const { limits, resultSize, run } = this.#start;
    return {
      memory: this.#memory,
      bounds: { bytes: limits.hostCallBytes, resultSize },
      context: this.#context(),
      beforeCall: () => {
        if (!this.#fuel.sliceIsLong) return null;
        this.#checkEnd();
        return this.#takeTurn();
      },
      callHost: (request, bytesIn) => this.#callHost(request, bytesIn),
      callFailed: (name, { status, message }, answered) => {
        if (!answered) this.#countHostCall();
        this.#services.post({ type: 'failed', run, name, answered, status, message });
      },
      hostError: (name, error) => {
        this.#services.post({ type: 'host-error', run, error: inWords(name, error) });
      },
      standsAt: (stack) => {
        this.#stack = stack;
      },
      explain: (name, failure) => {
        this.#explanation = { name, failure, stack: this.#stack };
      },
    };
  }

  #context(): GuestContext {
    const context: GuestContext = {
      args: this.#start.args,
      setResult: (wire) => {
        this.#result = wire;
      },
      log: (line) => this.#debug.add(line),
      hold: (bytes) => this.#heap.hold(bytes),
      share: (make) => this.#shared.get(make, context),
    };
    return context;
  }

  /** A slice is used up: the one place where a computing run is stopped, paid or made to wait. */
  #refuel(left: bigint): bigint | Promise<bigint> {
    if (!this.#fuel.note(left)) {
      throw new RunEnded(
        'out-of-fuel',
        `the budget of ${this.#start.limits.fuel.toLocaleString('en-US')} fuel is used up`,
      );
    }
    this.#checkEnd();
    if (!this.#fuel.turnIsOver) return this.#fuel.give();
    return this.#takeTurn().then(() => this.#fuel.give());
  }

  /** Ends a run that is late or was ended while it computed. */
  #checkEnd(): void {
    if (this.#ended !== null) throw this.#endedError(this.#ended);
    if (this.#services.clock() >= this.#deadline) throw this.#endedError('deadline');
  }

  /** Lets the messages and the other runs of the thread in, and goes on with a fresh slice of time. */
  #takeTurn(): Promise<void> {
    return this.#await(this.#services.turns.wait());
  }

  /** What to wait for when many runs were set going before this one in the same round; null to go on at once. */
  #enter(): Promise<void> | null {
    const turn = this.#services.turns.enter();
    if (turn !== null) return this.#await(turn);
    this.#fuel.beginTurn();
    return null;
  }

  async #await(turn: PromiseWithResolvers<void>): Promise<void> {
    this.#turn = turn;
    await turn.promise;
    this.#turn = null;
    this.#checkEnd();
    this.#fuel.beginTurn();
  }

  async #callHost(request: HostCall, bytesIn: number): Promise<CallAnswer> {
    this.#countHostCall();
    this.#checkEnd();
    this.#call = { ...Promise.withResolvers<CallAnswer>(), name: `${request.capability}.${request.name}` };
    const memoryBytes = this.#memoryBytes;
    this.#services.post({ type: 'call', run: this.#start.run, request, bytesIn, memoryBytes });
    const answer = await this.#call.promise;
    this.#call = null;
    const turn = this.#enter();
    if (turn !== null) await turn;
    this.#heap.giveBack(answerSize(answer));
    return answer;
  }

  /** The answer that waits for its turn, or ENOMEM when too many answers wait beside it. */
  #held(answer: CallAnswer, name: string): CallAnswer {
    const bytes = answerSize(answer);
    if (this.#heap.hold(bytes)) return answer;
    const failure = {
      status: 'ENOMEM',
      message: `no memory left on the host's side for ${bytes} bytes`,
    } as const;
    this.#services.post({ type: 'failed', run: this.#start.run, name, answered: true, ...failure });
    return { ok: false, ...failure };
  }

  /** Null for a run that computes. */
  get #waitsAt(): GuestStack | null {
    return this.#call === null ? null : this.#stack;
  }

  /** Every memory of a program is lent, whether it shows it to the host or not; it never shrinks. */
  get #memoryBytes(): number {
    return this.#loan?.memory.buffer.byteLength ?? 0;
  }

  #countHostCall(): void {
    this.#hostCalls += 1;
    const { hostCalls } = this.#start.limits;
    if (this.#hostCalls > hostCalls) throw new HostFailure(`more than ${hostCalls} host calls`);
  }

  #endedError(reason: EndReason): RunEnded {
    const { deadlineMs } = this.#start.limits;
    const text =
      reason === 'deadline' ? `the deadline of ${deadlineMs} ms has passed` : 'the run was cancelled';
    return new RunEnded(reason, text);
  }

  #report(end: RunEnd): RunReport {
    return {
      ...end,
      result: this.#result,
      fuel: this.#fuel.used,
      memoryBytes: this.#memoryBytes,
      debug: this.#debug.toArray(),
    };
  }
}

function answerSize(answer: CallAnswer): number {
  return 'ok' in answer && answer.ok ? sizeOf(answer.value) : 0;
}

function endExhausted(): never {
  throw new RunEnded('trap', STACK_EXHAUSTED);
}

function inWords(name: string, error: unknown): HostError {
  if (!(error instanceof Error)) return { name, message: String(error), stack: null };
  return { name, message: error.message, stack: error.stack ?? null };
}
