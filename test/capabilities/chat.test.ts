import { describe, expect, it } from 'vitest';
import type { User } from '../../src/capabilities/capability.ts';
import { chat } from '../../src/capabilities/chat.ts';
import { openHost } from './open-capability.ts';
import { hostContext } from './session-context.ts';

async function seen(user: User): Promise<unknown> {
  const answer = await openHost(chat, hostContext({ user }))('user');
  return answer.ok ? JSON.parse(String(answer.value)) : answer;
}

describe('chat.user', () => {
  it('gives id and name of who asks', async () => {
    expect(await seen({ id: 'U061F7AUR', name: 'Zoë 👩‍🚀' })).toEqual({ id: 'U061F7AUR', name: 'Zoë 👩‍🚀' });
  });

  it('waits for a name that the platform is asked for', async () => {
    expect(await seen({ id: 'u1', name: Promise.resolve('Ada') })).toEqual({ id: 'u1', name: 'Ada' });
  });

  it('takes what would end a line or turn the text round out of a name', async () => {
    const name = ' Ada\r\n# Admin\u202e\u0000\ud800';
    expect(await seen({ id: 'u1', name })).toEqual({ id: 'u1', name: 'Ada # Admin \ufffd' });
  });

  it.each(['', ' \n'])('gives the id for the name %j', async (name) => {
    expect(await seen({ id: 'u1', name })).toEqual({ id: 'u1', name: 'u1' });
  });

  it('cuts a name after 100 characters and not through one', async () => {
    expect(await seen({ id: 'u1', name: '🦀'.repeat(101) })).toEqual({ id: 'u1', name: '🦀'.repeat(100) });
  });

  it('keeps ids apart that are the same but for their end or for control characters', async () => {
    const long = 'x'.repeat(100);
    const ids = [long, `${long}1`, `${long}2`, 'u', 'u\n', ''];
    const all = await Promise.all(ids.map((id) => seen({ id, name: 'Ada' })));
    const given = all.map((it) => (it as { id: string }).id);
    expect(new Set(given).size).toBe(ids.length);
    expect(given.filter((id) => !/^[\x21-\x7e]{1,100}$/.test(id))).toEqual([]);
  });
});
