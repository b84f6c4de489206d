import { form } from '../syntax.ts';
import { type Macro, returnUnlessZero } from './macro.ts';

/** `(argv N $x)`: declares $x, an i32, and points it at argument N; ends the program if there is none. */
export const argv: Macro = {
  name: 'argv',
  usage: '(argv 0 $x)',
  needs: ['$core.argv'],
  expand(call, { locals }) {
    const [, index, target, extra] = call.items;
    if (index?.kind !== 'atom' || !/^(0|[1-9]\d{0,8})$/.test(index.text)) return null;
    if (target?.kind !== 'atom' || !/^\$./.test(target.text) || extra !== undefined) return null;
    const { at } = call;
    locals.declare(target.text, 'i32', target.at);
    const status = locals.temporary('status');
    return [
      form(at, 'call', '$core.argv', form(index.at, 'i32.const', index)),
      form(at, 'local.set', status),
      form(target.at, 'local.set', target),
      returnUnlessZero(at, status),
    ];
  },
};
