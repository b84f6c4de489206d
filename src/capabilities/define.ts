import type { HostAnswer, HostValue } from '../engine/port.ts';
import type { FailureName } from '../engine/status.ts';
import { WattleError } from '../errors.ts';
import type { Effect, HostImport, HostParam, HostType } from '../wat/types.ts';
import type { Capability, Failure, Implementation } from './capability.ts';

/** What a value of each host type is on this side of the border. */
interface Representation {
  readonly i32: number;
  readonly i64: bigint;
  readonly f64: number;
  readonly bool: boolean;
  readonly string: string;
  readonly bytes: Uint8Array;
  /** A handle. */
  readonly value: number;
  /** JSON text. */
  readonly json: string;
  readonly wire: Uint8Array;
}

/** A parameter that may be left out at the end of a call. */
interface OptionalParam {
  readonly type: HostType;
  readonly default: number | string | boolean;
}

/** Parameters by name, in the order in which the guest passes them. */
type Params = Readonly<Record<string, HostType | OptionalParam>>;
type Result = HostType | 'none';
type TypeOf<P extends HostType | OptionalParam> = P extends OptionalParam ? P['type'] : P & HostType;
type Arguments<P extends Params> = { readonly [Name in keyof P]: Representation[TypeOf<P[Name]>] };
type Value<R extends Result> = R extends HostType ? Representation[R] : undefined;

interface FunctionSpec<State, P extends Params, R extends Result> {
  /** One line for the prompt and the docs. */
  readonly summary: string;
  readonly params: P;
  readonly result: R;
  /** Set where the result is JSON and an object whenever the function succeeds. */
  readonly gives?: 'object';
  /** How the language itself says the same; the prompt then leaves the function out. */
  readonly form?: string;
  /** What it answers beside what every function may; for the docs. */
  readonly fails?: readonly FailureName[];
  /** Gives the plain value on success (undefined for `none`), or `fail(...)`. */
  run(args: Arguments<P>, state: State): Value<R> | Failure | Promise<Value<R> | Failure>;
}

/** A host function with its signature and its work, not yet tied to a capability's name. */
export interface HostFunction<State> extends Omit<HostImport, 'capability' | 'name'> {
  readonly fails: readonly FailureName[];
  invoke(values: readonly HostValue[], state: State): HostAnswer | Promise<HostAnswer>;
}

interface CapabilitySpec<Context, State> {
  readonly name: string;
  /** Leaves it out of the prompt and the docs. */
  readonly hidden?: true;
  /** Fresh state for one run. */
  open(context: Context): State;
  readonly functions: Readonly<Record<string, HostFunction<State>>>;
}

const EXPECTED: Readonly<Record<HostType, (value: HostValue) => boolean>> = {
  i32: (value) => typeof value === 'number',
  i64: (value) => typeof value === 'bigint',
  f64: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  bytes: (value) => value instanceof Uint8Array,
  value: (value) => typeof value === 'number',
  json: (value) => typeof value === 'string',
  wire: (value) => value instanceof Uint8Array,
};

/**
 * Gives the word that writes functions of one effect, for example
 * `const read = hostFunction<State>('read')`. The types that `run` sees follow from `params` and `result`.
 */
export function hostFunction<State>(effect: Effect) {
  return <const P extends Params, const R extends Result>(
    spec: FunctionSpec<State, P, R>,
  ): HostFunction<State> => {
    const params = Object.entries(spec.params).map(([name, param]) => paramOf(name, param));
    return {
      params,
      result: spec.result,
      effect,
      summary: spec.summary,
      ...(spec.gives !== undefined && { gives: spec.gives }),
      ...(spec.form !== undefined && { form: spec.form }),
      fails: spec.fails ?? [],
      invoke(values, state) {
        // The one cast: `namedArguments` has just checked every value against its declared type.
        const outcome = spec.run(namedArguments(params, values) as Arguments<P>, state);
        return outcome instanceof Promise ? outcome.then(toAnswer) : toAnswer(outcome);
      },
    };
  };
}

function paramOf(name: string, param: HostType | OptionalParam): HostParam {
  return typeof param === 'string' ? { name, type: param } : { name, ...param };
}

/** Makes a capability of a table in which each function's signature and work stand together. */
export function defineCapability<Context, State>(spec: CapabilitySpec<Context, State>): Capability<Context> {
  const functions = Object.entries(spec.functions);
  return {
    name: spec.name,
    imports: functions.map(([name, { params, result, gives, effect, summary, form }]) => ({
      capability: spec.name,
      name,
      params,
      result,
      effect,
      summary,
      ...(gives !== undefined && { gives }),
      ...(form !== undefined && { form }),
      ...(spec.hidden && { hidden: spec.hidden }),
    })),
    fails: Object.fromEntries(functions.map(([name, { fails }]) => [name, fails])),
    open(context) {
      const state = spec.open(context);
      const implementations = functions.map(([name, { invoke }]): [string, Implementation] => [
        name,
        (...values: HostValue[]) => invoke(values, state),
      ]);
      return Object.fromEntries(implementations);
    },
  };
}

function namedArguments(
  params: readonly HostParam[],
  values: readonly HostValue[],
): Record<string, HostValue> {
  if (values.length !== params.length) {
    throw new WattleError('INTERNAL', `expected ${params.length} arguments, got ${values.length}`);
  }
  const named: Record<string, HostValue> = {};
  for (const [index, { name, type }] of params.entries()) {
    const value = values[index];
    if (value === undefined || !EXPECTED[type](value)) {
      throw new WattleError('INTERNAL', `expected ${type} for ${name}, got ${typeof value}`);
    }
    named[name] = value;
  }
  return named;
}

function toAnswer(outcome: HostValue | undefined | Failure): HostAnswer {
  if (typeof outcome === 'object' && !(outcome instanceof Uint8Array)) return outcome;
  if (typeof outcome === 'string' && !outcome.isWellFormed()) {
    return {
      ok: false,
      status: 'ETRFM',
      message: 'the text holds half of a surrogate pair and is not Unicode',
    };
  }
  return { ok: true, value: outcome ?? null };
}
