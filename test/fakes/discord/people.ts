import type { APIUser } from 'discord.js';

export interface FakePerson {
  readonly id: string;
  /** What others see. */
  readonly name: string;
  readonly isBot: boolean;
}

export function toApiUser({ id, name, isBot }: FakePerson): APIUser {
  return {
    id,
    username: name.toLowerCase().replace(/[^a-z0-9_.]/g, '_'),
    discriminator: '0',
    global_name: name,
    avatar: null,
    ...(isBot ? { bot: true } : {}),
  };
}

/** A member of the guild without the user, as `MESSAGE_CREATE` carries it. */
export function toApiMember() {
  return {
    nick: null,
    roles: [],
    joined_at: '2026-01-01T00:00:00.000000+00:00',
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    avatar: null,
  };
}
