/** Where a post goes: a conversation and, in it, a thread. */
export interface Target {
  readonly platform: string;
  /** Slack team, Discord guild, `dm`, or whatever separates one tenant from another. */
  readonly workspace: string;
  readonly channel: string;
  /** The platform's own id of the thread, or the channel again where there are none. */
  readonly thread: string;
}

/** What a person sent, normalised. */
export interface Message extends Target {
  /** The platform's own id, unique in its channel. */
  readonly id: string;
  readonly author: { readonly id: string; readonly name: string };
  /** Without the mention of the bot. */
  readonly text: string;
  /** Unix milliseconds. */
  readonly sentAt: number;
}

/** The key of the session that a message belongs to. */
export function threadKey(target: Target): string {
  return [target.platform, target.workspace, target.channel, target.thread].map(encodeURIComponent).join(':');
}
