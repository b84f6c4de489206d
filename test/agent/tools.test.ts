import { describe, expect, it } from 'vitest';
import { readTextForm } from '../../src/agent/text-forms.ts';
import { buildTools, parseToolCall } from '../../src/agent/tools.ts';

function messageOf(name: string, input: unknown): string {
  const parsed = parseToolCall(name, input);
  return parsed.ok ? 'no message' : parsed.message;
}

describe('buildTools', () => {
  it('describes the tools as JSON schemas that refuse unknown arguments', () => {
    const tools = buildTools();
    expect(tools).toMatchObject([
      {
        name: 'run_program',
        inputSchema: {
          type: 'object',
          required: ['body'],
          additionalProperties: false,
          properties: { body: { type: 'string' }, signature: { type: 'string' }, title: { type: 'string' } },
        },
      },
      {
        name: 'use_program',
        inputSchema: {
          type: 'object',
          required: ['name'],
          additionalProperties: false,
          properties: { name: { type: 'string' } },
        },
      },
      {
        name: 'look_up',
        inputSchema: { type: 'object', required: ['names'], additionalProperties: false },
      },
    ]);
    expect(tools[0]?.inputSchema).not.toHaveProperty('$schema');
  });
});

describe('parseToolCall', () => {
  it('fills in what may be left out', () => {
    expect(parseToolCall('run_program', { body: '(nop)' })).toEqual({
      ok: true,
      request: { tool: 'run_program', body: '(nop)', signature: null, args: [], title: null },
    });
    expect(parseToolCall('use_program', { name: 'a' })).toEqual({
      ok: true,
      request: { tool: 'use_program', name: 'a', args: [] },
    });
  });

  it('takes names to look up, and refuses none', () => {
    expect(parseToolCall('look_up', { names: ['string.find', 'time'] })).toEqual({
      ok: true,
      request: { tool: 'look_up', names: ['string.find', 'time'] },
    });
    expect(messageOf('look_up', { names: [] })).toContain('names');
  });

  it('takes arguments in order or by name', () => {
    expect(parseToolCall('use_program', { name: 'a', args: [1, 'x'] })).toMatchObject({
      request: { args: [1, 'x'] },
    });
    expect(parseToolCall('use_program', { name: 'a', args: { b: 1 } })).toMatchObject({
      request: { args: { b: 1 } },
    });
  });

  it.each([
    [
      'run_program',
      {},
      'The arguments of run_program do not fit: body: Invalid input: expected string, received undefined',
    ],
    [
      'run_program',
      { body: '' },
      'The arguments of run_program do not fit: body: Too small: expected string to have >=1 characters',
    ],
    [
      'run_program',
      { body: 'x', colour: 1 },
      'The arguments of run_program do not fit: Unrecognized key: "colour"',
    ],
    [
      'use_program',
      { name: 'a', args: 'x' },
      'The arguments of use_program do not fit: args: expected a list of values in the order of the signature, or an object by parameter name',
    ],
    [
      'use_program',
      null,
      'The arguments of use_program do not fit: Invalid input: expected object, received null',
    ],
    ['shell', {}, 'expected the tool run_program, use_program or look_up, got "shell"'],
    [
      'run_program',
      { malformedJson: '{"body": "(i32' },
      'expected the arguments of run_program as one complete JSON object; it broke off or is not JSON at "{\\"body\\": \\"(i32"',
    ],
  ])('refuses %s %j with what was expected', (name, input, message) => {
    expect(messageOf(name, input)).toBe(message);
  });
});

describe('readTextForm', () => {
  const body = '(argv 0 $x)\n(resv $x)';
  const program = (rest: string) =>
    `I will run this.\n\nToolCall::Wat(\n\`\`\`wat\n${body}\n\`\`\`\n${rest})`;

  it('reads a program in a fence', () => {
    expect(readTextForm(program(''))).toEqual({
      ok: true,
      request: { tool: 'run_program', body, signature: null, args: [], title: null },
    });
  });

  it('reads it in the shortest form, with nothing after the bracket', () => {
    expect(readTextForm('ToolCall::Wat(```wat\n(nop)\n```)')).toMatchObject({
      ok: true,
      request: { body: '(nop)' },
    });
  });

  it('refuses two programs in one reply, so that none is left out in silence', () => {
    expect(readTextForm(`${program('')}\n\n${program('')}`)).toEqual({
      ok: false,
      message: 'Expected one ToolCall::Wat( in a reply, got 2; send one at a time',
    });
  });

  it('leaves a program alone that a reply only shows', () => {
    expect(readTextForm(`You would write:\n\n~~~\n${program('')}\n~~~\n`)).toBeNull();
  });

  it('reads its signature and arguments', () => {
    const text = program('signature: (url: string, n: i32) -> string\nargs: ("https://a.example/(x)", 2)\n');
    expect(readTextForm(`${text}\nWait for it.`)).toMatchObject({
      ok: true,
      request: { body, signature: '(url: string, n: i32) -> string', args: ['https://a.example/(x)', 2] },
    });
  });

  it('takes a reply that is one @use and nothing else as a call', () => {
    expect(readTextForm('@use http_get("https://a.example")\n')).toEqual({
      ok: true,
      request: { tool: 'use_program', name: 'http_get', args: ['https://a.example'] },
    });
  });

  it.each([
    'The answer is 42.',
    'You can call it yourself:\n@use http_get("https://a.example")',
    '@use http_get("https://a.example")\nis how you call it.',
    'Inside a sentence, ToolCall::Wat( is only a word.',
  ])('takes %j for an answer', (text) => {
    expect(readTextForm(text)).toBeNull();
  });

  it.each([
    [
      'ToolCall::Wat((i32.const 0))',
      'Expected ToolCall::Wat( then a fenced block that begins with ```wat, then )',
    ],
    [
      'ToolCall::Wat(\n```wat\n(nop)\n```\nargs: ("a" 1)\n)',
      'Expected "," or ")" at character 6 of the args',
    ],
    ['@use http_get("x', 'Expected a closing " for the text that begins here at character 15, got "\\"x".'],
  ])('says what is wrong with %j', (text, message) => {
    expect(readTextForm(text)).toEqual({ ok: false, message });
  });
});
