import { describe, expect, it } from 'vitest';
import { parseCommandLine, USAGE } from '../../src/cli/command-line.ts';
import { optionOf } from '../../src/cli/limit-options.ts';
import { LIMIT_NAMES, LIMIT_RANGES } from '../../src/engine/limits.ts';

const parse = (line: string) => parseCommandLine(line === '' ? [] : line.split(' '));

describe('parseCommandLine', () => {
  it('reads every option of run', () => {
    const limits = LIMIT_NAMES.map((limit) => `--${optionOf(limit)} ${LIMIT_RANGES[limit].most}`).join(' ');
    expect(parse(`run word_count a b --json --grant kv,http --grant json --record f.json ${limits}`)).toEqual(
      {
        name: 'run',
        program: 'word_count',
        args: ['a', 'b'],
        json: true,
        grants: ['kv', 'http', 'json'],
        limits: Object.fromEntries(LIMIT_NAMES.map((limit) => [limit, LIMIT_RANGES[limit].most])),
        record: 'f.json',
      },
    );
  });

  it.each([
    ['--fuel', 'fuel'],
    ['--memory-pages', 'memoryPages'],
    ['--deadline', 'deadlineMs'],
    ['--host-traffic-bytes', 'hostTrafficBytes'],
  ])('takes %s for the limit %s', (option, limit) => {
    expect(parse(`run x.wat ${option} 100`)).toMatchObject({ limits: { [limit]: 100 } });
  });

  it('leaves what run was not told to the program and the configuration', () => {
    expect(parse('run x.wat')).toMatchObject({
      args: [],
      json: false,
      grants: null,
      limits: {},
      record: null,
    });
  });

  describe.each(LIMIT_NAMES)('the limit %s', (limit) => {
    const { least, most, unit } = LIMIT_RANGES[limit];
    const option = `--${optionOf(limit)}`;
    const refused = [...(least > 0 ? [least - 1] : []), most + 1, 'many', '1.5', '1e3', '-1', '0x10', ''];

    it.each([least, most])('can be %s', (value) => {
      expect(parseCommandLine(['run', 'x.wat', option, `${value}`])).toMatchObject({
        limits: { [limit]: value },
      });
    });

    it.each(refused)('cannot be %j: the range is named', (value) => {
      expect(() => parseCommandLine(['run', 'x.wat', `${option}=${value}`])).toThrow(
        expect.objectContaining({
          code: 'USAGE',
          message: `${option}: expected a whole number of ${unit} from ${least} to ${most}, but "${value}" came.`,
        }),
      );
    });

    it('is in the help with its range and default', () => {
      const [line] = USAGE.split('\n').filter((text) => text.trimStart().startsWith(`${option} `));
      const numbers = [least, most, LIMIT_RANGES[limit].default].map((value) =>
        value.toLocaleString('en-US'),
      );
      for (const text of [...numbers, unit]) expect(line).toContain(text);
    });
  });

  it('takes words that begin with a dash after --', () => {
    expect(parse('run add -- -1 --json')).toMatchObject({ args: ['-1', '--json'], json: false });
  });

  it('joins the words of a question', () => {
    expect(parse('ask what is new')).toMatchObject({ text: 'what is new', json: false, session: null });
    expect(parse('ask --json')).toMatchObject({ text: null, json: true });
  });

  it('names the conversation of chat', () => {
    expect(parse('chat')).toEqual({ name: 'chat', session: 'default' });
    expect(parse('chat --session work')).toEqual({ name: 'chat', session: 'work' });
  });

  it.each([
    ['', 'help'],
    ['help', 'help'],
    ['--help', 'help'],
    ['ask --help', 'help'],
    ['run -h', 'help'],
    ['run word_count -- --help', 'run'],
    ['--version', 'version'],
    ['serve', 'serve'],
    ['prompt', 'prompt'],
    ['catalog list', 'catalog'],
    ['catalog show http_get', 'catalog'],
    ['catalog check --json', 'catalog'],
    ['compile a.wat --grant http', 'compile'],
    ['replay f.json --json', 'replay'],
  ])('reads "%s" as %s', (line, name) => {
    expect(parse(line).name).toBe(name);
  });

  it.each([
    ['launch', 'expected a command, but "launch" came'],
    ['run', 'expected wattle run PROGRAM|FILE.wat'],
    ['run a --feul 3', "Unknown option '--feul'"],
    ['serve now', 'expected wattle serve, but 1 argument came'],
    ['compile', 'expected wattle compile FILE.wat'],
    ['compile a.wat b.wat', 'expected wattle compile FILE.wat'],
    ['replay', 'expected wattle replay FILE'],
    ['replay a.json b.json', 'expected wattle replay FILE'],
    ['run a --record', "Option '--record <value>' argument missing"],
    ['run a --fuel 5 --fuel 6', '--fuel may be given once, and came again'],
    ['ask a --session b --session=b', '--session may be given once, and came again'],
    ['catalog', 'expected wattle catalog list|show NAME|check'],
    ['catalog show', 'expected wattle catalog list|show NAME|check'],
    ['catalog list extra', 'expected wattle catalog list|show NAME|check'],
  ])('refuses "%s" with what it expected', (line, message) => {
    expect(() => parse(line)).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(message) }),
    );
  });
});
