import { z } from 'zod';
import { DEFAULT_LIMITS, LIMIT_NAMES, limitProblem } from '../limits.ts';
import type { HostCallRecord, Limits, Outcome } from '../port.ts';
import { STATUS, type StatusName } from '../status.ts';
import { expectedWords } from './expected-words.ts';
import { BYTES, HOST_VALUE } from './host-value-json.ts';
import type { RecordedCall } from './recording.ts';

/** Changes when an older reader would misread what is written. */
export const RECORDING_VERSION = 1;

const OUTCOMES = [
  'ok',
  'status',
  'trap',
  'out-of-fuel',
  'out-of-memory',
  'deadline',
  'cancelled',
  'invalid',
] as const satisfies readonly Outcome[];

// The keys of the table are what its type says and nothing else.
const STATUS_NAMES = Object.keys(STATUS) as StatusName[];
const FAILURE_NAMES = STATUS_NAMES.filter((name) => name !== 'SUCCESS');

/** Stops at the first item that does not fit: a file can hold millions, and each would be a mistake of its own. */
function list<Item extends z.ZodType>(item: Item) {
  return z
    .array(z.unknown())
    .readonly()
    .transform((values, context): readonly z.output<Item>[] => {
      const items: z.output<Item>[] = [];
      for (const [index, value] of values.entries()) {
        const checked = item.safeParse(value, { error: expectedWords });
        if (!checked.success) {
          for (const { message, path } of checked.error.issues) {
            context.addIssue({ code: 'custom', message, path: [index, ...path] });
          }
          return z.NEVER;
        }
        items.push(checked.data);
      }
      return items;
    });
}

const COUNT = z.int().nonnegative();
const CALL_NAME = z.string().regex(/^\w+\.\w+$/, 'expected capability.function');

/** A limit that an older recording does not know had its default. */
const LIMITS = z
  .partialRecord(z.enum(LIMIT_NAMES), z.int())
  .transform((limits): Limits => ({ ...DEFAULT_LIMITS, ...limits }))
  .superRefine((limits, context) => {
    const problem = limitProblem(limits);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });

/** One host call as it is written. */
export const CALL = z
  .strictObject({
    call: CALL_NAME,
    args: list(HOST_VALUE).optional(),
    value: HOST_VALUE.optional(),
    status: z.enum(FAILURE_NAMES).optional(),
    message: z.string().optional(),
    /** `threw`: the host function failed inside. `unanswered`: the run ended first. */
    ended: z.enum(['threw', 'unanswered']).optional(),
  })
  .refine(
    ({ value, status, ended }) => [value, status, ended].filter((part) => part !== undefined).length <= 1,
    'expected one of value, status and ended, got more',
  )
  .refine(
    ({ status, message }) => (status === undefined) === (message === undefined),
    'expected a status and a message together, got one of the two',
  )
  .transform(({ call, args, ...answer }): RecordedCall => {
    return { call, ...(args === undefined ? {} : { args }), answer: toAnswer(answer) };
  });

interface WrittenAnswer {
  readonly value?: z.output<typeof HOST_VALUE> | undefined;
  readonly status?: Exclude<StatusName, 'SUCCESS'> | undefined;
  readonly message?: string | undefined;
  readonly ended?: 'threw' | 'unanswered' | undefined;
}

function toAnswer({ value, status, message = '', ended }: WrittenAnswer): RecordedCall['answer'] {
  if (ended !== undefined) return ended === 'threw' ? { failed: true } : null;
  return status === undefined ? { ok: true, value: value ?? null } : { ok: false, status, message };
}

const CALL_RECORD = z.strictObject({
  name: CALL_NAME,
  status: z.enum(STATUS_NAMES),
  message: z.string().nullable(),
  bytesIn: COUNT,
  bytesOut: COUNT,
} satisfies Record<keyof Omit<HostCallRecord, 'durationMs'>, z.ZodType>);

const RESULT = z.strictObject({
  outcome: z.enum(OUTCOMES),
  status: z.enum(STATUS_NAMES).nullable(),
  result: BYTES.nullable(),
  fuel: COUNT,
  memoryBytes: COUNT,
  hostCalls: list(CALL_RECORD),
  debug: list(z.string()),
  error: z.string().nullable(),
});

const PROGRAM = z.strictObject({
  name: z.string(),
  signature: z.string(),
  grants: list(z.string()),
  body: z.string(),
  digest: z.string(),
});

export const RECORDING = z.strictObject({
  wattleRecording: z.literal(RECORDING_VERSION),
  program: PROGRAM,
  module: z.string(),
  args: list(BYTES),
  limits: LIMITS,
  hostCalls: list(CALL),
  result: RESULT,
});
