import type { HostAnswer, HostCall, HostValue } from '../engine/port.ts';
import { WattleError } from '../errors.ts';
import type { HostImport } from '../wat/types.ts';
import type { Capability, HostContext, Implementation, SessionContext } from './capability.ts';
import { fail } from './capability.ts';
import { GrantedImports } from './granted-imports.ts';
import { pureCapabilities } from './pure.ts';

/**
 * The capabilities of this installation, as those see them who assemble and run programs. Every run has
 * the pure functions, which touch nothing outside it; grants are about the others.
 */
export interface CapabilityRegistry {
  readonly names: readonly string[];
  /** The pure functions and what the grants add to them, in the order of the registry; the same list for the same grants. */
  imports(grants: readonly string[]): readonly HostImport[];
  /** Fresh state for one run, until `signal` aborts; answers the calls of functions with effects. */
  open(
    grants: readonly string[],
    context: SessionContext,
    signal: AbortSignal,
  ): (call: HostCall) => Promise<HostAnswer>;
}

/**
 * The pure capabilities and those given, which run on the main thread. One name may stand for both: its
 * pure functions are then always there, and the rest is granted. A grant that names no capability is a
 * USAGE error.
 */
export function createCapabilityHost(effectful: readonly Capability<HostContext>[]): CapabilityRegistry {
  refuseTwice(
    'capability',
    effectful.map(({ name }) => name),
  );
  const pure = pureCapabilities.flatMap(({ imports }) => imports);
  const all = [...pure, ...effectful.flatMap(({ imports }) => imports)];
  refuseTwice(
    'function',
    all.map(({ capability, name }) => `${capability}.${name}`),
  );
  const names = [...new Set([...pureCapabilities, ...effectful].map(({ name }) => name))];
  const imports = new GrantedImports(all);
  return {
    names,
    imports: (grants) => imports.of(grantedNames(grants, names)),
    open(grants, context, signal) {
      const granted = grantedNames(grants, names);
      const opened = effectful
        .filter(({ name }) => granted.has(name))
        .map(
          (capability) =>
            [capability.name, new Map(Object.entries(capability.open({ ...context, signal })))] as const,
        );
      const functions = new Map(opened);
      return async (call) => {
        const capability = functions.get(call.capability);
        if (!capability) return fail('EACCESS', `${call.capability} is not granted to this run`);
        return apply(capability.get(call.name), call);
      };
    },
  };
}

function apply(implementation: Implementation | undefined, call: HostCall): HostAnswer | Promise<HostAnswer> {
  if (!implementation) throw new WattleError('INTERNAL', `${call.capability} has no function ${call.name}`);
  // Each implementation checks its arguments against its signature itself (define.ts).
  const checked = implementation as (...args: readonly HostValue[]) => ReturnType<Implementation>;
  return checked(...call.args);
}

function grantedNames(grants: readonly string[], names: readonly string[]): ReadonlySet<string> {
  const unknown = grants.filter((grant) => !names.includes(grant));
  if (unknown.length > 0) {
    throw new WattleError(
      'USAGE',
      `expected capabilities out of ${names.join(', ')}; got ${unknown.join(', ')}`,
    );
  }
  return new Set(grants);
}

function refuseTwice(kind: string, names: readonly string[]): void {
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0) {
    throw new WattleError('INTERNAL', `expected each ${kind} once; got twice: ${twice.join(', ')}`);
  }
}
