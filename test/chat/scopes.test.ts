import { describe, expect, it } from 'vitest';
import { scopesOf, workspaceName } from '../../src/chat/scopes.ts';

const message = { platform: 'slack', workspace: 'T1', channel: 'C1', author: { id: 'U1', name: 'Ada' } };

describe('workspaceName', () => {
  it('is the name that messages of the workspace have', () => {
    const author = { id: 'U1', name: 'Ada' };
    const slack = scopesOf({ platform: 'slack', workspace: 'T0123', channel: 'C1', author });
    const direct = scopesOf({ platform: 'discord', workspace: 'dm', channel: '42', author });
    expect(workspaceName('slack:T0123')).toBe(slack.workspace);
    expect(workspaceName('discord:dm:42')).toBe(direct.workspace);
  });
});

describe('scopesOf', () => {
  it('names channel, user and workspace with platform and tenant', () => {
    expect(scopesOf(message)).toEqual({
      channel: 'channel:slack:T1:C1',
      user: 'user:slack:T1:U1',
      workspace: 'workspace:slack:T1',
    });
  });

  it('tells apart what differs in any part, whatever it is made of', () => {
    const others = [
      { ...message, platform: 'discord' },
      { ...message, workspace: 'T1:C1', channel: '' },
      { ...message, workspace: 'T1%3AC1' },
      { ...message, channel: 'C2' },
    ];
    const channels = [message, ...others].map((it) => scopesOf(it).channel);
    expect(new Set(channels).size).toBe(channels.length);
  });

  it('lets the direct messages of one person share nothing with those of another', () => {
    const direct = { ...message, platform: 'discord', workspace: 'dm' };
    expect(scopesOf({ ...direct, channel: '1' }).workspace).not.toBe(
      scopesOf({ ...direct, channel: '2' }).workspace,
    );
  });

  it('does not carry the name of a person, which changes', () => {
    expect(scopesOf({ ...message, author: { id: 'U1', name: 'Eve' } })).toEqual(scopesOf(message));
  });
});
