import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/cli/command-line.ts';

const parse = (line: string) => parseCommandLine(line === '' ? [] : line.split(' '));

describe('parseCommandLine', () => {
  it('reads every option of run', () => {
    expect(
      parse('run word_count a b --json --fuel 9 --memory-pages 2 --deadline 50 --grant kv,http --grant json'),
    ).toEqual({
      name: 'run',
      program: 'word_count',
      args: ['a', 'b'],
      json: true,
      grants: ['kv', 'http', 'json'],
      fuel: 9,
      memoryPages: 2,
      deadlineMs: 50,
    });
  });

  it('leaves what run was not told to the program and the configuration', () => {
    expect(parse('run x.wat')).toMatchObject({
      args: [],
      json: false,
      grants: null,
      fuel: null,
      deadlineMs: null,
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
  ])('reads "%s" as %s', (line, name) => {
    expect(parse(line).name).toBe(name);
  });

  it.each([
    ['launch', 'expected a command, but "launch" came'],
    ['run', 'expected wattle run PROGRAM|FILE.wat'],
    ['run a --fuel many', '--fuel: expected a whole number, but "many" came'],
    ['run a --feul 3', "Unknown option '--feul'"],
    ['serve now', 'expected wattle serve, but 1 argument came'],
    ['compile', 'expected wattle compile FILE.wat'],
    ['compile a.wat b.wat', 'expected wattle compile FILE.wat'],
    ['catalog', 'expected wattle catalog list|show NAME|check'],
    ['catalog show', 'expected wattle catalog list|show NAME|check'],
    ['catalog list extra', 'expected wattle catalog list|show NAME|check'],
  ])('refuses "%s" with what it expected', (line, message) => {
    expect(() => parse(line)).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(message) }),
    );
  });
});
