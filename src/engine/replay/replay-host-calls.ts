import type { HostAnswer, HostCall, RunRequest } from '../port.ts';
import { type Difference, differenceOf, formatCall } from './difference.ts';
import { isAsRecorded, type RecordedCall } from './recording.ts';

/** What a replay reports where one side has a call and the other has none. */
const NOTHING = 'no call';

export interface HostCallReplay {
  readonly onHostCall: RunRequest['onHostCall'];
  /** Aborts when the run calls what was not recorded or what was never answered: it has to end there. */
  readonly over: AbortSignal;
  /** The first call that was not as recorded. */
  divergence(): Difference | null;
  /** Recorded calls that the run has not made. */
  leftOver(): readonly Difference[];
}

/** Gives the recorded answers in turn, as long as the same things are asked. */
export function replayHostCalls(recorded: readonly RecordedCall[]): HostCallReplay {
  const over = new AbortController();
  let made = 0;
  let divergence: Difference | null = null;
  const end = (message: string): HostAnswer => {
    over.abort();
    return { ok: false, status: 'EREMOTE', message };
  };
  return {
    async onHostCall(call) {
      const next = recorded[made];
      divergence ??= compareCall(call, next, made);
      if (next === undefined || divergence !== null) return end('this call was not recorded');
      made += 1;
      if (next.answer === null) return end('the recorded run ended before this call was answered');
      if ('failed' in next.answer) throw new Error(`${next.call} failed when it was recorded`);
      return next.answer;
    },
    over: over.signal,
    divergence: () => divergence,
    leftOver: () =>
      recorded
        .slice(made)
        .map((call, index) => differenceOf(fieldOf(made + index), formatRecorded(call), NOTHING)),
  };
}

function compareCall(call: HostCall, next: RecordedCall | undefined, index: number): Difference | null {
  const name = `${call.capability}.${call.name}`;
  const field = fieldOf(index);
  if (next === undefined) return differenceOf(field, NOTHING, formatCall(name, call.args));
  if (isAsRecorded(call, next)) return null;
  return differenceOf(field, formatRecorded(next), formatCall(name, call.args));
}

function fieldOf(index: number): string {
  return `host call ${index + 1}`;
}

function formatRecorded({ call, args }: RecordedCall): string {
  return args === undefined ? `${call}(...)` : formatCall(call, args);
}
