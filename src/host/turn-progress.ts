import type { TurnEvent } from '../agent/events.ts';
import type { Adapter } from '../chat/adapter.ts';
import type { Log } from '../chat/log.ts';
import type { Target } from '../chat/message.ts';
import { createPacer } from '../chat/pacer.ts';
import type { Plan } from '../chat/plan.ts';
import type { StartTimer } from '../chat/timer.ts';
import { emptyPlan, foldEvent } from './progress.ts';
import { within } from './within.ts';

export interface TurnProgressOptions {
  readonly turnId: string;
  readonly adapter: Adapter;
  readonly target: Target;
  readonly now: () => number;
  readonly startTimer: StartTimer;
  readonly log: Log;
}

/** Shows one turn's work in its thread. What goes wrong with that is logged and never stops the turn. */
export interface TurnProgress {
  /** Shows that work has begun, and goes on showing it until there are tasks to show or the turn ends. */
  begin(): void;
  see(event: TurnEvent): void;
  /** Waits until the last state is shown, so many milliseconds at most. */
  finish(maxWaitMs: number): Promise<void>;
}

/** Slack takes its sign of work away after two minutes. */
const SIGN_EVERY_MS = 60_000;

export function createTurnProgress(options: TurnProgressOptions): TurnProgress {
  return new ThreadProgress(options);
}

class ThreadProgress implements TurnProgress {
  readonly #options: TurnProgressOptions;
  readonly #pacer;
  #plan: Plan;
  #cancelSign: () => void = () => undefined;
  #sign: Promise<void> = Promise.resolve();

  constructor(options: TurnProgressOptions) {
    const { turnId, adapter, log, now, startTimer } = options;
    this.#options = options;
    this.#plan = emptyPlan(turnId);
    this.#pacer = createPacer({
      intervalMs: adapter.capabilities.editIntervalMs,
      now,
      startTimer,
      deliver: (plan: Plan) => this.#show(plan),
      onError: (error) => log.warn({ err: error, turnId }, 'the progress could not be shown'),
    });
  }

  /** Beside the pacer, so that the first task does not have to wait for its next turn. */
  begin(): void {
    this.#sign = this.#showSign();
    this.#cancelSign = this.#options.startTimer(SIGN_EVERY_MS, () => this.begin());
  }

  see(event: TurnEvent): void {
    const next = foldEvent(this.#plan, event);
    if (next === this.#plan) return;
    this.#plan = next;
    this.#cancelSign();
    // A turn that ran nothing has nothing to show at its end.
    if (next.tasks.length > 0) this.#pacer.push(next);
  }

  async finish(maxWaitMs: number): Promise<void> {
    this.#cancelSign();
    const signShown = within(this.#sign, maxWaitMs, this.#options.startTimer);
    await Promise.all([signShown, this.#pacer.flush(maxWaitMs)]);
  }

  /** A sign that comes late would stay behind, so what replaces it waits for it. */
  async #show(plan: Plan): Promise<void> {
    await this.#sign;
    return this.#options.adapter.progress(this.#options.target, plan);
  }

  async #showSign(): Promise<void> {
    const { adapter, target, log, turnId } = this.#options;
    try {
      await adapter.progress(target, this.#plan);
    } catch (error) {
      log.warn({ err: error, turnId }, 'the sign of work could not be shown');
    }
  }
}
