import type { HostAnswer, HostValue } from './port.ts';

/** What a capability in the worker can reach: the run's own arguments, result and debug output. */
export interface GuestContext {
  /** Each argument in the wire format. */
  readonly args: readonly Uint8Array[];
  setResult(wire: Uint8Array): void;
  log(line: string): void;
  /**
   * Takes so many bytes of what all runs may keep on the host's side, until the run ends. False, and none
   * taken, when they are used up: the call then has to answer ENOMEM.
   */
  hold(bytes: number): boolean;
  /** What `make` gives, made once for the run, whichever capability asks first. */
  share<T>(make: (context: GuestContext) => T): T;
}

/** One pure host function; it answers at once. */
export type GuestFunction = (...args: readonly HostValue[]) => HostAnswer;

/** The part that the engine needs of a capability whose functions run in the worker. */
export interface GuestCapability {
  readonly name: string;
  open(context: GuestContext): Readonly<Record<string, GuestFunction>>;
}

function isGuestCapability(value: unknown): value is GuestCapability {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'open' in value &&
    typeof value.open === 'function'
  );
}

/** Finds `pureCapabilities` in a loaded module. Throws a TypeError that says what is missing. */
export function guestCapabilitiesOf(module: unknown): ReadonlyMap<string, GuestCapability> {
  const listed =
    typeof module === 'object' && module !== null && 'pureCapabilities' in module
      ? module.pureCapabilities
      : undefined;
  if (!Array.isArray(listed) || !listed.every(isGuestCapability)) {
    throw new TypeError(
      'the module of pure capabilities must export `pureCapabilities`, a list of capabilities',
    );
  }
  return new Map(listed.map((capability) => [capability.name, capability]));
}
