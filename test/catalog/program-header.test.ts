import { describe, expect, it } from 'vitest';
import { parseProgramHeader } from '../../src/catalog/program-header.ts';

const GOOD = 'name = "greet"\ndescription = "Greets."\nsignature = "() -> string"\n';

function problemOf(toml: string): string {
  const outcome = parseProgramHeader(toml);
  return outcome.ok ? 'no problem' : outcome.problem;
}

describe('parseProgramHeader', () => {
  it('reads the keys and leaves out what is optional', () => {
    expect(parseProgramHeader(GOOD)).toEqual({
      ok: true,
      header: {
        name: 'greet',
        description: 'Greets.',
        signature: '() -> string',
        grants: [],
        example: [],
      },
    });
  });

  it('reads an example with recorded host answers', () => {
    const outcome = parseProgramHeader(
      `${GOOD}[[example]]\nsays = "hi"\nargs = ["a", 1, 9007199254740993]\nresult = "x"\n` +
        '[[example.host]]\ncall = "http.get"\nargs = ["u"]\nvalue = "x"\n' +
        '[[example.host]]\ncall = "kv.get"\nstatus = "ENOENT"\nmessage = "no such key"\n',
    );
    expect(outcome.ok && outcome.header.example).toEqual([
      {
        says: 'hi',
        args: ['a', 1, 9007199254740993n],
        result: 'x',
        host: [
          { call: 'http.get', args: ['u'], value: 'x' },
          { call: 'kv.get', status: 'ENOENT', message: 'no such key' },
        ],
      },
    ]);
  });

  it('names every missing key at once', () => {
    expect(problemOf('')).toBe(
      'name: missing, expected string; description: missing, expected string; signature: missing, expected string',
    );
  });

  it('refuses an unknown key by name, with the known ones', () => {
    expect(problemOf(`${GOOD}colour = 1`)).toBe(
      'unknown key colour; expected name, description, signature, grants, example',
    );
  });

  it('refuses an unknown key of an example and of a host answer', () => {
    expect(problemOf(`${GOOD}[[example]]\nargs = []\nsay = "x"`)).toBe(
      'unknown key example.1.say; expected args, result, says, host',
    );
    expect(problemOf(`${GOOD}[[example]]\nargs = []\n[[example.host]]\ncall = "a.b"\nreply = 1`)).toBe(
      'unknown key example.1.host.1.reply; expected call, args, value, status, message',
    );
  });

  it('says where the TOML breaks, in the columns of the file', () => {
    expect(problemOf(' name = "a"\n description = "\n')).toMatch(
      /^line 2, column 20: the header is not TOML: /,
    );
  });

  it('refuses a key that would reach an object of the language', () => {
    expect(problemOf(`${GOOD}__proto__ = 1`)).toMatch(/line 4.*unsafe/);
  });

  it.each([
    [
      'a name with capitals',
      'name = "Greet"',
      'lower-case letter, then lower-case letters, digits or _, got "Greet"',
    ],
    ['a name that is no string', 'name = 3', 'name: expected string, got number'],
    ['a description of two lines', 'description = "a\\nb"', 'description: expected one line of text'],
    ['grants that are no list', 'grants = "http"', 'grants: expected array, got "http"'],
  ])('refuses %s', (_case, line, expected) => {
    const key = line.split(' ')[0] ?? '';
    const rest = GOOD.split('\n').filter((other) => !other.startsWith(`${key} `));
    expect(problemOf([...rest, line].join('\n'))).toContain(expected);
  });

  it.each([
    ['a call without its function', 'call = "http"', 'call: expected capability.function, got "http"'],
    [
      'an unknown status',
      'call = "a.b"\nstatus = "EIO"\nmessage = "m"',
      'status: expected one of ETRFM, ENOMEM',
    ],
    ['a value beside a status', 'call = "a.b"\nvalue = "v"\nstatus = "ENOENT"\nmessage = "m"', 'got both'],
    ['a status without a message', 'call = "a.b"\nstatus = "ENOENT"', 'got one of the two'],
    [
      'a value that no host function gives',
      'call = "a.b"\nvalue = true',
      'value: expected a string or a number',
    ],
  ])('refuses a host answer with %s', (_case, lines, expected) => {
    expect(problemOf(`${GOOD}[[example]]\nargs = []\n[[example.host]]\n${lines}`)).toContain(expected);
  });
});
