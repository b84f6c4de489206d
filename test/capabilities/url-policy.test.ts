import { describe, expect, it } from 'vitest';
import type { UrlPolicyOptions } from '../../src/capabilities/url-policy.ts';
import { createUrlPolicy } from '../../src/capabilities/url-policy.ts';

function policy(options: Partial<UrlPolicyOptions> = {}) {
  return createUrlPolicy({ allow: [], loopbackPorts: [], ...options });
}

/** `host:port` of a URL that passes, else the status of the refusal. */
function outcome(url: string, options: Partial<UrlPolicyOptions>): string {
  const target = policy(options).check(url);
  return 'ok' in target ? target.status : `${target.host}:${target.port}`;
}

describe('the allow-list', () => {
  it.each([
    ['api.example.com', 'https://api.example.com/x', 'api.example.com:443'],
    ['api.example.com', 'http://API.Example.COM./', 'api.example.com:80'],
    ['API.Example.com.', 'http://api.example.com:8080', 'api.example.com:8080'],
    ['api.example.com', 'https://example.com/', 'EACCESS'],
    ['api.example.com', 'https://x.api.example.com/', 'EACCESS'],
    ['api.example.com', 'https://api.example.com.evil.net/', 'EACCESS'],
    ['api.example.com', 'https://api.example.com../', 'EACCESS'],
    ['api.example.com', 'https://evil.net/?api.example.com', 'EACCESS'],
    ['api.example.com', 'https://evil.net#@api.example.com', 'EACCESS'],
    ['api.example.com', 'https://evil.net\\@api.example.com/', 'EACCESS'],
    ['*.example.com', 'https://a.example.com/', 'a.example.com:443'],
    ['*.example.com', 'https://a.b.example.com./', 'a.b.example.com:443'],
    ['*.example.com', 'https://example.com/', 'EACCESS'],
    ['*.example.com', 'https://.example.com/', 'EACCESS'],
    ['*.example.com', 'https://evilexample.com/', 'EACCESS'],
    ['*.example.com', 'https://a.example.com.evil.net/', 'EACCESS'],
    ['bücher.example', 'https://xn--bcher-kva.example/', 'xn--bcher-kva.example:443'],
    ['xn--bcher-kva.example', 'https://BÜCHER.example/', 'xn--bcher-kva.example:443'],
    ['example.com', 'https://ex%61mple.com/', 'example.com:443'],
    ['example.com', 'https://ｅｘａｍｐｌｅ。com/', 'example.com:443'],
    ['example.com', 'https://exаmple.com/', 'EACCESS'],
    ['*', 'https://anything.example/', 'anything.example:443'],
    ['*', 'https://8.8.8.8/', '8.8.8.8:443'],
    ['8.8.8.8', 'https://134744072/', '8.8.8.8:443'],
    ['[2606:4700::1111]', 'https://[2606:4700:0::1111]/', '2606:4700::1111:443'],
  ])('%s makes of %s: %s', (entry, url, expected) => {
    expect(outcome(url, { allow: [entry] })).toBe(expected);
  });

  it('refuses every host when it is empty, and says so', () => {
    expect(policy().check('https://example.com/')).toEqual({
      ok: false,
      status: 'EACCESS',
      message: 'the host "example.com" is not on the allow-list HTTP_ALLOW; it allows no host',
    });
  });

  it('names the host and what is allowed', () => {
    expect(policy({ allow: ['a.example', '*.b.example'] }).check('https://c.example/x?secret')).toEqual({
      ok: false,
      status: 'EACCESS',
      message: 'the host "c.example" is not on the allow-list HTTP_ALLOW; it allows a.example, *.b.example',
    });
  });

  it.each([
    ['', /expected a host/],
    ['https://example.com', /got "https:\/\/example\.com"/],
    ['example.com:8080', /expected a host/],
    ['example.com/path', /expected a host/],
    ['user@example.com', /expected a host/],
    ['*example.com', /expected a host/],
    ['a.*.example.com', /expected a host/],
    ['*.', /expected a host/],
    ['*.1.2.3.4', /no subdomains/],
    ['exa mple.com', /expected a host/],
    ['10.0.0.1', /expected public hosts, got "10.0.0.1" \(private\).*HTTP_LOOPBACK_PORTS/],
    ['[fd00::1]', /expected public hosts/],
    ['169.254.169.254', /expected public hosts/],
    ['0.0.0.0', /expected public hosts/],
  ])('refuses the entry %j at once', (entry, message) => {
    expect(() => policy({ allow: [entry] })).toThrow(message);
  });
});

describe('the form of a URL', () => {
  const open = { allow: ['*'], loopbackPorts: [3000] };

  it.each([
    ['', 'EPARSE'],
    ['example.com', 'EPARSE'],
    ['/path', 'EPARSE'],
    ['http://', 'EPARSE'],
    ['http://[fe80::1%25eth0]/', 'EPARSE'],
    ['http://exa mple.com/', 'EPARSE'],
    ['http://example.com:99999/', 'EPARSE'],
    ['ftp://example.com/', 'EACCESS'],
    ['file:///etc/passwd', 'EACCESS'],
    ['data:text/plain,x', 'EACCESS'],
    ['javascript:alert(1)', 'EACCESS'],
    ['gopher://example.com/', 'EACCESS'],
    ['https://user@example.com/', 'EACCESS'],
    ['https://user:pass@example.com/', 'EACCESS'],
    ['https://:pass@example.com/', 'EACCESS'],
    ['http://example.com:25/', 'EACCESS'],
    ['http://example.com:22/', 'EACCESS'],
    ['http://example.com:1023/', 'EACCESS'],
    ['http://example.com:1024/', 'example.com:1024'],
    ['https://example.com:80/', 'example.com:80'],
    [`https://example.com/${'x'.repeat(8192)}`, 'EBOUND'],
    [`https://${'x.'.repeat(130)}com/`, 'EBOUND'],
    ['  https://example.com/  ', 'example.com:443'],
    ['HTTPS://example.com', 'example.com:443'],
  ])('%j gives %s', (url, expected) => {
    expect(outcome(url, open)).toBe(expected);
  });

  it('reads a relative URL against its base, with the same checks', () => {
    const target = policy(open).check('//other.example/x#part', new URL('https://example.com/'));
    expect('ok' in target ? target : target.url.href).toBe('https://other.example/x');
    expect(policy(open).check('http://u@x.example/', new URL('https://example.com/'))).toMatchObject({
      status: 'EACCESS',
    });
  });
});

describe('loopback', () => {
  const spellings = [
    'localhost',
    'LOCALHOST.',
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    '0177.0.0.1',
    '2130706433',
    '017700000001',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '127.255.0.1',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
  ];

  it.each(spellings)('%s needs its port named, and nothing else', (host) => {
    expect(outcome(`http://${host}:3000/`, { loopbackPorts: [3000] })).toMatch(/:3000$/);
    expect(outcome(`http://${host}:3001/`, { loopbackPorts: [3000] })).toBe('EACCESS');
    expect(outcome(`http://${host}:3001/`, { allow: ['*', 'localhost'], loopbackPorts: [] })).toBe('EACCESS');
  });

  it('may have a privileged port when that is named', () => {
    expect(outcome('http://localhost/', { loopbackPorts: [80] })).toBe('localhost:80');
    expect(outcome('http://localhost:81/', { loopbackPorts: [81] })).toBe('localhost:81');
  });

  it.each([[0], [-1], [65_536], [1.5], [Number.NaN]])('refuses the port %d at once', (port) => {
    expect(() => policy({ loopbackPorts: [port] })).toThrow(
      /HTTP_LOOPBACK_PORTS: expected ports from 1 to 65535/,
    );
  });
});

describe('refuseAddresses', () => {
  function refusal(url: string, addresses: readonly string[], options: Partial<UrlPolicyOptions> = {}) {
    const judged = policy({ allow: ['*'], ...options });
    const target = judged.check(url);
    if ('ok' in target) throw new Error(target.message);
    return judged.refuseAddresses(target, addresses);
  }

  it('lets a name pass whose every address is public', () => {
    expect(refusal('https://example.com/', ['93.184.216.34', '2606:4700::1111'])).toBeNull();
  });

  it.each([
    ['10.0.0.1'],
    ['169.254.169.254'],
    ['0.0.0.0'],
    ['::'],
    ['::ffff:127.0.0.1'],
    ['fe80::1'],
    ['nonsense'],
  ])('refuses a name of which one address is %s', (address) => {
    expect(refusal('https://example.com/', ['93.184.216.34', address])).toMatchObject({
      ok: false,
      status: 'EACCESS',
      message: expect.stringMatching(/^example\.com leads to an address that is not public \([^)]+\)$/),
    });
  });

  it('refuses a name that leads to this machine, unless the port is named', () => {
    expect(refusal('http://example.com:3000/', ['127.0.0.1'])).toMatchObject({ status: 'EACCESS' });
    expect(refusal('http://example.com:3000/', ['127.0.0.1'], { loopbackPorts: [3000] })).toBeNull();
  });

  it('refuses localhost when it leads elsewhere, since no allow-list was asked', () => {
    expect(refusal('http://localhost:3000/', ['93.184.216.34'], { loopbackPorts: [3000] })).toMatchObject({
      status: 'EACCESS',
    });
  });

  it('answers EREMOTE for a name without addresses', () => {
    expect(refusal('https://example.com/', [])).toMatchObject({ status: 'EREMOTE' });
  });

  it.each([
    ['http://0/', '0.0.0.0'],
    ['http://0xa9fea9fe/', '169.254.169.254'],
    ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
    ['http://[64:ff9b::7f00:1]/', '64:ff9b::7f00:1'],
  ])('sees through the spelling %s', (url, host) => {
    const target = policy({ allow: ['*'] }).check(url);
    if ('ok' in target) throw new Error(target.message);
    expect(target.host).toBe(host);
    expect(refusal(url, [target.host])).toMatchObject({ status: 'EACCESS' });
  });
});
