import type { Agent } from '../agent/port.ts';
import type { Action, Adapter } from '../chat/adapter.ts';
import type { Log } from '../chat/log.ts';
import { type Message, threadKey } from '../chat/message.ts';
import { type StartTimer, startSystemTimer } from '../chat/timer.ts';
import { type ErrorCode, WattleError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { HostEvent } from './host-event.ts';
import { DEFAULT_HOST_LIMITS, type HostLimits } from './limits.ts';
import { createOutbox } from './outbox.ts';
import { createQueue, type Queue } from './queue.ts';
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
  readonly now: () => number;
  readonly newId: () => string;
  readonly log: Log;
  readonly startTimer?: StartTimer;
  /** Told of every event of every turn, as it happens. */
  onEvent?(event: HostEvent): void;
}

/** Takes messages from the platforms, has each worked once and the answer posted. */
export interface Host {
  /** Starts every adapter; one that fails is reported and does not keep the others from starting. */
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

class MessageHost implements Host {
  readonly #adapters: ReadonlyMap<string, Adapter>;
  readonly #limits: HostLimits;
  readonly #startTimer: StartTimer;
  readonly #queue: Queue;
  readonly #log: Log;
  readonly #turn: TurnOptions;
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
    this.#turn = {
      agent,
      store,
      outbox: createOutbox({ ledger: store.ledger, newId, log }),
      limits: this.#limits,
      now,
      startTimer,
      newId,
      log,
      onEvent: (event) => onEvent?.(event),
    };
  }

  start(): Promise<readonly AdapterStart[]> {
    this.#started ??= this.#startAll();
    return this.#started;
  }

  async submit(message: Message, signal?: AbortSignal): Promise<TurnReport> {
    // Not even claimed, so that a redelivery finds the next process free to work it.
    if (this.#stopped !== null) return { kind: 'stopping' };
    const adapter = this.#adapters.get(message.platform);
    if (adapter === undefined) {
      throw new WattleError(
        'INTERNAL',
        `no adapter is named ${message.platform}; there are: ${this.#names()}`,
      );
    }
    if (!this.#turn.store.ledger.claim(message)) return { kind: 'duplicate' };
    const signals = signal === undefined ? [this.#abort.signal] : [this.#abort.signal, signal];
    const input = { message, adapter, signal: AbortSignal.any(signals) };
    return this.#queue.run(threadKey(message), () => workTurn(this.#turn, input));
  }

  stop(graceMs: number): Promise<void> {
    this.#stopped ??= this.#stopAll(graceMs);
    return this.#stopped;
  }

  async #startAll(): Promise<readonly AdapterStart[]> {
    const outcomes = await Promise.all(
      [...this.#adapters.values()].map((adapter) => this.#startOne(adapter)),
    );
    for (const { name } of outcomes) this.#reportUnfinished(name);
    return outcomes;
  }

  async #startOne(adapter: Adapter): Promise<AdapterStart> {
    const { name } = adapter;
    try {
      await adapter.start({
        onMessage: (message) => void this.#receive(message),
        onAction: (action) => this.#ignore(action),
      });
      return { name, ok: true };
    } catch (error) {
      this.#log.error({ err: error, adapter: name }, 'an adapter did not start');
      const code = error instanceof WattleError ? error.code : 'INTERNAL';
      return { name, ok: false, code, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  async #receive(message: Message): Promise<void> {
    const fields = { thread: threadKey(message), messageId: message.id };
    try {
      const report = await this.submit(message);
      if (report.kind === 'worked') return;
      this.#log.info(
        fields,
        report.kind === 'duplicate' ? 'a message came again' : 'a message came while stopping',
      );
    } catch (error) {
      this.#log.error({ err: error, ...fields }, 'a message could not be accepted');
    }
  }

  #ignore({ name, target }: Action): void {
    this.#log.info({ action: name, thread: threadKey(target) }, 'an action that nothing waits for');
  }

  /** What an earlier process accepted and did not finish is at least not forgotten in silence. */
  #reportUnfinished(platform: string): void {
    const count = this.#turn.store.ledger.unfinished(platform).length;
    if (count > 0)
      this.#log.warn({ adapter: platform, count }, 'messages were accepted earlier and not finished');
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
