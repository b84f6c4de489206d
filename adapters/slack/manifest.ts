/** A permission that the bot token carries, and what for. */
export interface SlackScope {
  readonly name: string;
  readonly why: string;
  /** Without a required scope the bot cannot work at all, and does not start. */
  readonly required: boolean;
}

export interface SlackEvent {
  readonly name: string;
  readonly why: string;
}

export const BOT_SCOPES: readonly SlackScope[] = [
  { name: 'app_mentions:read', why: 'receive mentions of the bot', required: true },
  { name: 'chat:write', why: 'post answers and progress', required: true },
  { name: 'im:history', why: 'receive direct messages', required: true },
  {
    name: 'channels:history',
    why: 'look up a post whose outcome was lost, in a public channel',
    required: false,
  },
  {
    name: 'groups:history',
    why: 'look up a post whose outcome was lost, in a private channel',
    required: false,
  },
  { name: 'mpim:history', why: 'look up a post whose outcome was lost, in a group message', required: false },
  { name: 'users:read', why: 'call people by their names, as in polls', required: false },
  { name: 'assistant:write', why: 'show that it is at work before the first step', required: false },
];

/** The scope of the app-level token, which opens the socket. */
export const APP_SCOPES: readonly SlackScope[] = [
  { name: 'connections:write', why: 'open the Socket Mode connection', required: true },
];

export const BOT_EVENTS: readonly SlackEvent[] = [
  { name: 'app_mention', why: 'somebody mentions the bot in a channel' },
  { name: 'message.im', why: 'somebody writes the bot a direct message' },
];

/** The app manifest that Slack's "Create an app from a manifest" takes as JSON. */
export function manifest(): Readonly<Record<string, unknown>> {
  return {
    display_information: {
      name: 'Wattle',
      description: 'An agent whose every step is a small, metered and jailed WebAssembly program',
    },
    features: {
      agent_view: {
        agent_description:
          'Ask it in a channel or directly. It works your request out in small programs that run metered and jailed, and shows each step in the thread.',
      },
      app_home: { messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Wattle', always_online: true },
    },
    oauth_config: { scopes: { bot: BOT_SCOPES.map(({ name }) => name) } },
    settings: {
      event_subscriptions: { bot_events: BOT_EVENTS.map(({ name }) => name) },
      interactivity: { is_enabled: false },
      org_deploy_enabled: false,
      socket_mode_enabled: true,
      token_rotation_enabled: false,
    },
  };
}
