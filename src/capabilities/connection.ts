import { once } from 'node:events';
import type { LookupFunction, Socket } from 'node:net';
import { connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { sameAddress } from './address.ts';
import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import type { Target } from './url-policy.ts';

/** How long one address may take to connect while another is left to try. */
const ATTEMPT_MS = 2_000;

/** An address as a resolver gives it. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/**
 * Connects to one of the given addresses and no other: the name is not looked up again, and the peer's
 * address is compared before a byte is sent. Rejects with the network's error, or when aborted.
 */
export async function connect(
  target: Target,
  addresses: readonly ResolvedAddress[],
  signal: AbortSignal,
): Promise<Socket | Failure> {
  const socket = connectTcp({
    host: target.host,
    port: target.port,
    lookup: pinnedLookup(addresses),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
  });
  await ready(socket, 'connect', signal);
  const peer = socket.remoteAddress ?? '';
  if (!addresses.some(({ address }) => sameAddress(address, peer))) {
    socket.destroy();
    return fail(
      'EACCESS',
      `${target.host} was connected at ${peer || 'an unknown address'}, not as resolved`,
    );
  }
  return target.secure ? startTls(socket, target.host, signal) : socket;
}

async function startTls(socket: Socket, host: string, signal: AbortSignal): Promise<Socket> {
  const secured = connectTls({
    socket,
    host,
    // An address may not be sent as a server name; the certificate is then checked against `host`.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ALPNProtocols: ['http/1.1'],
    // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED cannot turn it off.
    rejectUnauthorized: true,
  });
  await ready(secured, 'secureConnect', signal);
  return secured;
}

async function ready(socket: Socket, event: string, signal: AbortSignal): Promise<void> {
  // An error that comes when nobody waits any more must not end the process.
  socket.on('error', () => socket.destroy());
  try {
    await once(socket, event, { signal });
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function pinnedLookup(addresses: readonly ResolvedAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else if (first) callback(null, first.address, first.family);
  };
}
