import type { Message } from './message.ts';

/** Names of what a message belongs to, wider than its thread, each unique among all platforms. */
export interface Scopes {
  readonly channel: string;
  readonly user: string;
  readonly workspace: string;
}

/** Not a workspace but the lack of one: its channels are conversations of people who share nothing. */
const DIRECT_MESSAGES = 'dm';

export function scopesOf(message: Pick<Message, 'platform' | 'workspace' | 'channel' | 'author'>): Scopes {
  const { platform, workspace, channel, author } = message;
  const place = workspace === DIRECT_MESSAGES ? [platform, workspace, channel] : [platform, workspace];
  return {
    channel: keyOf('channel', platform, workspace, channel),
    user: keyOf('user', platform, workspace, author.id),
    workspace: keyOf('workspace', ...place),
  };
}

/** The workspace of `slack:T0123`, or in direct messages on Discord of `discord:dm:CHANNEL`, as `scopesOf` names it. */
export function workspaceName(place: string): string {
  return keyOf('workspace', ...place.split(':'));
}

function keyOf(...parts: readonly string[]): string {
  return parts.map(encodeURIComponent).join(':');
}
