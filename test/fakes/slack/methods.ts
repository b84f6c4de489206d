import type { Metadata, Names, StoredMessage, Workspace } from './workspace.ts';

export type Args = Readonly<Record<string, unknown>>;
export type Answer = { readonly ok: boolean; readonly error?: string } & Args;

export interface MethodContext {
  readonly names: Names;
  readonly workspace: Workspace;
  readonly scopes: readonly string[];
  /** A fresh address for one socket. */
  openSocket(): string;
  posted(message: StoredMessage): void;
  edited(message: StoredMessage): void;
}

interface Method {
  readonly token: 'bot' | 'app';
  /** Null where Slack asks for none. */
  readonly scope: string | null;
  run(args: Args, context: MethodContext): Answer;
}

const MAX_MARKDOWN = 12_000;
const MAX_TEXT = 40_000;
/** `chat.update` counts bytes. */
const MAX_UPDATED_TEXT = 4_000;

export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': { token: 'bot', scope: null, run: authTest },
  'apps.connections.open': {
    token: 'app',
    scope: null,
    run: (_args, context) => ({ ok: true, url: context.openSocket() }),
  },
  'chat.postMessage': { token: 'bot', scope: 'chat:write', run: postMessage },
  'chat.update': { token: 'bot', scope: 'chat:write', run: update },
  'conversations.replies': { token: 'bot', scope: null, run: replies },
  'users.info': { token: 'bot', scope: 'users:read', run: userInfo },
  'reactions.add': { token: 'bot', scope: 'reactions:write', run: addReaction },
  'assistant.threads.setStatus': { token: 'bot', scope: 'assistant:write', run: setStatus },
};

export function refuse(error: string, fields: Args = {}): Answer {
  return { ok: false, error, ...fields };
}

function authTest(_args: Args, { names }: MethodContext): Answer {
  return {
    ok: true,
    url: 'https://fake.slack.test/',
    team: 'Fake',
    team_id: names.teamId,
    user: 'wattle',
    user_id: names.botUserId,
    bot_id: names.botId,
    is_enterprise_install: false,
  };
}

function postMessage(args: Args, { names, workspace, posted }: MethodContext): Answer {
  const channel = text(args.channel);
  if (!workspace.has(channel)) return refuse('channel_not_found');
  const problem = problemOfContent(args, MAX_TEXT, (value) => value.length);
  if (problem !== null) return refuse(problem);
  const threadTs = text(args.thread_ts) || null;
  if (threadTs !== null && workspace.find(channel, threadTs) === undefined) return refuse('thread_not_found');
  const metadata = readMetadata(args.metadata);
  if (metadata === undefined) return refuse('invalid_metadata_format');
  const message = workspace.add({
    channel,
    threadTs,
    user: names.botUserId,
    text: text(args.markdown_text) || text(args.text),
    isMarkdown: args.markdown_text !== undefined,
    metadata,
    unfurls: !(args.unfurl_links === false && args.unfurl_media === false),
  });
  if (threadTs !== null) workspace.setStatus(channel, threadTs, '');
  posted(message);
  return { ok: true, channel, ts: message.ts, message: wireMessage(message, false) };
}

/** Undefined for what is none. */
function readMetadata(value: unknown): Metadata | null | undefined {
  if (value === undefined) return null;
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('event_type' in value) || typeof value.event_type !== 'string') return undefined;
  if (!('event_payload' in value) || typeof value.event_payload !== 'object') return undefined;
  return { event_type: value.event_type, event_payload: { ...value.event_payload } };
}

function update(args: Args, { names, workspace, edited }: MethodContext): Answer {
  const channel = text(args.channel);
  if (!workspace.has(channel)) return refuse('channel_not_found');
  const message = workspace.find(channel, text(args.ts));
  if (message === undefined) return refuse('message_not_found');
  if (message.user !== names.botUserId) return refuse('cant_update_message');
  const problem = problemOfContent(args, MAX_UPDATED_TEXT, Buffer.byteLength);
  if (problem !== null) return refuse(problem);
  message.text = text(args.markdown_text) || text(args.text);
  message.edited = true;
  edited(message);
  return { ok: true, channel, ts: message.ts, text: message.text };
}

function problemOfContent(args: Args, maxText: number, measure: (value: string) => number): string | null {
  const markdown = text(args.markdown_text);
  const plain = text(args.text);
  const hasBlocks = args.blocks !== undefined;
  if (markdown !== '' && (plain !== '' || hasBlocks)) return 'markdown_text_conflict';
  if (markdown === '' && plain === '' && !hasBlocks) return 'no_text';
  return markdown.length > MAX_MARKDOWN || measure(plain) > maxText ? 'msg_too_long' : null;
}

function replies(args: Args, { workspace, scopes }: MethodContext): Answer {
  const channel = text(args.channel);
  const scope = historyScope(channel);
  if (!scopes.includes(scope)) return refuse('missing_scope', { needed: scope, provided: scopes.join(',') });
  if (!workspace.has(channel)) return refuse('channel_not_found');
  const all = workspace.thread(channel, text(args.ts));
  if (all.length === 0) return refuse('thread_not_found');
  const limit = Math.min(Number(args.limit ?? 1_000), 1_000);
  const start = Number(text(args.cursor) || 0);
  const more = start + limit < all.length;
  return {
    ok: true,
    messages: all
      .slice(start, start + limit)
      .map((message) => wireMessage(message, args.include_all_metadata === true)),
    has_more: more,
    response_metadata: { next_cursor: more ? String(start + limit) : '' },
  };
}

function historyScope(channel: string): string {
  if (channel.startsWith('D')) return 'im:history';
  return channel.startsWith('G') ? 'groups:history' : 'channels:history';
}

function userInfo(args: Args, { workspace }: MethodContext): Answer {
  const id = text(args.user);
  if (!/^[UW]/.test(id)) return refuse('user_not_found');
  const real_name = `Person ${id}`;
  const profile = { display_name: workspace.nameOf(id), real_name };
  return { ok: true, user: { id, name: id.toLowerCase(), real_name, profile } };
}

function addReaction(args: Args, { workspace }: MethodContext): Answer {
  const message = workspace.find(text(args.channel), text(args.timestamp));
  if (message === undefined) return refuse('message_not_found');
  const name = text(args.name);
  if (message.reactions.includes(name)) return refuse('already_reacted');
  message.reactions.push(name);
  return { ok: true };
}

function setStatus(args: Args, { workspace }: MethodContext): Answer {
  const channel = text(args.channel_id);
  const thread = text(args.thread_ts);
  if (!workspace.has(channel)) return refuse('channel_not_found');
  if (workspace.find(channel, thread) === undefined) return refuse('invalid_thread_ts');
  if (typeof args.status !== 'string') return refuse('invalid_arguments');
  workspace.setStatus(channel, thread, args.status);
  return { ok: true };
}

function wireMessage(message: StoredMessage, withMetadata: boolean): Args {
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    text: message.text,
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...(message.edited ? { edited: { user: message.user, ts: message.ts } } : {}),
    ...(withMetadata && message.metadata !== null ? { metadata: message.metadata } : {}),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
