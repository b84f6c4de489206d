import { checkedAnswer } from '../host-answer.ts';
import { sizeOf } from '../host-values.ts';
import type { CallAnswer } from '../messages.ts';
import type { HostAnswer, HostCall, HostValue, RunRequest } from '../port.ts';
import { RECORDING_BYTES, type RecordedCall } from './recording.ts';

export type RecordedCalls =
  | { readonly ok: true; readonly calls: readonly RecordedCall[] }
  | { readonly ok: false; readonly problem: string };

export interface HostCallRecorder {
  readonly onHostCall: RunRequest['onHostCall'];
  /** The calls up to now, or why they could not all be kept. */
  calls(): RecordedCalls;
}

/** Keeps what a host is asked and what it answers. Past `maxBytes` of values it goes on, but keeps nothing more. */
export function recordHostCalls(
  onHostCall: RunRequest['onHostCall'],
  maxBytes = RECORDING_BYTES,
): HostCallRecorder {
  const calls: RecordedCall[] = [];
  let bytes = 0;
  const take = (values: readonly (HostValue | null)[]): boolean => {
    bytes += values.reduce((sum: number, value) => sum + sizeOf(value), 0);
    return bytes <= maxBytes;
  };
  return {
    async onHostCall(call) {
      const index = calls.length;
      const entry = { call: `${call.capability}.${call.name}`, args: call.args.map(copyOf) };
      const keep = (answer: CallAnswer | null) => {
        calls[index] = { ...entry, answer };
      };
      if (take(entry.args)) keep(null);
      const answer = await answerOf(onHostCall, call, () => keep({ failed: true }));
      if (take(valuesOf(answer))) keep(copyOfAnswer(answer));
      return answer;
    },
    calls() {
      if (bytes <= maxBytes) return { ok: true, calls: [...calls] };
      return {
        ok: false,
        problem: `the host calls have more than the ${maxBytes} bytes that can be recorded`,
      };
    },
  };
}

/** Refuses here what could not be sent to the program either, so that the recording says what the program met. */
async function answerOf(
  onHostCall: RunRequest['onHostCall'],
  call: HostCall,
  onFailure: () => void,
): Promise<HostAnswer> {
  try {
    return checkedAnswer(await onHostCall(call));
  } catch (error) {
    onFailure();
    throw error;
  }
}

function valuesOf(answer: HostAnswer): readonly (HostValue | null)[] {
  return [answer.ok ? answer.value : answer.message];
}

function copyOfAnswer(answer: HostAnswer): HostAnswer {
  if (!answer.ok) return { ok: false, status: answer.status, message: answer.message };
  return { ok: true, value: answer.value === null ? null : copyOf(answer.value) };
}

/** Whoever owns the bytes may write on them. */
function copyOf(value: HostValue): HostValue {
  return value instanceof Uint8Array ? value.slice() : value;
}
