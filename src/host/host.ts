import type { Agent } from '../agent/port.ts';
import type { Budgets } from '../budget/budgets.ts';
import type { Action, Adapter } from '../chat/adapter.ts';
import type { Log } from '../chat/log.ts';
import { type Message, threadKey } from '../chat/message.ts';
import { type StartTimer, startSystemTimer } from '../chat/timer.ts';
import { type ErrorCode, WattleError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { HostEvent } from './host-event.ts';
import { DEFAULT_HOST_LIMITS, type HostLimits } from './limits.ts';
import { createOutbox } from './outbox.ts';
import type { Asker } from './program-context.ts';
import { createQueue, type Queue } from './queue.ts';
import {
  type LostThread,
  type ProcessIdentity,
  type RecoveryOptions,
  takeLost,
  tellOfLoss,
} from './recovery.ts';
import { type TurnOptions, type WorkedTurn, workTurn } from './turn.ts';
import { within } from './within.ts';

/** What came of a message. Only one that was claimed is ever worked. */
export type TurnReport = WorkedTurn | { readonly kind: 'duplicate' } | { readonly kind: 'stopping' };

export type AdapterStart =
  | { readonly name: string; readonly ok: true }
  | { readonly name: string; readonly ok: false; readonly code: ErrorCode; readonly reason: string };

export interface HostOptions {
  readonly agent: Agent;
  readonly store: Store;
  readonly adapters: readonly Adapter[];
  readonly limits?: Partial<HostLimits>;
  /** What turns may spend. Without it they are only counted. */
  readonly budgets?: Budgets;
  readonly now: () => number;
  readonly newId: () => string;
  readonly log: Log;
  /** Written down with each message, so that what a dead process left can be told from what one works on. */
  readonly process: ProcessIdentity;
  readonly startTimer?: StartTimer;
  /** Whether a person may save programs for the workspace, and forget them. Nobody where left out. */
  maySave?(asker: Asker): boolean;
  /** Told of every event of every turn, as it happens. */
  onEvent?(event: HostEvent): void;
}

/** Takes messages from the platforms, has each worked once and the answer posted. */
export interface Host {
  /**
   * Starts every adapter; one that fails is reported and does not keep the others from starting. Threads whose
   * messages a dead process left unfinished are told so. Called before any `submit`.
   */
  start(): Promise<readonly AdapterStart[]>;
  /** Works a message whose `platform` names an adapter. Rejects with STORE_FAILED when it cannot be claimed. */
  submit(message: Message, signal?: AbortSignal): Promise<TurnReport>;
  /**
   * Takes no new messages, gives the turns so many milliseconds to end, stops those that have not,
   * lets them say so, and stops the adapters last. Idempotent.
   */
  stop(graceMs: number): Promise<void>;
}

export function createHost(options: HostOptions): Host {
  return new MessageHost(options);
}

type Acceptance =
  | { readonly kind: 'accepted'; readonly report: Promise<WorkedTurn> }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'stopping' };

class MessageHost implements Host {
  readonly #adapters: ReadonlyMap<string, Adapter>;
  readonly #limits: HostLimits;
  readonly #startTimer: StartTimer;
  readonly #queue: Queue;
  readonly #log: Log;
  readonly #turn: TurnOptions;
  readonly #recovery: RecoveryOptions;
  readonly #abort = new AbortController();
  #started: Promise<readonly AdapterStart[]> | null = null;
  #stopped: Promise<void> | null = null;

  constructor(options: HostOptions) {
    const { agent, store, adapters, now, newId, log, onEvent, startTimer = startSystemTimer } = options;
    this.#adapters = byName(adapters);
    this.#limits = Object.freeze({ ...DEFAULT_HOST_LIMITS, ...options.limits });
    this.#startTimer = startTimer;
    this.#queue = createQueue({ maxRunning: this.#limits.runningTurns });
    this.#log = log;
    const { ledger } = store;
    const outbox = createOutbox({ ledger, newId, log, startTimer, limits: this.#limits.repeats });
    this.#recovery = { ledger, outbox, log, process: options.process };
    this.#turn = {
      agent,
      store,
      outbox,
      limits: this.#limits,
      now,
      startTimer,
      newId,
      log,
      budgets: options.budgets ?? null,
      maySave: (asker) => options.maySave?.(asker) ?? false,
      onEvent: (event) => onEvent?.(event),
    };
  }

  start(): Promise<readonly AdapterStart[]> {
    this.#started ??= this.#startAll();
    return this.#started;
  }

  async submit(message: Message, signal?: AbortSignal): Promise<TurnReport> {
    const acceptance = this.#accept(message, signal);
    return acceptance.kind === 'accepted' ? acceptance.report : acceptance;
  }

  stop(graceMs: number): Promise<void> {
    this.#stopped ??= this.#stopAll(graceMs);
    return this.#stopped;
  }

  async #startAll(): Promise<readonly AdapterStart[]> {
    return Promise.all([...this.#adapters.values()].map((adapter) => this.#startOne(adapter)));
  }

  async #startOne(adapter: Adapter): Promise<AdapterStart> {
    const { name, capabilities } = adapter;
    const lost = capabilities.outlivesProcess ? this.#takeLost(name) : [];
    try {
      await adapter.start({
        onMessage: (message) => this.#receive(message),
        onAction: (action) => this.#ignore(action),
      });
    } catch (error) {
      const code = error instanceof WattleError ? error.code : 'INTERNAL';
      const reason = error instanceof Error ? error.message : String(error);
      // A refusal explains itself; the stack of anything else is what an operator needs.
      const fields = error instanceof WattleError ? { code, reason } : { err: error };
      this.#log.error({ ...fields, adapter: name }, 'an adapter did not start');
      return { name, ok: false, code, reason };
    }
    const way = { adapter, signal: this.#abort.signal };
    for (const thread of lost)
      void this.#queue.run(thread.key, () => tellOfLoss(this.#recovery, thread, way));
    return { name, ok: true };
  }

  /** A ledger that cannot be read now keeps nobody from starting; the next start looks again. */
  #takeLost(platform: string): readonly LostThread[] {
    try {
      return takeLost(this.#recovery, platform);
    } catch (error) {
      this.#log.error({ err: error, adapter: platform }, 'unfinished messages could not be looked up');
      return [];
    }
  }

  /** Claims a message and puts it into the queue, both before it returns. Throws STORE_FAILED. */
  #accept(message: Message, signal?: AbortSignal): Acceptance {
    // Not even claimed, so that a redelivery finds the next process free to work it.
    if (this.#stopped !== null) return { kind: 'stopping' };
    const adapter = this.#adapters.get(message.platform);
    if (adapter === undefined) {
      throw new WattleError(
        'INTERNAL',
        `no adapter is named ${message.platform}; there are: ${this.#names()}`,
      );
    }
    const { ledger, process } = this.#recovery;
    if (!ledger.claim(message, process.pid)) return { kind: 'duplicate' };
    const signals = signal === undefined ? [this.#abort.signal] : [this.#abort.signal, signal];
    const input = { message, adapter, signal: AbortSignal.any(signals) };
    return {
      kind: 'accepted',
      report: this.#queue.run(threadKey(message), () => workTurn(this.#turn, input)),
    };
  }

  /** Takes a message over before it returns, or throws, so that the platform is not told that it was taken. */
  #receive(message: Message): void {
    const fields = { thread: threadKey(message), messageId: message.id };
    const acceptance = this.#tryAccept(message, fields);
    if (acceptance.kind === 'stopping') {
      this.#log.info(fields, 'a message came while stopping');
      throw new WattleError('STOPPED', 'expected a host that takes messages, but it is stopping');
    }
    if (acceptance.kind === 'duplicate') {
      this.#log.info(fields, 'a message came again');
      return;
    }
    acceptance.report.catch((error: unknown) => this.#log.error({ err: error, ...fields }, 'a turn threw'));
  }

  #tryAccept(message: Message, fields: object): Acceptance {
    try {
      return this.#accept(message);
    } catch (error) {
      this.#log.error({ err: error, ...fields }, 'a message could not be accepted');
      throw error;
    }
  }

  #ignore({ name, target }: Action): void {
    this.#log.info({ action: name, thread: threadKey(target) }, 'an action that nothing waits for');
  }

  async #stopAll(graceMs: number): Promise<void> {
    if (!(await within(this.#queue.idle(), graceMs, this.#startTimer))) {
      this.#abort.abort(new WattleError('STOPPED', 'the host is stopping'));
      const ended = await within(this.#queue.idle(), this.#limits.abortMs, this.#startTimer);
      if (!ended) this.#log.error({}, `turns did not end within ${this.#limits.abortMs} ms of being stopped`);
    }
    await Promise.all([...this.#adapters.values()].map((adapter) => this.#stopOne(adapter)));
  }

  async #stopOne(adapter: Adapter): Promise<void> {
    try {
      await adapter.stop();
    } catch (error) {
      this.#log.error({ err: error, adapter: adapter.name }, 'an adapter did not stop cleanly');
    }
  }

  #names(): string {
    return [...this.#adapters.keys()].join(', ') || 'none';
  }
}

function byName(adapters: readonly Adapter[]): ReadonlyMap<string, Adapter> {
  const map = new Map<string, Adapter>();
  for (const adapter of adapters) {
    if (map.has(adapter.name)) throw new WattleError('INTERNAL', `two adapters are named ${adapter.name}`);
    map.set(adapter.name, adapter);
  }
  return map;
}
