import { readBase64, textOfBytes, writeBytes } from './bytes-text.ts';
import type { Capability, GuestContext } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';

const pure = hostFunction<GuestContext>('pure');

export const base64: Capability<GuestContext> = defineCapability({
  name: 'base64',
  open: (context: GuestContext) => context,
  functions: {
    encode: pure({
      summary: 'A text or bytes in base64, or in its form for URLs.',
      fails: ['EBOUND'],
      params: { data: 'bytes', url: { type: 'bool', default: false } },
      result: 'string',
      run: ({ data, url }) => writeBytes(data, url ? 'base64url' : 'base64'),
    }),
    decode: pure({
      summary: 'The text that base64 of either form writes. EPARSE if none, ETRFM if it is not UTF-8.',
      fails: ['ETRFM', 'EPARSE'],
      params: { text: 'string' },
      result: 'string',
      run: ({ text }) => {
        const data = readBase64(text);
        return data instanceof Uint8Array ? textOfBytes(data) : data;
      },
    }),
    decode_bytes: pure({
      summary: 'The bytes that base64 of either form writes. EPARSE if none.',
      fails: ['EPARSE'],
      params: { text: 'string' },
      result: 'bytes',
      run: ({ text }) => readBase64(text),
    }),
  },
});
