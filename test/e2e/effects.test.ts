import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startHttpServer } from '../capabilities/http-server.ts';
import { makeFolder, wattle } from './support/command.ts';

const GET = callOf('http.get', '(local.get $text)');
const READ = callOf('fs.read', '(local.get $text)');
const WRITE = callOf('fs.write', '(local.get $text) "from within"');

/** A program that makes one call with its argument and ends with the status of it. */
function callOf(name: string, args: string): string {
  return `(local $err i32) (argv 0 $text) (call $${name} ${args}) (local.set $err) (drop) (check $err) (resv "done")`;
}

interface Attempt {
  readonly body: string;
  readonly args: readonly string[];
  readonly grant: string;
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a program file from the command line, as JSON. */
async function attempt({ body, args, grant, environment = {}, ...rest }: Attempt) {
  const folder = rest.folder ?? (await makeFolder());
  await writeFile(join(folder, 'program.wat'), body);
  const words = ['run', '--json', '--grant', grant, join(folder, 'program.wat'), ...args];
  const { code, stdout, stderr } = await wattle(words, { folder, environment });
  return { code, stdout, stderr, run: stdout === '' ? null : JSON.parse(stdout) };
}

describe('a program that is granted http', () => {
  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:10.0.0.1]/',
    'http://2130706433/',
    'file:///etc/passwd',
  ])('does not reach %s though every public host is allowed', async (url) => {
    const environment = { HTTP_ALLOW: '*' };
    const { code, run } = await attempt({ body: GET, args: [url], grant: 'http', environment });
    expect({ code, status: run.status }).toEqual({ code: 1, status: 'EACCESS' });
  });

  it('is not led to a private address by a redirect', async () => {
    await using server = await startHttpServer((_, response) =>
      response.writeHead(302, { location: 'http://10.0.0.1/' }).end(),
    );
    const environment = { HTTP_ALLOW: '*', HTTP_LOOPBACK_PORTS: String(server.port) };
    const { run } = await attempt({ body: GET, args: [server.url], grant: 'http', environment });
    expect(run).toMatchObject({ status: 'EACCESS', hostCalls: [{ name: 'http.get', status: 'EACCESS' }] });
  });

  it('uses a credential that it does not see, and that no output shows', async () => {
    await using server = await startHttpServer((request, response) =>
      response.end(request.url === '/echo' ? request.headers.authorization : 'fine'),
    );
    const environment = {
      HTTP_LOOPBACK_PORTS: String(server.port),
      HTTP_CREDENTIALS: JSON.stringify({ [`127.0.0.1:${server.port}`]: 'Bearer hunter2-hunter2' }),
      LOG_LEVEL: 'trace',
    };
    const fine = await attempt({ body: GET, args: [server.url], grant: 'http', environment });
    const echo = await attempt({ body: GET, args: [`${server.url}/echo`], grant: 'http', environment });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(
      Array(2).fill('Bearer hunter2-hunter2'),
    );
    expect([fine.run.outcome, echo.run.status]).toEqual(['ok', 'EACCESS']);
    expect(JSON.stringify([fine, echo])).not.toContain('hunter2');
  });

  it.each([
    [{ HTTP_ALLOW: '10.0.0.1' }, 'HTTP_ALLOW: expected public hosts, got "10.0.0.1" (private)'],
    [{ HTTP_CREDENTIALS: '{"*.example.com": "Bearer hunter2"}' }, 'HTTP_CREDENTIALS: expected a host'],
    [{ MODEL_GRANTS: 'http,shell' }, 'MODEL_GRANTS: expected capabilities out of'],
  ])('does not start with %j', async (environment, message) => {
    const { code, stdout, stderr } = await attempt({ body: GET, args: ['x'], grant: 'http', environment });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('hunter2');
  });
});

describe('a program that is granted fs', () => {
  it('writes into the folder of its workspace in WATTLE_DATA', async () => {
    const folder = await makeFolder();
    const { run } = await attempt({ body: WRITE, args: ['a/notes.md'], grant: 'fs', folder });
    expect(run.outcome).toBe('ok');
    const file = join(folder, 'data/files/workspace%3Aterminal%3Alocal/a/notes.md');
    expect(await readFile(file, 'utf8')).toBe('from within');
  });

  it('does not leave it by spelling or by a link', async () => {
    const folder = await makeFolder();
    const [root, outside] = [join(folder, 'files'), join(folder, 'outside')];
    const jail = join(root, 'workspace%3Aterminal%3Alocal');
    await mkdir(jail, { recursive: true });
    await mkdir(outside);
    await writeFile(join(outside, 'secret'), 'SECRET');
    await symlink(outside, join(jail, 'link'));
    const tries = { folder, grant: 'fs', environment: { FS_ROOT: root } };
    for (const path of ['../../outside/secret', `${outside}/secret`, 'link/secret']) {
      for (const body of [READ, WRITE]) {
        const { code, stdout, run } = await attempt({ ...tries, body, args: [path] });
        expect({ code, status: run.status }).toEqual({ code: 1, status: 'EACCESS' });
        expect(stdout).not.toContain('SECRET');
      }
    }
    expect(await readdir(outside)).toEqual(['secret']);
    expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('SECRET');
  });

  it('is rid of what a crash left behind once the bot starts', async () => {
    const root = await makeFolder();
    const incoming = join(root, '.incoming');
    await mkdir(incoming);
    await writeFile(join(incoming, 'half'), '');
    await utimes(join(incoming, 'half'), 0, 0);
    expect((await wattle(['ask', 'help'], { environment: { FS_ROOT: root } })).code).toBe(0);
    expect(await readdir(incoming)).toEqual([]);
  });

  it('does not exist for a program without the grant', async () => {
    const { code, run } = await attempt({ body: READ, args: ['x'], grant: 'kv' });
    expect({ code, outcome: run.outcome }).toEqual({ code: 1, outcome: 'invalid' });
  });
});

describe('what the model is granted', () => {
  const systemOf = async (environment: Record<string, string>) => {
    const { stdout } = await wattle(['prompt'], { environment });
    return String(JSON.parse(stdout).system);
  };

  it('are all capabilities but the wider scopes of kv, or what MODEL_GRANTS names', async () => {
    const byDefault = await systemOf({});
    for (const name of ['http', 'kv', 'fs', 'ai', 'random']) {
      expect(byDefault).toMatch(new RegExp(`^${name}\\b.*: `, 'm'));
    }
    expect(byDefault).toContain(' now():num');
    expect(byDefault).not.toMatch(/kv_(channel|user|workspace)/);
    const named = await systemOf({ MODEL_GRANTS: 'kv_channel' });
    expect(named).toMatch(/^kv_channel .*: .* add\(/m);
    expect(named).not.toMatch(/^(http|fs|kv_user)\b/m);
  });
});
