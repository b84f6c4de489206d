import type { Capability, GuestContext } from './capability.ts';
import { fail } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';

const pure = hostFunction<GuestContext>('pure');

/** Arguments and result of the run. Every program has it. */
export const core: Capability<GuestContext> = defineCapability({
  name: 'core',
  open: (context: GuestContext) => context,
  functions: {
    argc: pure({
      summary: 'How many arguments the program was given.',
      form: 'the parameters of the signature',
      params: {},
      result: 'i32',
      run: (_, { args }) => args.length,
    }),
    argv: pure({
      summary: 'The argument at index, from 0. EBOUND past the last.',
      form: '$name of a parameter, or (argv 0 $x)',
      fails: ['EBOUND'],
      params: { index: 'i32' },
      result: 'wire',
      run: ({ index }, { args }) =>
        args[index] ??
        fail('EBOUND', `there is no argument ${index}: the program was given ${args.length}, counted from 0`),
    }),
    resv: pure({
      summary: 'Sets the result of the program; the last call counts.',
      form: '(resv E)',
      params: { value: 'wire' },
      result: 'none',
      run: ({ value }, context) => {
        context.setResult(value);
        return undefined;
      },
    }),
  },
});
