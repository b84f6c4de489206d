import type { Capability, GuestContext, HostContext } from '../../src/capabilities/capability.ts';
import { createCapabilityHost } from '../../src/capabilities/registry.ts';
import type { HostAnswer, HostValue } from '../../src/engine/port.ts';
import { SharedParts } from '../../src/engine/worker/shared-parts.ts';

/** A pure capability opened for one run, with what it did to the run. */
export interface GuestRun {
  readonly lines: readonly string[];
  result(): Uint8Array | null;
  call(name: string, ...values: HostValue[]): HostAnswer;
}

export function openGuest(capability: Capability<GuestContext>, args: readonly Uint8Array[] = []): GuestRun {
  const lines: string[] = [];
  const shared = new SharedParts();
  let result: Uint8Array | null = null;
  const functions = capability.open({
    args,
    setResult: (wire) => {
      result = wire;
    },
    log: (line) => {
      lines.push(line);
    },
    share: (make) => shared.get(make),
  });
  return {
    lines,
    result: () => result,
    call(name, ...values) {
      const implementation = functions[name] as ((...args: HostValue[]) => HostAnswer) | undefined;
      if (!implementation) throw new Error(`${capability.name} has no ${name}`);
      return implementation(...values);
    },
  };
}

/** The value of an answer that must be a success. */
export function success(answer: HostAnswer): HostValue | null {
  if (!answer.ok) throw new Error(`${answer.status}: ${answer.message}`);
  return answer.value;
}

/** Calls a capability of the main thread as the engine would, through the registry. */
export function openHost(capability: Capability<HostContext>, context: HostContext) {
  const answer = createCapabilityHost([capability]).open([capability.name], context, context.signal);
  return (name: string, ...args: HostValue[]) => answer({ capability: capability.name, name, args });
}
