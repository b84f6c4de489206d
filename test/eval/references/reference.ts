import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { FailureName } from '../../../src/engine/status.ts';
import type { WireValue } from '../../../src/wat/types.ts';

/** What a task asks for, worked out a second time in another language than the programs'. */
export type Reference = (args: readonly WireValue[]) => Answer;
export type Answer = WireValue | Failing;

/** A program that must end with a status. */
export class Failing {
  readonly status: FailureName;

  constructor(status: FailureName) {
    this.status = status;
  }
}

export const text = z.string();
export const number = z.number();
export const texts = z.array(z.string());
export const numbers = z.array(z.number());

export function reference<const T extends readonly [z.ZodType, ...z.ZodType[]]>(
  types: T,
  answer: (...args: z.output<z.ZodTuple<T, null>>) => Answer,
): Reference {
  const tuple = z.tuple(types);
  return (args) => answer(...tuple.parse(args));
}

export function sameAnswer(one: Answer, other: Answer): boolean {
  return isDeepStrictEqual(one, other);
}
