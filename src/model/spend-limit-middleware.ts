import type { Middleware } from '@anthropic-ai/sdk';
import { z } from 'zod';
import { isSpendLimit } from './anthropic-failure.ts';

const ERROR_BODY = z.object({ error: z.object({ details: z.object({ error_code: z.string() }) }) });

/** Keeps the SDK from asking again when a limit in money is reached: it would retry every 429. */
export const stopAtSpendLimit: Middleware = async (request, next, context) => {
  const response = await next(request);
  if (response.status !== 429) return response;
  const body = ERROR_BODY.safeParse(await context.parse(response));
  if (!body.success || !isSpendLimit(body.data.error.details.error_code)) return response;
  const headers = new Headers(response.headers);
  headers.set('x-should-retry', 'false');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
};
