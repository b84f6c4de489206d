import { describe, expect, it } from 'vitest';
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
