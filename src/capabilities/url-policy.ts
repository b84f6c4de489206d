import { isIP } from 'node:net';
import { WattleError } from '../errors.ts';
import { classifyAddress } from './address.ts';
import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { excerpt } from './text.ts';

const MAX_URL_LENGTH = 8192;
/** The longest name that DNS can hold. */
const MAX_HOST_LENGTH = 253;
const NAMED_HOSTS = 20;
const HTTP_PORTS: ReadonlySet<number> = new Set([80, 443]);
const FIRST_UNPRIVILEGED_PORT = 1024;
const MAX_PORT = 65_535;

/** One entry of the allow-list, written as a host alone: a name, or an IPv6 address in brackets. */
const HOST_ONLY = /^(?:\[[0-9a-f:.]+\]|[^\s/:@?#\\[\]*]+)$/i;

export interface UrlPolicyOptions {
  /** `api.example.com`; `*.example.com`, which is not example.com itself; `*` for every public host. */
  readonly allow: readonly string[];
  /** The ports of this machine that a program may reach. */
  readonly loopbackPorts: readonly number[];
}

/** A URL that may be asked, as far as its text tells; its addresses are judged apart. */
export interface Target {
  readonly url: URL;
  /** The name or address without brackets and without a trailing dot. */
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** Whether the host is `localhost` or a loopback address by its text. */
  readonly local: boolean;
}

export interface UrlPolicy {
  /** Reads a URL, relative to another where one is given, and judges scheme, host and port. */
  check(text: string, base?: URL): Target | Failure;
  /** The refusal of the first address that the target may not lead to; null when there is none. */
  refuseAddresses(target: Target, addresses: readonly string[]): Failure | null;
}

/** Throws CONFIG_INVALID for an entry or port that means nothing. */
export function createUrlPolicy(options: UrlPolicyOptions): UrlPolicy {
  const allowList = new AllowList(options.allow);
  const loopbackPorts = new Set(options.loopbackPorts.map(checkedPort));
  return {
    check(text, base) {
      const target = parseTarget(text, base);
      if ('ok' in target) return target;
      return refuseHost(target, allowList, loopbackPorts) ?? refusePort(target, loopbackPorts) ?? target;
    },
    refuseAddresses(target, addresses) {
      if (addresses.length === 0) return fail('EREMOTE', `${target.host} has no address`);
      for (const address of addresses) {
        const refusal = refuseAddress(target, address, loopbackPorts);
        if (refusal) return refusal;
      }
      return null;
    },
  };
}

class AllowList {
  readonly #exact = new Set<string>();
  readonly #suffixes: string[] = [];
  readonly #any: boolean;
  readonly #text: string;

  constructor(entries: readonly string[]) {
    for (const entry of entries.filter((it) => it !== '*')) {
      if (entry.startsWith('*.')) this.#suffixes.push(`.${normalizedName(entry.slice(2), entry)}`);
      else this.#exact.add(reachableHost(entry));
    }
    this.#any = entries.includes('*');
    const shown = entries.slice(0, NAMED_HOSTS).join(', ');
    this.#text = entries.length > NAMED_HOSTS ? `${shown} and ${entries.length - NAMED_HOSTS} more` : shown;
  }

  refuse(host: string): Failure | null {
    if (this.#any || this.#exact.has(host)) return null;
    if (this.#suffixes.some((suffix) => host.length > suffix.length && host.endsWith(suffix))) return null;
    const allowed = this.#text === '' ? 'it allows no host' : `it allows ${this.#text}`;
    return fail('EACCESS', `the host ${excerpt(host)} is not on the allow-list HTTP_ALLOW; ${allowed}`);
  }
}

function parseTarget(text: string, base: URL | undefined): Target | Failure {
  if (text.length > MAX_URL_LENGTH) {
    return fail('EBOUND', `expected a URL of at most ${MAX_URL_LENGTH} characters, got ${text.length}`);
  }
  const url = URL.parse(text, base?.href);
  if (!url) return fail('EPARSE', `expected a URL such as https://example.com/path, got ${excerpt(text)}`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return fail('EACCESS', `expected an http or https URL, got the scheme ${excerpt(url.protocol)}`);
  }
  if (url.username !== '' || url.password !== '') {
    return fail('EACCESS', 'expected a URL without a user name or password');
  }
  const secure = url.protocol === 'https:';
  url.hostname = withoutDot(url.hostname);
  url.hash = '';
  const host = withoutBrackets(url.hostname);
  if (host.length > MAX_HOST_LENGTH) {
    return fail('EBOUND', `expected a host of at most ${MAX_HOST_LENGTH} characters, got ${host.length}`);
  }
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  const local = host === 'localhost' || classifyAddress(host).scope === 'loopback';
  return { url, host, port, secure, local };
}

function refuseHost(
  target: Target,
  allowList: AllowList,
  loopbackPorts: ReadonlySet<number>,
): Failure | null {
  return target.local ? refuseLoopback(target, loopbackPorts) : allowList.refuse(target.host);
}

function refuseLoopback({ host, port }: Target, loopbackPorts: ReadonlySet<number>): Failure | null {
  if (loopbackPorts.has(port)) return null;
  return fail('EACCESS', `${host} is this machine, and port ${port} is not in HTTP_LOOPBACK_PORTS`);
}

/** Other protocols live on the privileged ports; a request there is never one for a web page. */
function refusePort({ port }: Target, loopbackPorts: ReadonlySet<number>): Failure | null {
  if (port >= FIRST_UNPRIVILEGED_PORT || HTTP_PORTS.has(port) || loopbackPorts.has(port)) return null;
  return fail('EACCESS', `expected port 80, 443 or one from ${FIRST_UNPRIVILEGED_PORT} on, got ${port}`);
}

function refuseAddress(target: Target, address: string, loopbackPorts: ReadonlySet<number>): Failure | null {
  const { scope, reason } = classifyAddress(address);
  if (scope === 'loopback') return refuseLoopback(target, loopbackPorts);
  // localhost is let past the allow-list for the sake of this machine alone.
  if (scope === 'public' && !target.local) return null;
  // The address itself stays out of the message: a program must not read internal names out of it.
  return fail('EACCESS', `${target.host} leads to an address that is not public (${reason})`);
}

function normalizedHost(text: string, entry: string): string {
  const url = HOST_ONLY.test(text) ? URL.parse(`http://${text}/`) : null;
  if (!url || url.hostname === '') {
    throw new WattleError(
      'CONFIG_INVALID',
      `HTTP_ALLOW: expected a host such as example.com, *.example.com or *; got ${excerpt(entry)}`,
    );
  }
  return withoutBrackets(withoutDot(url.hostname));
}

/** An address that is never asked on an allow-list would look as if it were. */
function reachableHost(entry: string): string {
  const host = normalizedHost(entry, entry);
  const { scope, reason } = classifyAddress(host);
  if (isIP(host) === 0 || scope !== 'special') return host;
  throw new WattleError(
    'CONFIG_INVALID',
    `HTTP_ALLOW: expected public hosts, got ${excerpt(entry)} (${reason}); of all that is not public, programs reach only this machine, by HTTP_LOOPBACK_PORTS`,
  );
}

function normalizedName(text: string, entry: string): string {
  const name = normalizedHost(text, entry);
  if (isIP(name) === 0) return name;
  throw new WattleError('CONFIG_INVALID', `HTTP_ALLOW: an address has no subdomains; got ${excerpt(entry)}`);
}

function checkedPort(port: number): number {
  if (Number.isInteger(port) && port >= 1 && port <= MAX_PORT) return port;
  throw new WattleError(
    'CONFIG_INVALID',
    `HTTP_LOOPBACK_PORTS: expected ports from 1 to ${MAX_PORT}, got ${port}`,
  );
}

function withoutDot(hostname: string): string {
  return hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
}

function withoutBrackets(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}
