import { PermissionsBitField, type PermissionsString } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { abilitiesOf } from '../../../adapters/discord/discord-permissions.ts';

const ALL: readonly PermissionsString[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
];

function without(...names: PermissionsString[]): string {
  return PermissionsBitField.resolve(ALL.filter((name) => !names.includes(name))).toString();
}

describe('abilitiesOf', () => {
  it('opens a thread in a channel where the bot may', () => {
    expect(abilitiesOf(without(), false)).toEqual({ canOpenThread: true, missing: [] });
  });

  it('opens none inside a thread', () => {
    expect(abilitiesOf(without(), true)).toEqual({ canOpenThread: false, missing: [] });
  });

  it.each(['CreatePublicThreads', 'SendMessagesInThreads'] as const)(
    'answers in the channel without %s',
    (name) => {
      expect(abilitiesOf(without(name), false)).toEqual({ canOpenThread: false, missing: [] });
    },
  );

  it('needs not speak in a channel where it can open threads', () => {
    expect(abilitiesOf(without('SendMessages'), false)).toEqual({ canOpenThread: true, missing: [] });
  });

  it('names what is missing where it can do neither', () => {
    expect(abilitiesOf(without('SendMessages', 'CreatePublicThreads'), false).missing).toEqual([
      'Send Messages',
    ]);
    expect(abilitiesOf(without('ViewChannel'), false).missing).toEqual(['View Channel']);
    expect(abilitiesOf(without('SendMessagesInThreads'), true).missing).toEqual(['Send Messages in Threads']);
  });

  it('takes an administrator to be able to do all', () => {
    const administrator = PermissionsBitField.Flags.Administrator.toString();
    expect(abilitiesOf(administrator, false)).toEqual({ canOpenThread: true, missing: [] });
  });
});
