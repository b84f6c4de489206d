import type { AskModel } from '../../src/capabilities/ai.ts';
import { fail } from '../../src/capabilities/capability.ts';
import type { RandomSource } from '../../src/capabilities/random.ts';
import type { TaskCase } from './task.ts';

const U32 = 2 ** 32;

/** A model that knows the answers of a case, and fails for every other question. */
export function cannedModel(answers: TaskCase['ai']): AskModel {
  return async ({ prompt, input }) => {
    const asked = `${prompt}\n${input}`;
    const known = answers.find(({ when }) => when.every((words) => asked.includes(words)));
    if (known === undefined) return fail('EREMOTE', 'the model did not answer');
    return { ok: true, text: known.answer };
  };
}

/** The numbers of a script, each from 0 to 1, and after them a sequence that is always the same. */
export function scriptedRandom(script: readonly number[]): RandomSource {
  let drawn = 0;
  let state = 1;
  return {
    u32() {
      const next = script[drawn];
      drawn += 1;
      // The constants of a common linear congruential generator.
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return next === undefined ? state : Math.floor(next * U32);
    },
    uuid: () => '123e4567-e89b-42d3-a456-426614174000',
  };
}
