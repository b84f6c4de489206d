import { z } from 'zod';
import { parseJson } from './parse-json.ts';
import { accept, type Parsed, REFUSED, Secret } from './setting.ts';

/** What goes along with every request to one host. */
export interface HttpCredential {
  readonly host: string;
  /** Values by the header's name. */
  readonly headers: Readonly<Record<string, Secret>>;
}

const SHAPE = z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())]));

/** Reads `{"api.example.com": "Bearer ...", "other.example": {"x-api-key": "..."}}`. */
export function parseHttpCredentials(text: string): Parsed<readonly HttpCredential[]> {
  const parsed = SHAPE.safeParse(parseJson(text));
  if (!parsed.success) return REFUSED;
  return accept(
    Object.entries(parsed.data).map(([host, given]) => {
      const headers = typeof given === 'string' ? { authorization: given } : given;
      const secrets = Object.entries(headers).map(([name, value]) => [name, new Secret(value)] as const);
      return { host, headers: Object.fromEntries(secrets) };
    }),
  );
}

/** Every text that must not be shown: the values, and each without its scheme (`Bearer`). */
export function secretsOf(credentials: readonly HttpCredential[]): readonly Secret[] {
  return credentials
    .flatMap(({ headers }) => Object.values(headers))
    .flatMap((secret) => {
      const value = secret.reveal();
      const token = value.slice(value.indexOf(' ') + 1).trim();
      return [secret, ...(token === '' || token === value ? [] : [new Secret(token)])];
    });
}
