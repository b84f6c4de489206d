import { readHex, textOfBytes, writeBytes } from './bytes-text.ts';
import type { Capability, GuestContext } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';

const pure = hostFunction<GuestContext>('pure');

export const hex: Capability<GuestContext> = defineCapability({
  name: 'hex',
  open: (context: GuestContext) => context,
  functions: {
    encode: pure({
      summary: 'The bytes of a text, or bytes, two hex digits each.',
      fails: ['EBOUND'],
      params: { data: 'bytes' },
      result: 'string',
      run: ({ data }) => writeBytes(data, 'hex'),
    }),
    decode: pure({
      summary: 'The text that hex digits write. EPARSE if none, ETRFM if it is not UTF-8.',
      fails: ['ETRFM', 'EPARSE'],
      params: { text: 'string' },
      result: 'string',
      run: ({ text }) => {
        const data = readHex(text);
        return data instanceof Uint8Array ? textOfBytes(data) : data;
      },
    }),
    decode_bytes: pure({
      summary: 'The bytes that hex digits write. EPARSE if none.',
      fails: ['EPARSE'],
      params: { text: 'string' },
      result: 'bytes',
      run: ({ text }) => readHex(text),
    }),
  },
});
