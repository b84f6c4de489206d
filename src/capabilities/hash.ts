import { createHash, createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Capability, GuestContext } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';

const pure = hostFunction<GuestContext>('pure');

function digest(algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512', summary: string) {
  return pure({
    summary,
    params: { data: 'bytes' },
    result: 'string',
    run: ({ data }) => createHash(algorithm).update(data).digest('hex'),
  });
}

/** Digests of a text or of bytes, in hex. */
export const hash: Capability<GuestContext> = defineCapability({
  name: 'hash',
  open: (context: GuestContext) => context,
  functions: {
    sha256: digest('sha256', 'The SHA-256 digest of a text or bytes, in hex.'),
    sha512: digest('sha512', 'The SHA-512 digest of a text or bytes, in hex.'),
    sha1: digest('sha1', 'The SHA-1 digest of a text or bytes, in hex; no proof against forgery.'),
    md5: digest('md5', 'The MD5 digest of a text or bytes, in hex; no proof against forgery.'),
    crc32: pure({
      summary: 'The CRC-32 checksum of a text or bytes, eight hex digits.',
      params: { data: 'bytes' },
      result: 'string',
      run: ({ data }) => crc32(data).toString(16).padStart(8, '0'),
    }),
    hmac_sha256: pure({
      summary: 'The HMAC of a text or bytes under a key, by SHA-256, in hex.',
      params: { key: 'bytes', data: 'bytes' },
      result: 'string',
      run: ({ key, data }) => createHmac('sha256', key).update(data).digest('hex'),
    }),
  },
});
