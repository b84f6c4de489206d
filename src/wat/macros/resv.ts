import { form } from '../syntax.ts';
import { type Macro, operandOf } from './macro.ts';

/** `(resv $p)`: hands over the result and ends the program with the status of that. */
export const resv: Macro = {
  name: 'resv',
  usage: '(resv $p) or (resv EXPRESSION)',
  needs: ['$core.resv'],
  expand(call) {
    const [, operand, extra] = call.items;
    const pointer = operandOf(operand);
    if (pointer === null || extra !== undefined) return null;
    // The call leaves (0, status); return takes the status and, as any branch does, drops the rest.
    return [form(call.at, 'return', form(call.at, 'call', '$core.resv', pointer))];
  },
};
