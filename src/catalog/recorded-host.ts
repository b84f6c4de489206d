import type { HostAnswer, HostCall } from '../engine/port.ts';
import { isAsRecorded } from '../engine/replay/recording.ts';
import { formatValue } from './format-value.ts';
import type { CapabilityHost, RecordedCall } from './port.ts';

/** Stands in for the effects of capabilities during one run of an example. */
export interface RecordedHost {
  readonly capabilities: CapabilityHost<null>;
  /** What did not go as recorded: calls that differ or were not recorded, then the answers left over. */
  complaints(): readonly string[];
}

/** Offers what `real` offers to assemble against, and gives the recorded answers in turn. */
export function createRecordedHost(
  real: Pick<CapabilityHost<never>, 'names' | 'imports'>,
  recorded: readonly RecordedCall[],
): RecordedHost {
  const differences: string[] = [];
  let calls = 0;
  const answer = (call: HostCall): HostAnswer => {
    const next = recorded[calls];
    calls += 1;
    const difference = findDifference(call, next);
    if (next !== undefined && difference === null) return next.answer;
    const message = `call ${calls}: ${difference}`;
    differences.push(message);
    return { ok: false, status: 'EREMOTE', message };
  };
  return {
    capabilities: {
      names: real.names,
      imports: (grants) => real.imports(grants),
      open: () => async (call) => answer(call),
    },
    complaints: () => [...differences, ...recorded.slice(calls).map(describeLeftOver)],
  };
}

function findDifference(call: HostCall, next: RecordedCall | undefined): string | null {
  const name = `${call.capability}.${call.name}`;
  if (next === undefined) return `${name}(${formatArgs(call.args)}) was not recorded`;
  if (isAsRecorded(call, next)) return null;
  const recorded = next.args === undefined ? next.call : `${next.call}(${formatArgs(next.args)})`;
  return `expected ${recorded} as recorded, got ${name}(${formatArgs(call.args)})`;
}

function describeLeftOver(recorded: RecordedCall): string {
  return `the recorded answer of ${recorded.call} was not asked for`;
}

function formatArgs(args: HostCall['args']): string {
  return args.map(formatValue).join(', ');
}
