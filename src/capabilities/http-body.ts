import type { IncomingMessage } from 'node:http';
import { TextDecoder } from 'node:util';
import type { Failure } from './capability.ts';
import { fail } from './capability.ts';

const FIRST_BUFFER_BYTES = 64 * 1024;
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]+)/i;

/**
 * Reads a body of at most `maxBytes` into one buffer, so that a body that comes a byte at a time takes
 * no more memory than one that comes at once. Rejects with the network's error when it breaks off.
 */
export async function readBody(response: IncomingMessage, maxBytes: number): Promise<Uint8Array | Failure> {
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) return tooLarge(maxBytes);
  let buffer = new Uint8Array(Math.min(FIRST_BUFFER_BYTES, maxBytes));
  let length = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    if (length + chunk.length > maxBytes) return tooLarge(maxBytes);
    if (length + chunk.length > buffer.length) {
      const larger = new Uint8Array(Math.min(maxBytes, 2 * (length + chunk.length)));
      larger.set(buffer.subarray(0, length));
      buffer = larger;
    }
    buffer.set(chunk, length);
    length += chunk.length;
  }
  return buffer.subarray(0, length);
}

/** The body as text, in the charset that its content type names, else UTF-8. ETRFM when it is not that. */
export function decodeBody(body: Uint8Array, contentType: string): string | Failure {
  const decoder = createDecoder(CHARSET.exec(contentType)?.[1] ?? 'utf-8');
  try {
    return decoder.decode(body);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return fail(
      'ETRFM',
      `the body is not ${decoder.encoding} text (content type ${contentType || 'not given'})`,
    );
  }
}

function createDecoder(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return new TextDecoder('utf-8', { fatal: true });
  }
}

function tooLarge(maxBytes: number): Failure {
  return fail('EBOUND', `the body is larger than ${maxBytes} bytes`);
}
