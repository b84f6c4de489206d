import { isStatus } from '../wat/status.ts';
import { sendable } from './host-values.ts';
import type { HostAnswer } from './port.ts';
import type { FailureName } from './status.ts';

/**
 * An answer that can be sent to a worker, whatever a host function gave.
 *
 * @throws TypeError for what is no answer: a value that cannot be sent, an unknown status, a message that is no text.
 */
export function checkedAnswer(answer: unknown): HostAnswer {
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) {
    throw new TypeError(`it must give an answer, and gave ${answer === null ? 'null' : typeof answer}`);
  }
  if (answer.ok === true) return { ok: true, value: sendable('value' in answer ? answer.value : undefined) };
  const status = 'status' in answer ? answer.status : undefined;
  const message = 'message' in answer ? answer.message : undefined;
  if (answer.ok !== false || !isFailure(status)) {
    throw new TypeError(`it must give "ok" or the status of a failure, and gave ${shown(status)}`);
  }
  if (typeof message !== 'string') {
    throw new TypeError(`its message must be a text, and was ${typeof message}`);
  }
  return { ok: false, status, message };
}

function isFailure(status: unknown): status is FailureName {
  return typeof status === 'string' && isStatus(status) && status !== 'SUCCESS';
}

function shown(status: unknown): string {
  return typeof status === 'string' ? JSON.stringify(status) : typeof status;
}
