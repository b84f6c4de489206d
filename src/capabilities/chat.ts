import { createHash } from 'node:crypto';
import type { Capability, HostContext, User } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';
import { characterOffset } from './text.ts';

/** Longer than the ids and names of any platform. */
const MAX_CHARACTERS = 100;
/** Would end a line, or turn round what stands after a name. */
const NOT_IN_A_LINE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu;

const read = hostFunction<User>('read');

/** Who asks, as the platform says it; the same for all runs of a turn. */
export const chat: Capability<HostContext> = defineCapability({
  name: 'chat',
  open: ({ user }: HostContext) => user,
  functions: {
    user: read({
      summary: '{id, name} of who asks; the id stays the same when the name changes.',
      params: {},
      result: 'json',
      gives: 'object',
      run: async (_, user) => {
        const id = plainId(user.id);
        return JSON.stringify({ id, name: inOneLine(await user.name) || id });
      },
    }),
  },
});

/** Ids that differ stay different, so one that is not plain is not cut but hashed. */
function plainId(id: string): string {
  return id !== '' && inOneLine(id) === id ? id : createHash('sha256').update(id).digest('hex');
}

function inOneLine(text: string): string {
  const line = text.toWellFormed().replace(NOT_IN_A_LINE, ' ').trim();
  return line.slice(0, characterOffset(line, MAX_CHARACTERS));
}
