import type { ProgramRun } from '../../src/catalog/port.ts';
import type { Diagnostic } from '../../src/wat/types.ts';

/** What an author got wrong: the form, the types, the meaning, what it may call, or how much it may use. */
export const FAILURE_CLASSES = ['syntax', 'type', 'semantics', 'capability', 'limits', 'no program'] as const;
export type FailureClass = (typeof FAILURE_CLASSES)[number];

const CAPABILITY = /unknown function|no capability|unknown capability|\bgrant/i;
const TYPE =
  /\btypes?\b|\bexpected \[|\bneeds \[|on the stack|\bgot (?:a )?(?:i32|i64|f32|f64|bool|text|value|bytes|list)\b|takes \(|\barguments?\b|\bneeds (?:an? )?(?:JSON|list|numbers?|condition|text)|missing result|without the i32|must leave|convert/i;
const LIMITS: readonly ProgramRun['outcome'][] = ['out-of-fuel', 'out-of-memory', 'deadline'];

/** By the first mistake, which the others often follow from. */
export function classOfDiagnostics(diagnostics: readonly Diagnostic[]): FailureClass {
  const [first] = diagnostics;
  const text = `${first?.message ?? ''} ${first?.hint ?? ''}`;
  if (CAPABILITY.test(text)) return 'capability';
  return TYPE.test(text) ? 'type' : 'syntax';
}

/** Of a run that did not do what it had to. */
export function classOfRun(run: ProgramRun): FailureClass {
  if (LIMITS.includes(run.outcome)) return 'limits';
  if (run.status === 'EACCESS') return 'capability';
  return /\blimit\b|more than .* calls/i.test(run.outcome === 'trap' ? (run.error ?? '') : '')
    ? 'limits'
    : 'semantics';
}
