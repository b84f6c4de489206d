import { describe, expect, it } from 'vitest';
import { classifyAddress, sameAddress } from '../../src/capabilities/address.ts';

describe('classifyAddress', () => {
  it.each([
    ['1.1.1.1'],
    ['8.8.8.8'],
    ['93.184.216.34'],
    ['100.63.255.255'],
    ['100.128.0.0'],
    ['172.15.255.255'],
    ['172.32.0.0'],
    ['192.167.255.255'],
    ['198.17.255.255'],
    ['198.20.0.0'],
    ['223.255.255.255'],
    ['2606:4700:4700::1111'],
    ['2a00:1450:4001:82b::200e'],
    ['2001:200::1'],
    ['2003::1'],
    ['2001:4860::5efe:808:808'],
    ['2001:4860::200:5efe:8.8.8.8'],
  ])('takes %s for public', (address) => {
    expect(classifyAddress(address)).toEqual({ scope: 'public', reason: 'public' });
  });

  it.each([['127.0.0.1'], ['127.255.255.254'], ['127.0.0.0'], ['::1'], ['0:0:0:0:0:0:0:1']])(
    'takes %s for this machine',
    (address) => {
      expect(classifyAddress(address).scope).toBe('loopback');
    },
  );

  it.each([
    ['0/8', '0.0.0.0', '0.255.255.255'],
    ['10/8', '10.0.0.0', '10.255.255.255'],
    ['100.64/10', '100.64.0.0', '100.127.255.255'],
    ['169.254/16', '169.254.0.0', '169.254.255.255'],
    ['172.16/12', '172.16.0.0', '172.31.255.255'],
    ['192.0.0/24', '192.0.0.0', '192.0.0.255'],
    ['192.0.2/24', '192.0.2.0', '192.0.2.255'],
    ['192.88.99/24', '192.88.99.0', '192.88.99.255'],
    ['192.168/16', '192.168.0.0', '192.168.255.255'],
    ['198.18/15', '198.18.0.0', '198.19.255.255'],
    ['198.51.100/24', '198.51.100.0', '198.51.100.255'],
    ['203.0.113/24', '203.0.113.0', '203.0.113.255'],
    ['224/4', '224.0.0.0', '239.255.255.255'],
    ['240/4', '240.0.0.0', '255.255.255.255'],
    ['::/96', '::', '::ffff:ffff'],
    ['::ffff/96', '::ffff:0.0.0.0', '::ffff:255.255.255.255'],
    ['::ffff:0:0/96 (translated)', '::ffff:0:0.0.0.0', '::ffff:0:8.8.8.8'],
    ['64:ff9b::/96', '64:ff9b::', '64:ff9b::ffff:ffff'],
    ['64:ff9b:1::/48', '64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff'],
    ['100::/64', '100::', '100::ffff:ffff:ffff:ffff'],
    ['2001::/23', '2001::', '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['2001:db8::/32', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['2002::/16', '2002::', '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['3fff::/20', '3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['5f00::/16', '5f00::', '5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['fc00::/7', 'fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['fe80::/10', 'fe80::', 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['fec0::/10', 'fec0::', 'feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['ff00::/8', 'ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['not assigned', '4000::1', 'e000::1'],
  ])('takes %s for special, from first to last', (_, first, last) => {
    expect(classifyAddress(first).scope).toBe('special');
    expect(classifyAddress(last).scope).toBe('special');
  });

  it.each([
    ['AWS', '169.254.169.254'],
    ['AWS over IPv6', 'fd00:ec2::254'],
    ['Alibaba', '100.100.100.200'],
    ['Oracle', '192.0.0.192'],
    ['Azure', '168.63.129.16'],
  ])('takes the metadata address of %s for special', (_, address) => {
    expect(classifyAddress(address).scope).toBe('special');
  });

  it.each([
    ['::ffff:127.0.0.1', 'IPv4-mapped of 127.0.0.1, loopback'],
    ['0:0:0:0:0:ffff:a9fe:a9fe', 'IPv4-mapped of 169.254.169.254, linkLocal'],
    ['::ffff:8.8.8.8', 'IPv4-mapped of 8.8.8.8, public'],
    ['::7f00:1', 'IPv4-compatible of 127.0.0.1, loopback'],
    ['::ffff:0:10.0.0.1', 'IPv4-translated of 10.0.0.1, private'],
    ['64:ff9b::10.0.0.1', 'NAT64 of 10.0.0.1, private'],
    ['2002:a9fe:a9fe::1', '6to4 of 169.254.169.254, linkLocal'],
    ['2002:7f00:1::', '6to4 of 127.0.0.1, loopback'],
    ['2001:0:4136:e378:8000:63bf:f5ff:fffe', 'Teredo of 10.0.0.1, private'],
    ['2001:4860::5efe:10.0.0.1', 'ISATAP of 10.0.0.1, private'],
    ['2001:4860::200:5efe:127.0.0.1', 'ISATAP of 127.0.0.1, loopback'],
    ['fe80::5efe:8.8.8.8', 'ISATAP of 8.8.8.8, public'],
  ])('looks at the IPv4 address inside %s', (address, reason) => {
    expect(classifyAddress(address)).toEqual({ scope: 'special', reason });
  });

  it.each([
    [''],
    ['localhost'],
    ['127.1'],
    ['0x7f.0.0.1'],
    ['0177.0.0.1'],
    ['2130706433'],
    ['8.8.8.8 '],
    ['8.8.8.8:80'],
    ['[::1]'],
    ['1.2.3.4.5'],
    ['::g'],
  ])('takes %j for no address', (text) => {
    expect(classifyAddress(text)).toEqual({ scope: 'special', reason: 'no IP address' });
  });

  it('takes an address with a zone for what it is without', () => {
    expect(classifyAddress('fe80::1%eth0').scope).toBe('special');
    expect(classifyAddress('::1%lo').scope).toBe('loopback');
  });
});

describe('sameAddress', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1', true],
    ['::1', '0:0:0:0:0:0:0:1', true],
    ['2606:4700::1111', '2606:4700:0:0:0:0:0:1111', true],
    ['127.0.0.1', '127.0.0.2', false],
    ['127.0.0.1', '::ffff:127.0.0.1', false],
    ['127.0.0.1', '', false],
    ['', '', false],
  ])('of %j and %j is %j', (a, b, expected) => {
    expect(sameAddress(a, b)).toBe(expected);
  });
});
