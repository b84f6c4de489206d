import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Where an address leads: the public internet, this machine, or anywhere else (`special`). */
export interface AddressClass {
  readonly scope: 'public' | 'loopback' | 'special';
  /** What the address is, in words, for a message. */
  readonly reason: string;
}

interface Embedded {
  readonly form: string;
  readonly address: ipaddr.IPv4;
}

/** Public by its number, yet answered inside Azure: the metadata and agent endpoint of its hosts. */
const AZURE_HOST = '168.63.129.16';

/** Global unicast is 2000::/3; every other IPv6 block is special or not assigned. */
const GLOBAL_UNICAST = ipaddr.IPv6.parse('2000::');
const GLOBAL_UNICAST_BITS = 3;

/** Classifies the text form of an address by its bytes. What is no address is special. */
export function classifyAddress(text: string): AddressClass {
  switch (isIP(text)) {
    case 4:
      return classifyIPv4(ipaddr.IPv4.parse(text));
    case 6:
      return classifyIPv6(ipaddr.IPv6.parse(text));
    default:
      return special('no IP address');
  }
}

/** Whether two texts write the same address. */
export function sameAddress(a: string, b: string): boolean {
  if (isIP(a) === 0 || isIP(b) === 0) return false;
  return ipaddr.parse(a).toNormalizedString() === ipaddr.parse(b).toNormalizedString();
}

function classifyIPv4(address: ipaddr.IPv4): AddressClass {
  const range = address.range();
  if (range === 'loopback') return { scope: 'loopback', reason: 'loopback' };
  if (range !== 'unicast') return special(range);
  return address.toString() === AZURE_HOST ? special('metadata') : { scope: 'public', reason: 'public' };
}

function classifyIPv6(address: ipaddr.IPv6): AddressClass {
  const range = address.range();
  if (range === 'loopback') return { scope: 'loopback', reason: 'loopback' };
  const embedded = embeddedIPv4(address.toByteArray());
  const carried = embedded && classifyIPv4(embedded.address);
  // A transition form reaches wherever its IPv4 leads, by a relay that nobody here has checked.
  if (embedded && carried && (carried.scope !== 'public' || range !== 'unicast')) {
    return special(`${embedded.form} of ${embedded.address}, ${carried.reason}`);
  }
  if (range !== 'unicast') return special(range);
  return address.match(GLOBAL_UNICAST, GLOBAL_UNICAST_BITS)
    ? { scope: 'public', reason: 'public' }
    : special('outside 2000::/3');
}

/** The IPv4 address that an IPv6 address of a transition mechanism carries. */
function embeddedIPv4(bytes: readonly number[]): Embedded | null {
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const at = (from: number) => new ipaddr.IPv4(bytes.slice(from, from + 4));
  if (hex.startsWith('0064ff9b0000000000000000')) return { form: 'NAT64', address: at(12) };
  if (hex.startsWith('2002')) return { form: '6to4', address: at(2) };
  if (hex.startsWith('20010000')) {
    // Teredo stores the client's address with every bit turned.
    return { form: 'Teredo', address: new ipaddr.IPv4(bytes.slice(12).map((byte) => byte ^ 0xff)) };
  }
  if (/^.{16}0[02]005efe/.test(hex)) return { form: 'ISATAP', address: at(12) };
  if (/^0{20}ffff/.test(hex)) return { form: 'IPv4-mapped', address: at(12) };
  if (/^0{16}ffff0000/.test(hex)) return { form: 'IPv4-translated', address: at(12) };
  if (/^0{24}/.test(hex)) return { form: 'IPv4-compatible', address: at(12) };
  return null;
}

function special(reason: string): AddressClass {
  return { scope: 'special', reason };
}
