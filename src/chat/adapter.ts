import type { Message, Target } from './message.ts';
import type { Plan } from './plan.ts';

/** What a platform can do, in numbers, so that one splitter and one pacer serve them all. */
export interface AdapterCapabilities {
  /** Characters (UTF-16 units) that one post can hold. */
  readonly maxText: number;
  /** Milliseconds to leave between two edits of the same progress. */
  readonly editIntervalMs: number;
  /** Whether a post reaches people who wrote before this process began; on a terminal nobody is left. */
  readonly outlivesProcess: boolean;
}

/** What is posted: Markdown, as the model writes it. The adapter renders it. */
export interface Content {
  readonly markdown: string;
}

/** Names a post that was made. */
export interface Receipt {
  readonly target: Target;
  readonly messageId: string;
}

export type PostOutcome =
  | { readonly ok: true; readonly receipt: Receipt }
  /** Turned down for good. */
  | { readonly ok: false; readonly kind: 'refused'; readonly message: string }
  /** Not sent because the platform limits the rate; it may be tried again after so long. */
  | { readonly ok: false; readonly kind: 'limited'; readonly message: string; readonly retryAfterMs: number }
  /** A send whose answer was lost: it may have arrived. Posting the same id again finds it or sends it. */
  | { readonly ok: false; readonly kind: 'unknown'; readonly message: string };

/** A press of a button. */
export interface Action {
  readonly target: Target;
  readonly userId: string;
  readonly name: string;
  readonly value: string;
}

export interface AdapterHandlers {
  /**
   * Takes a message over before it returns. Throws a WattleError (STOPPED, STORE_FAILED) when it does not:
   * then the platform is to deliver it again, or the person is told where it cannot.
   */
  onMessage(message: Message): void;
  onAction(action: Action): void;
}

/**
 * A chat platform. It parses and renders; retries, splitting, pacing and dedupe belong to the host.
 * `start` rejects with a `WattleError` (PLATFORM_UNREACHABLE, PLATFORM_REFUSED) when the platform cannot be reached or refuses the credentials.
 */
export interface Adapter {
  readonly name: string;
  readonly capabilities: AdapterCapabilities;
  start(handlers: AdapterHandlers): Promise<void>;
  /** Idempotent; takes no new messages from its first moment on. */
  stop(): Promise<void>;
  /** `id` is the outbox's own; the same id never makes two posts where the platform can promise that. */
  post(target: Target, content: Content, id: string): Promise<PostOutcome>;
  edit(receipt: Receipt, content: Content): Promise<PostOutcome>;
  /**
   * Shows the plan's newest state in the thread, as the platform does it best. A plan without tasks means
   * that work has begun: a passing sign such as a typing notice, nothing that stays.
   */
  progress(target: Target, plan: Plan): Promise<void>;
  /** What an author goes by, also where the message did not say. Never rejects; the name in the message where nobody knows. */
  nameOf(author: Message['author']): Promise<string>;
}
