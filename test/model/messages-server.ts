import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';

export interface RecordedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface MessagesServer {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  close(): Promise<void>;
}

/** A loopback server for the bytes that aimock does not write: raw requests seen, odd replies given. */
export async function startMessagesServer(
  answer: (response: ServerResponse, request: RecordedRequest) => void,
): Promise<MessagesServer> {
  const requests: RecordedRequest[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const recorded: RecordedRequest = { headers: request.headers, body };
    requests.push(recorded);
    answer(response, recorded);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Writes events as the Messages API streams them, and ends. */
export function writeEvents(response: ServerResponse, events: readonly Record<string, unknown>[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  response.end();
}

/** Writes an error as the API does, with its stable code in the details. */
export function writeError(response: ServerResponse, status: number, error: Record<string, unknown>): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ type: 'error', error, request_id: 'req_1' }));
}

/** The events of a whole reply with these content blocks, each streamed in one delta. */
export function replyEvents(
  blocks: readonly { readonly block: object; readonly deltas?: readonly object[] }[],
  stopReason: string | null = 'end_turn',
): Record<string, unknown>[] {
  const usage = {
    input_tokens: 10,
    cache_read_input_tokens: 7,
    cache_creation_input_tokens: 3,
    output_tokens: 1,
  };
  return [
    { type: 'message_start', message: { id: 'msg_1', role: 'assistant', content: [], usage } },
    ...blocks.flatMap(({ block, deltas = [] }, index) => [
      { type: 'content_block_start', index, content_block: block },
      ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: { stop_reason: stopReason }, usage: { output_tokens: 20 } },
    { type: 'message_stop' },
  ];
}
