import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeyValue } from '../../src/capabilities/capability.ts';
import { checkCatalog } from '../../src/catalog/check.ts';
import { formatValue } from '../../src/catalog/format-value.ts';
import { loadCatalog } from '../../src/catalog/loader.ts';
import type { ProgramDefinition, ProgramRun } from '../../src/catalog/port.ts';
import { prewarmCatalog } from '../../src/catalog/prewarm.ts';
import { createProgramRunner } from '../../src/catalog/program-runner.ts';
import { memorySpace, sessionContext } from '../capabilities/session-context.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const { catalog, problems } = await loadCatalog(new URL('../../catalog/', import.meta.url));
const programs = catalog.list();

let server: Server;
let origin: string;
let bench: Workbench;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/release') response.end('{"tag": "v2", "files": [{"name": "a.zip"}]}');
    else response.writeHead(404).end();
  });
  const port = await listen(server);
  origin = `http://127.0.0.1:${port}`;
  bench = await openWorkbench([port]);
});

afterAll(async () => {
  await bench.engine.stop();
  await new Promise((resolve) => server.close(resolve));
});

function listen(listener: Server): Promise<number> {
  return new Promise((resolve) => {
    listener.listen(0, '127.0.0.1', () => {
      const address = listener.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

function use(name: string, args: readonly unknown[], kv: KeyValue = memorySpace()): Promise<ProgramRun> {
  const program = catalog.get(name);
  if (program === undefined) throw new TypeError(`no program ${name}`);
  const signal = new AbortController().signal;
  return createProgramRunner(bench).run({ program, args, signal, context: sessionContext({ kv }) });
}

function phrases({ examples }: ProgramDefinition): readonly { says: string; args: readonly string[] }[] {
  return examples.flatMap(({ says, args }) =>
    says === null
      ? []
      : [{ says, args: args.map((arg) => (typeof arg === 'string' ? arg : formatValue(arg))) }],
  );
}

describe('the stock catalog', () => {
  it('loads and compiles whole', async () => {
    expect(problems).toEqual([]);
    expect((await prewarmCatalog(catalog, createProgramRunner(bench))).problems).toEqual([]);
    expect(programs.map(({ name }) => name)).toContain('http_get');
  });

  it('passes every example', async () => {
    const checks = await checkCatalog(catalog, { ...bench, signal: new AbortController().signal });
    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(checks.length).toBeGreaterThanOrEqual(2 * programs.length);
  });

  it.each(programs.map((program) => [program.name, program] as const))(
    'has for %s two phrases or more, each with the arguments word for word',
    (_name, program) => {
      const said = phrases(program);
      expect(said.length).toBeGreaterThanOrEqual(2);
      expect(said.filter(({ says, args }) => !args.every((arg) => says.includes(arg)))).toEqual([]);
    },
  );
});

describe('http_get', () => {
  it('fetches from a server', async () => {
    const run = await use('http_get', [`${origin}/release`]);
    expect(run).toMatchObject({ outcome: 'ok', result: '{"tag": "v2", "files": [{"name": "a.zip"}]}' });
  });

  it('ends with the status of a call that failed, and the reason stands in the host calls', async () => {
    const run = await use('http_get', [`${origin}/missing`]);
    expect(run).toMatchObject({ outcome: 'status', status: 'EREMOTE', result: null });
    expect(run.hostCalls[0]?.message).toContain('404');
  });
});

describe('json_field', () => {
  it('gives the part at a path of what a server answers', async () => {
    expect(await use('json_field', [`${origin}/release`, 'files.0.name'])).toMatchObject({ result: 'a.zip' });
  });

  it('ends with ENOENT where the path leads nowhere', async () => {
    const run = await use('json_field', [`${origin}/release`, 'files.1.name']);
    expect(run).toMatchObject({ outcome: 'status', status: 'ENOENT' });
  });
});

describe('remember and recall', () => {
  it('keep a value in the session, the later one in place of the earlier', async () => {
    const kv = memorySpace();
    expect(await use('remember', ['colour', 'teal'], kv)).toMatchObject({ outcome: 'ok' });
    expect(await use('remember', ['colour', 'red'], kv)).toMatchObject({ outcome: 'ok' });
    expect(await use('recall', ['colour'], kv)).toMatchObject({ result: 'red' });
  });

  it('end with ENOENT for what was never remembered', async () => {
    expect(await use('recall', ['colour'])).toMatchObject({ outcome: 'status', status: 'ENOENT' });
  });
});

describe('word_count', () => {
  it.each([
    ['', 0],
    [' \t\r\n ', 0],
    ['one', 1],
    [' one  two\nthree ', 3],
    ['日本 語', 2],
  ])('counts the words of %j', async (text, words) => {
    expect(await use('word_count', [text])).toMatchObject({ outcome: 'ok', result: words });
  });

  it('counts a long text within the default fuel', async () => {
    expect(await use('word_count', ['word '.repeat(40_000)])).toMatchObject({
      outcome: 'ok',
      result: 40_000,
    });
  });
});
