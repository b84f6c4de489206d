import type { Middleware } from '@anthropic-ai/sdk';
import { z } from 'zod';
import { isSpendLimit } from './anthropic-failure.ts';
import { retryAfterMs } from './retry-after.ts';

const ERROR_BODY = z.object({ error: z.object({ details: z.object({ error_code: z.string() }) }) });

/** Milliseconds for which a person waits without a word; the SDK would sleep for as long as a service asks. */
const LONGEST_WAIT = 20_000;

/** Keeps the SDK from asking again when a limit in money is reached or the service wants a long wait first. */
export const stopAtLimit: Middleware = async (request, next, context) => {
  const response = await next(request);
  if (response.ok) return response;
  const wait = retryAfterMs(response.headers) ?? 0;
  const isFinal =
    wait > LONGEST_WAIT || (response.status === 429 && (await tellsSpendLimit(response, context)));
  if (!isFinal) return response;
  const headers = new Headers(response.headers);
  headers.set('x-should-retry', 'false');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
};

async function tellsSpendLimit(response: Response, context: Parameters<Middleware>[2]): Promise<boolean> {
  const body = ERROR_BODY.safeParse(await readBody(response, context));
  return body.success && isSpendLimit(body.data.error.details.error_code);
}

/** A body that is not the JSON it is said to be is no reason of its own: the status still counts. */
async function readBody(response: Response, context: Parameters<Middleware>[2]): Promise<unknown> {
  try {
    return await context.parse(response);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
