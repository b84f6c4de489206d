import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { hostFunction } from './define.ts';
import { toExactNumber } from './json-scalar.ts';
import type { Values } from './values.ts';

const pure = hostFunction<{ readonly values: Values }>('pure');

function exactI64(what: string, work: (a: bigint, b: bigint) => bigint) {
  return pure({
    summary: `The ${what}; fails where it is no i64.`,
    params: { a: 'i64', b: 'i64' },
    result: 'i64',
    run: ({ a, b }) => {
      const value = work(a, b);
      return BigInt.asIntN(64, value) === value ? value : misfit(value, 'i64');
    },
  });
}

/** What the dialect asks where a number may not fit its place. */
export const numberChecks = {
  to_f64: pure({
    summary: 'Fails unless an f64 can have that value.',
    params: { value: 'i64' },
    result: 'none',
    run: ({ value }) => (isExact(value) ? undefined : inexact(value)),
  }),
  read_f64: pure({
    summary: 'The number of a JSON value; fails where an f64 cannot have it.',
    params: { value: 'value' },
    result: 'f64',
    run: ({ value }, { values }) =>
      values.read(value, (json) => {
        const number = toExactNumber(json);
        if (typeof number !== 'bigint') return number;
        return isExact(number) ? Number(number) : inexact(number);
      }),
  }),
  i64_to_i32: pure({
    summary: 'Fails: an i64 that is no i32.',
    params: { value: 'i64' },
    result: 'none',
    run: ({ value }) => misfit(value, 'i32'),
  }),
  add_i64: exactI64('sum', (a, b) => a + b),
  sub_i64: exactI64('difference', (a, b) => a - b),
  mul_i64: exactI64('product', (a, b) => a * b),
  f64_to_i32: pure({
    summary: 'Fails: a number that is no i32.',
    params: { value: 'f64' },
    result: 'none',
    run: ({ value }) => misfit(value, 'i32'),
  }),
  f64_to_i64: pure({
    summary: 'Fails: a number that is no i64.',
    params: { value: 'f64' },
    result: 'none',
    run: ({ value }) => misfit(value, 'i64'),
  }),
};

function isExact(value: bigint): boolean {
  return BigInt(Number(value)) === value;
}

function inexact(value: bigint): Failure {
  return fail('EBOUND', `${value} would be ${BigInt(Number(value))} as an f64; (f64 ...) rounds it`);
}

function misfit(value: number | bigint, type: 'i32' | 'i64'): Failure {
  return fail('EBOUND', `${value} does not fit into ${type}`);
}
