import type { TurnEvent } from '../agent/events.ts';
import type { Adapter } from '../chat/adapter.ts';
import type { Log } from '../chat/log.ts';
import type { Target } from '../chat/message.ts';
import { createPacer } from '../chat/pacer.ts';
import type { Plan } from '../chat/plan.ts';
import type { StartTimer } from '../chat/timer.ts';
import { emptyPlan, foldEvent } from './progress.ts';

export interface TurnProgressOptions {
  readonly turnId: string;
  readonly adapter: Adapter;
  readonly target: Target;
  readonly now: () => number;
  readonly startTimer: StartTimer;
  readonly log: Log;
}

/** Shows one turn's tasks in its thread. What goes wrong with that is logged and never stops the turn. */
export interface TurnProgress {
  see(event: TurnEvent): void;
  /** Waits until the last state is shown, so many milliseconds at most. */
  finish(maxWaitMs: number): Promise<void>;
}

export function createTurnProgress(options: TurnProgressOptions): TurnProgress {
  const { turnId, adapter, target, log } = options;
  const pacer = createPacer({
    intervalMs: adapter.capabilities.editIntervalMs,
    now: options.now,
    startTimer: options.startTimer,
    deliver: (state: Plan) => adapter.progress(target, state),
    onError: (error) => log.warn({ err: error, turnId }, 'the progress could not be shown'),
  });
  let plan = emptyPlan(turnId);
  return {
    see(event) {
      const next = foldEvent(plan, event);
      if (next === plan) return;
      plan = next;
      // A turn that ran nothing has nothing to show.
      if (plan.tasks.length > 0) pacer.push(plan);
    },
    finish: (maxWaitMs) => pacer.flush(maxWaitMs),
  };
}
