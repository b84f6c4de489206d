import { z } from 'zod';
import { DISCORD_ERRORS } from './discord-error.ts';
import type { AllowedMentions } from './message.ts';
import { type RestAnswer, refuse, refuseField } from './route.ts';

const MAX_CONTENT = 2_000;
const MAX_NONCE = 25;

const schema = z.object({
  content: z.string().nullish(),
  nonce: z.union([z.string(), z.number()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  flags: z.number().int().nullish(),
  allowed_mentions: z
    .object({
      parse: z.array(z.enum(['everyone', 'roles', 'users'])).optional(),
      users: z.array(z.string()).optional(),
    })
    .nullish(),
});

/** What a bot asks to be written. */
export interface MessageForm {
  readonly content: string;
  readonly flags: number;
  readonly allowedMentions: AllowedMentions | null;
  /** The nonce, if it is to be enforced. */
  readonly nonce: string | null;
}

export type FormReading =
  | { readonly ok: true; readonly form: MessageForm }
  | { readonly ok: false; readonly answer: RestAnswer };

/** Reads the body of a request that writes a message, with the bounds and errors of Discord. */
export function readMessageForm(body: unknown): FormReading {
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join('.') ?? 'body';
    return { ok: false, answer: refuseField(field, 'BASE_TYPE_BAD', issue?.message ?? 'bad value') };
  }
  const { content, nonce, enforce_nonce, flags, allowed_mentions } = parsed.data;
  const refusal = boundsOf(content ?? '', String(nonce ?? ''));
  if (refusal !== null) return { ok: false, answer: refusal };
  return {
    ok: true,
    form: {
      content: content ?? '',
      flags: flags ?? 0,
      allowedMentions: allowed_mentions ?? null,
      nonce: enforce_nonce === true && nonce != null ? String(nonce) : null,
    },
  };
}

function boundsOf(content: string, nonce: string): RestAnswer | null {
  if (content.trim() === '') return refuse(DISCORD_ERRORS.emptyMessage);
  if ([...content].length > MAX_CONTENT) {
    return refuseField('content', 'BASE_TYPE_MAX_LENGTH', `Must be ${MAX_CONTENT} or fewer in length.`);
  }
  if (nonce.length > MAX_NONCE) {
    return refuseField('nonce', 'BASE_TYPE_MAX_LENGTH', `Must be ${MAX_NONCE} or fewer in length.`);
  }
  return null;
}
