import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeFolder, wattle } from './support/command.ts';
import { startOutsideWorld } from './support/outside-world.ts';
import { GREETING } from './support/programs.ts';
import { GUARD_MODEL, MODEL, type Script, startScriptedModel } from './support/scripted-model.ts';
import { program } from './support/scripts.ts';

const README = resolve(import.meta.dirname, '../../README.md');

async function fileOf(text: string, name = 'program.wat'): Promise<string> {
  const path = join(await makeFolder(), name);
  await writeFile(path, text);
  return path;
}

const UPPER = `(local $err i32) (local $upper i32)
(argv 0 $text)
(call $string.upper (local.get $text))
(local.set $err)
(local.set $upper)
(check $err)
(resv $upper)
`;

describe('wattle', () => {
  it('says which Node it needs under an older one', async () => {
    const older = 'Object.defineProperty(process, "versions", { value: { node: "22.11.0" } })';
    const { code, stderr } = await wattle(['help'], { node: ['--import', `data:text/javascript,${older}`] });
    expect(code).toBe(2);
    expect(stderr).toContain('needs Node 24 or newer');
    expect(stderr).toContain('npm ci');
  });

  it('refuses a call that it does not understand with 2', async () => {
    const { code, stdout, stderr } = await wattle(['launch']);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^wattle: expected a command, but "launch" came/);
  });

  it('names every setting that is wrong and stops with 2', async () => {
    const environment = { MAX_STEPS: 'many', SLACK_APP_TOKEN: 'hunter2' };
    const { code, stdout, stderr } = await wattle(['serve'], { environment });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('MAX_STEPS: expected a whole number from 1 to 100, but it is "many".');
    expect(stderr).toContain('SLACK_APP_TOKEN: expected');
    expect(stderr).not.toContain('hunter2');
  });

  it('reads .env where it is started, and lets the environment win', async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, '.env'), 'MAX_STEPS=many\nMAX_RETRIES=more\n');
    const { code, stderr } = await wattle(['prompt'], { folder, environment: { MAX_STEPS: '3' } });
    expect(code).toBe(2);
    expect(stderr).toContain('MAX_RETRIES');
    expect(stderr).not.toContain('MAX_STEPS');
  });
});

describe('a setting that names files', () => {
  it('is wrong when the data folder cannot be one', async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'taken'), '');
    const calls = [['run', 'word_count', 'a'], ['chat'], ['ask', 'hello']];
    for (const words of calls) {
      const { code, stderr } = await wattle(words, { folder, environment: { WATTLE_DATA: 'taken' } });
      expect({ words, code }).toEqual({ words, code: 2 });
      expect(stderr).toMatch(/^wattle: WATTLE_DATA: expected a folder .* taken/m);
      expect(stderr).not.toMatch(/^ {4}at /m);
    }
  });

  it('is read from a .env that begins with a byte order mark', async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, '.env'), '\ufeffMAX_STEPS=many\n');
    expect((await wattle(['prompt'], { folder })).stderr).toContain('MAX_STEPS');
  });

  it('is wrong when .env is not a file', async () => {
    const folder = await makeFolder();
    await mkdir(join(folder, '.env'));
    const { code, stderr } = await wattle(['prompt'], { folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^wattle: \.env: expected a file that can be read/);
  });
});

describe('the output', () => {
  it('may be left unread', async () => {
    const { code, stderr } = await wattle(['prompt'], { unread: 'stdout' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('is written even when nobody reads the notices', async () => {
    const { code, stdout } = await wattle(['ask', '@use word_count("a b")'], { unread: 'stderr' });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('2') });
  });

  it('makes the command fail when it cannot be written', async () => {
    const { code, stderr } = await wattle(['catalog', 'list'], { stdout: '/dev/full' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^wattle: the output could not be written: .*ENOSPC/);
  });
});

describe('wattle serve', () => {
  it('ends at once when it is stopped while a platform does not answer', async () => {
    const silent = createServer(() => undefined);
    onTestFinished(() => void silent.close());
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    const { port } = silent.address() as AddressInfo;
    const asked = once(silent, 'request');
    const environment = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_API_URL: `http://127.0.0.1:${port}/api`,
    };
    const { code, stdout } = await wattle(['serve'], { environment, stopAfter: asked });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  });

  it('names the variables that connect a platform when none is set', async () => {
    const { code, stdout } = await wattle(['serve']);
    expect(code).toBe(2);
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'DISCORD_TOKEN', 'ANTHROPIC_API_KEY']) {
      expect(stdout).toContain(name);
    }
  });

  it('names a platform that cannot be reached, and fails when it is the only one', async () => {
    const environment = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_API_URL: 'http://127.0.0.1:9/api',
    };
    const { code, stdout } = await wattle(['serve'], { environment });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^slack: failed\. /);
    expect(stdout).not.toContain('ready');
  });
});

describe('wattle run', () => {
  it('gives the result on one stream and the cost on the other', async () => {
    const { code, stdout, stderr } = await wattle(['run', 'word_count', 'one two three']);
    const [, shown] =
      /word_count "one two three"\n3\nSUCCESS · (\d+) fuel/.exec(await readFile(README, 'utf8')) ?? [];
    expect(stderr).toContain(`SUCCESS · ${shown} fuel`);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '3\n' });
    expect(stderr).toMatch(/^SUCCESS · \d+ fuel · 64 KiB · [\d.]+ ms\n$/);
  });

  it('gives the whole result as JSON', async () => {
    const { stdout } = await wattle(['run', 'word_count', 'one two three', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      outcome: 'ok',
      status: 'SUCCESS',
      result: 3,
      fuel: expect.any(Number),
      memoryBytes: 65_536,
      durationMs: expect.any(Number),
      hostCalls: [],
      debug: [],
      error: null,
      place: null,
    });
  });

  it('runs a bare body from a file', async () => {
    const { code, stdout } = await wattle(['run', await fileOf(UPPER), 'grüße']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'GRÜSSE\n' });
  });

  it('shows a mistake of a body with line, column and caret', async () => {
    const { code, stdout, stderr } = await wattle([
      'run',
      await fileOf(UPPER.replace('$string.upper', '$string.uper')),
      'x',
    ]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('3:7: unknown function "$string.uper"');
    expect(stderr).toContain('  (call $string.uper (local.get $text))\n        ^');
    expect(stderr).toContain('$string.upper');
  });

  it('shows where a body failed, and in a program of the catalog nothing that its user has not written', async () => {
    const file = await fileOf(';; (n: i32) -> i32\n(let $x 6)\n(/ $x\n  (- $n 1))');
    const { stderr } = await wattle(['run', file, '1']);
    expect(stderr).toMatch(/^trap: integer divide by zero\nat 3:1\n {2}\(\/ \$x\n {2}\^\ntrap · /);
    const { stdout } = await wattle(['run', file, '1', '--json']);
    expect(JSON.parse(stdout).place).toEqual({ line: 3, column: 1 });
    const stock = await wattle(['run', 'json_field', '{', 'a']);
    expect(stock.code).toBe(1);
    expect(stock.stderr).not.toMatch(/^at /m);
  });

  it.each([
    ['out-of-fuel', '(loop $again (br $again)) ""', ['--fuel', '1000']],
    ['deadline', '(loop $again (br $again)) ""', ['--fuel', '1000000000000', '--deadline', '50']],
    ['trap', '(unreachable)', []],
    ['status', '(fail EBOUND)', []],
  ])('reports %s with 1', async (outcome, body, options) => {
    const { code, stdout } = await wattle(['run', await fileOf(body), '--json', ...options]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ outcome, result: null, error: expect.any(String) });
  });

  it('grants nothing that was not asked for', async () => {
    const file = await fileOf(
      '(local $e i32) (local $v i32) (call $kv.get "a") (local.set $e) (local.set $v) (check $e) (resv $v)',
    );
    const refused = await wattle(['run', file]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('"$kv.get"');
    const granted = await wattle(['run', file, '--grant', 'kv', '--json']);
    expect(JSON.parse(granted.stdout)).toMatchObject({ outcome: 'status', status: 'ENOENT' });
  });

  it('refuses wrong arguments, programs, files, limits and grants with 2', async () => {
    const calls = [
      ['word_count', 'a', '--grant', 'nope'],
      ['word_count'],
      ['word_cont', 'a'],
      ['nowhere.wat'],
      ['word_count', 'a', '--fuel', '0'],
    ];
    const results = await Promise.all(calls.map((words) => wattle(['run', ...words])));
    expect(results.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
    expect(results[0]?.stderr).toMatch(/^wattle: expected capabilities .* got nope/);
    expect(results[1]?.stderr).toContain('(text: string) -> i32');
    expect(results[2]?.stderr).toContain('word_count');
    expect(results[3]?.stderr).toContain('nowhere.wat');
    expect(results[4]?.stderr).toContain('--fuel: expected a whole number of fuel from 1 to 1000000000000');
  });
});

describe('wattle compile', () => {
  it('prints the assembled module', async () => {
    const { code, stdout } = await wattle(['compile', await fileOf(UPPER)]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\(module/);
    expect(stdout).toContain('(import "string" "upper"');
    expect(stdout).not.toContain('"kv"');
  });

  it('prints the mistakes as the model would see them', async () => {
    const { code, stdout, stderr } = await wattle(['compile', await fileOf('(local.get $x)')]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('1:12: unknown local "$x"');
  });
});

describe('wattle catalog', () => {
  it('lists, shows and checks the stock programs', async () => {
    const [list, show, check] = await Promise.all([
      wattle(['catalog', 'list', '--json']),
      wattle(['catalog', 'show', 'http_get']),
      wattle(['catalog', 'check']),
    ]);
    const names = JSON.parse(list.stdout).map(({ name }: { readonly name: string }) => name);
    expect(names).toContain('http_get');
    expect(names.length).toBeGreaterThanOrEqual(5);
    expect(show.stdout).toContain('grants: http');
    expect(check.code).toBe(0);
    expect(check.stdout).toMatch(/\d+ passed, 0 failed\n$/);
  });
});

describe('WATTLE_CATALOG', () => {
  const header = (name: string) =>
    `;;| name = "${name}"\n;;| description = "Shouts."\n;;| signature = "(text: string) -> string"\n;;| [[example]]\n;;| args = ["a"]\n;;| result = "A"\n`;

  async function ownFolder(): Promise<string> {
    const folder = await makeFolder();
    await writeFile(join(folder, 'shout.wat'), `${header('shout')}${UPPER}`);
    await writeFile(join(folder, 'word_count.wat'), `${header('word_count')}${UPPER}`);
    return folder;
  }

  it('adds programs that can be called, and cannot replace a stock one', async () => {
    const environment = { WATTLE_CATALOG: await ownFolder() };
    const [list, check, own, stock] = await Promise.all([
      wattle(['catalog', 'list'], { environment }),
      wattle(['catalog', 'check'], { environment }),
      wattle(['ask', '@use shout("quiet")'], { environment }),
      wattle(['run', 'word_count', 'a b'], { environment }),
    ]);
    expect(list).toMatchObject({ code: 0, stdout: expect.stringMatching(/^shout\(text: string\)/m) });
    expect(list.stdout).toMatch(/^left out: .*word_count\.wat: .*taken by a stock program/m);
    expect(JSON.parse(list.stderr)).toMatchObject({
      level: expect.anything(),
      file: expect.stringContaining('word_count'),
    });
    expect(check).toMatchObject({ code: 1, stdout: expect.stringMatching(/^ok +shout #1$/m) });
    expect(check.stdout).toMatch(/^FAIL .*word_count\.wat: /m);
    expect(own).toMatchObject({ code: 0, stdout: expect.stringContaining('QUIET') });
    expect(stock.stdout).toMatch(/^2$/m);
  });

  it('is compiled ahead for what offers all of it, and by the program for a run', async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'shout.wat'), `${header('shout')}(resv $nothing)`);
    const environment = { WATTLE_CATALOG: folder };
    const [prompt, list, run, other] = await Promise.all([
      wattle(['prompt'], { environment }),
      wattle(['catalog', 'list'], { environment }),
      wattle(['run', 'shout', 'a'], { environment }),
      wattle(['run', 'word_count', 'a b'], { environment }),
    ]);
    expect(prompt.stdout).not.toContain('shout');
    expect(list.stdout).toMatch(/^left out: .*shout\.wat: .*\$nothing/m);
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('$nothing') });
    expect(other).toMatchObject({ code: 0, stderr: expect.not.stringContaining('shout') });
  });

  it('is wrong when there is no such folder', async () => {
    const { code, stderr } = await wattle(['prompt'], { environment: { WATTLE_CATALOG: 'nowhere' } });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^wattle: WATTLE_CATALOG: expected a folder of programs at nowhere/);
  });
});

describe('a program that was saved at the terminal', () => {
  const script: Script = {
    reply: (said) => (said.includes('greet') ? program(GREETING) : { text: 'done' }),
  };

  it('is kept for the terminal, and the operator sees who saved what', async () => {
    const model = await startScriptedModel(script);
    onTestFinished(() => model.stop());
    const folder = await makeFolder();
    const environment = {
      ANTHROPIC_API_KEY: 'sk-ant-end-to-end',
      ANTHROPIC_BASE_URL: model.baseUrl,
      MODEL,
      GUARD_MODEL,
      SAVE_PROGRAMS: 'everyone',
    };
    const say = (text: string, session: string, changes = {}) =>
      wattle(['ask', '--session', session, text], { folder, environment: { ...environment, ...changes } });
    await say('greet me', 'a');
    const refused = await say('@save greeting: Greets.', 'a', { SAVE_PROGRAMS: '' });
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining('SAVE_PROGRAMS') });
    expect(await say('@save greeting: Greets.', 'a')).toMatchObject({ code: 0 });
    expect((await say('@use greeting', 'b')).stdout).toBe('hello from wasm\n');
    const [list, show, other, check] = await Promise.all([
      wattle(['catalog', 'list', '--workspace', 'terminal:local'], { folder }),
      wattle(['catalog', 'show', 'greeting', '--workspace', 'terminal:local'], { folder }),
      wattle(['catalog', 'list', '--workspace', 'slack:T1'], { folder }),
      wattle(['catalog', 'check', '--workspace', 'terminal:local'], { folder }),
    ]);
    expect(list.stdout).toMatch(
      /^greeting\(\) -> string {2}Greets\. {2}\(saved by terminal:.+; grants: none; [0-9a-f]{64}\)\n$/,
    );
    expect(show.stdout).toContain('example: greeting() = "hello from wasm"');
    expect(show.stdout).toContain('(resv "hello from wasm")');
    expect(other).toMatchObject({ code: 0, stdout: '' });
    expect(check.code).toBe(2);
  });

  it('needs no more than the words in a conversation', async () => {
    const { stdout } = await wattle(['chat'], {
      input: '@programs\n@forget nothing\n',
      environment: { SAVE_PROGRAMS: 'everyone' },
    });
    expect(stdout).toContain('`word_count(text: string) -> i32`');
    expect(stdout).toContain('There is no saved program `nothing`');
  });
});

describe('wattle prompt', () => {
  it('prints what the model is given as JSON', async () => {
    const { code, stdout } = await wattle(['prompt']);
    const { system, tools } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(system).toContain('\nhttp (');
    expect(system).toMatch(/ word_count\b/);
    expect(tools.map(({ name }: { readonly name: string }) => name)).toEqual([
      'run_program',
      'use_program',
      'look_up',
    ]);
  });
});

describe('wattle ask', () => {
  it('answers from the catalog without a key, progress apart from the answer', async () => {
    const { code, stdout, stderr } = await wattle(['ask'], {
      input: 'count the words in: the quick brown fox\n',
    });
    expect(code).toBe(0);
    expect(stdout).toContain('4');
    expect(stderr).toContain('word_count');
  });

  it('says plainly what it cannot answer without a key', async () => {
    const { stdout } = await wattle(['ask', 'write me a poem about rain']);
    expect(stdout).toContain('ANTHROPIC_API_KEY');
    expect(stdout).toContain('@programs');
  });

  it('tells which setting a local server does not take, and why, and that nothing was judged', async () => {
    const error = { type: 'not_found_error', message: "model 'local' not found" };
    const server = createServer((_request, response) => {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ type: 'error', error }));
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const environment = { LOCAL_MODEL_URL: `http://127.0.0.1:${port}` };
    const { code, stdout, stderr } = await wattle(['ask', 'hello'], { environment });
    expect(code).toBe(1);
    expect(stdout).toContain('check `LOCAL_MODEL`');
    const warned = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(warned).toMatchObject([
      { msg: 'guard.verdict', verdict: { kind: 'unavailable', passed: true } },
      { msg: 'turn.finished', error: expect.stringContaining("model 'local' not found") },
    ]);
  });

  it('prints the events as one JSON object a line', async () => {
    const { stdout } = await wattle(['ask', '--json', '@use word_count("a b")']);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['turn.started', 'run.started', 'run.finished', 'answer', 'turn.finished']),
    );
    expect(events.find(({ type }) => type === 'run.finished')).toMatchObject({
      outcome: 'ok',
      status: 'SUCCESS',
    });
  });

  it('fails when a program that was called by name could not do its work', async () => {
    const calls = ['@use nope(1)', '@use json_field("{", "a")', '@use word_count('];
    const results = await Promise.all(calls.map((call) => wattle(['ask', call])));
    expect(results.map(({ code }) => code)).toEqual([1, 1, 1]);
  });

  it('goes on with a named conversation', async () => {
    const folder = await makeFolder();
    await wattle(['ask', '--session', 'trip', '@use remember("city", "Porto")'], { folder });
    const [same, other] = await Promise.all([
      wattle(['ask', '--session', 'trip', '@use recall("city")'], { folder }),
      wattle(['ask', '@use recall("city")'], { folder }),
    ]);
    expect(same.stdout).toContain('Porto');
    expect(other.stdout).toContain('Nothing is remembered under city.');
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'says that the request was stopped by %s, and exits as a stopped command does',
    async (stopSignal, code) => {
      const world = await startOutsideWorld({});
      onTestFinished(() => world.stop());
      const words = ['ask', `@use http_get(${JSON.stringify(world.url('/never'))})`];
      const environment = { HTTP_LOOPBACK_PORTS: String(world.port) };
      const stopAfter = world.visited('/never');
      const stopped = await wattle(words, { environment, stopAfter, stopSignal });
      expect({ code: stopped.code, stdout: stopped.stdout.trim() }).toEqual({ code, stdout: 'Stopped.' });
    },
  );

  it('refuses to ask nothing', async () => {
    expect(await wattle(['ask'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('expected a question'),
    });
  });

  it('fetches from a loopback port that is named, and from no other', async () => {
    const world = await startOutsideWorld({ '/a.json': '{"a": [1, 2]}' });
    onTestFinished(() => world.stop());
    const words = ['ask', `read a.1 from ${world.url('/a.json')}`];
    const named = await wattle(words, { environment: { HTTP_LOOPBACK_PORTS: String(world.port) } });
    expect(named.stdout).toContain('2');
    const refused = await wattle(words);
    expect(refused.stdout).toContain('EACCESS');
    expect(world.visits).toEqual(['/a.json']);
  });
});

describe('wattle chat', () => {
  it('answers line by line and remembers within the conversation', async () => {
    const input = 'remember that lunch is pizza\nrecall lunch\n/new\nrecall lunch\n';
    const { code, stdout } = await wattle(['chat'], { input });
    expect(code).toBe(0);
    // Two conversations are worked side by side, so only what each hears is certain.
    expect(stdout.match(/`recall`.*/g)?.toSorted()).toEqual([
      expect.stringContaining('Nothing is remembered under lunch.'),
      expect.stringContaining('pizza'),
    ]);
  });
});
