import { STATUS, type StatusName } from '../status.ts';
import { form, type Node } from '../syntax.ts';
import { constant, get, set } from './build.ts';
import type { Scope } from './scope.ts';

/** A call of a host function with a result, which it leaves; a failure goes to the catch around or ends the program. */
export function callHost(
  scope: Scope,
  at: number,
  name: string,
  ...args: readonly (readonly Node[])[]
): readonly Node[] {
  const target = scope.flow.catches.at(-1);
  if (target === undefined) return [rawCall(scope, at, `${name}!`, ...args)];
  const status = form(at, 'local.tee', scope.temporaries.status);
  return [rawCall(scope, at, name, ...args), form(at, 'br_if', target, status)];
}

/** The same for a function without a result. */
export function tellHost(
  scope: Scope,
  at: number,
  name: string,
  ...args: readonly (readonly Node[])[]
): readonly Node[] {
  const called = callHost(scope, at, name, ...args);
  return scope.flow.catches.length === 0 ? called : [...called, form(at, 'drop')];
}

/** The call alone, with what the function of that name leaves. */
export function rawCall(scope: Scope, at: number, name: string, ...args: readonly (readonly Node[])[]): Node {
  if (!scope.functions.has(name)) {
    scope.problems.report(at, `this form needs ${name.replace(/!$/, '')}, which is not granted`, 'grant it');
    return form(at, 'unreachable');
  }
  return form(at, 'call', name, ...args);
}

/** Behind a failed call: goes on for one status only; any other fails as it would have without a form around. */
export function passOnUnless(scope: Scope, at: number, status: StatusName): Node {
  const failed = scope.temporaries.status;
  const other = form(at, 'i32.ne', get(at, failed), constant(at, 'i32', STATUS[status]));
  const target = scope.flow.catches.at(-1);
  if (target !== undefined) return form(at, 'br_if', target, other);
  return form(at, 'if', other, form(at, 'then', form(at, 'return', get(at, failed))));
}

/** Fails with a status as a call would, when the condition holds. */
export function failIf(scope: Scope, at: number, condition: Node, status: StatusName): Node {
  const code = constant(at, 'i32', STATUS[status]);
  const target = scope.flow.catches.at(-1);
  const end =
    target === undefined
      ? [form(at, 'return', code)]
      : [set(at, scope.temporaries.status, [code]), form(at, 'br', target)];
  return form(at, 'if', condition, form(at, 'then', end));
}
