import { form } from '../syntax.ts';
import { type Macro, operandOf, returnUnlessZero } from './macro.ts';

/** `(check $err)`: ends the program with the status in $err unless that is SUCCESS. */
export const check: Macro = {
  name: 'check',
  usage: '(check $err)',
  needs: [],
  expand(call, { locals }) {
    const [, operand, extra] = call.items;
    const status = operandOf(operand);
    if (status === null || extra !== undefined) return null;
    if (operand?.kind === 'atom') return [returnUnlessZero(call.at, operand)];
    // An expression is evaluated once, so its value needs a place.
    const local = locals.temporary('status');
    return [form(call.at, 'local.set', local, status), returnUnlessZero(call.at, local)];
  },
};
