import type { Transformer, TransformStreamDefaultController } from 'node:stream/web';
import { APIConnectionTimeoutError, type Middleware } from '@anthropic-ai/sdk';

/**
 * Ends a reply as timed out when nothing comes of it for that many milliseconds. The SDK's own timeout is over with
 * the first byte, and it hides the pings by which a server that is still at work says so.
 */
export function endAtSilence(idleMs: number): Middleware {
  return async (request, next) => {
    const { body, status, statusText, headers } = await next(request);
    const watched = body === null ? null : body.pipeThrough(new TransformStream(silenceWatch(idleMs)));
    return new Response(watched, { status, statusText, headers });
  };
}

function silenceWatch(idleMs: number): Transformer<Uint8Array, Uint8Array> {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => clearTimeout(timer);
  const watch = (controller: TransformStreamDefaultController<Uint8Array>): void => {
    stop();
    timer = setTimeout(() => {
      const message = `Nothing came for ${idleMs} ms in the middle of the reply.`;
      controller.error(new APIConnectionTimeoutError({ message }));
    }, idleMs);
  };
  return {
    start: watch,
    transform(chunk, controller) {
      watch(controller);
      controller.enqueue(chunk);
    },
    flush: stop,
    cancel: stop,
  };
}
