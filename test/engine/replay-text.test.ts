import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/engine/limits.ts';
import type { HostValue } from '../../src/engine/port.ts';
import type { RecordedCall, RunRecording } from '../../src/engine/replay/recording.ts';
import { RECORDING_BYTES } from '../../src/engine/replay/recording.ts';
import { formatRecording, parseRecording } from '../../src/engine/replay/recording-text.ts';

const PROGRAM = { name: 'p', signature: '() -> string', grants: ['http'], body: '(nop)' };

function recordingOf(hostCalls: readonly RecordedCall[] = []): RunRecording {
  return {
    module: 'abc',
    args: [new Uint8Array([0, 255])],
    limits: DEFAULT_LIMITS,
    hostCalls,
    result: {
      outcome: 'ok',
      status: 'SUCCESS',
      result: new Uint8Array([7]),
      fuel: 12,
      memoryBytes: 65_536,
      hostCalls: hostCalls.map(({ call }) => {
        return { name: call, status: 'SUCCESS', message: null, bytesIn: 0, bytesOut: 0 } as const;
      }),
      debug: ['\u001b[31mred', '\ud83d'],
      error: null,
    },
  };
}

function written(recording = recordingOf()): string {
  const text = formatRecording(PROGRAM, recording);
  if (text === null) throw new Error('it is too large');
  return text;
}

/** The text with its parsed form changed by hand. */
function edited(change: (document: Record<string, unknown>) => void): string {
  const document = JSON.parse(written(recordingOf([{ call: 'http.get', args: ['u'], answer: null }])));
  change(document);
  return JSON.stringify(document);
}

const VALUES: readonly HostValue[] = [
  'text "quoted" \u0000 \ud83d \u2028',
  '',
  0,
  -1.5,
  -0,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  5e-324,
  true,
  false,
  2n ** 63n - 1n,
  -(2n ** 63n),
  new Uint8Array(),
  new Uint8Array([0, 128, 255]),
];

describe('a recording as text', () => {
  it('comes back with every kind of value and of answer', () => {
    const recording = recordingOf([
      ...VALUES.map((value) => ({ call: 'a.b', args: [value], answer: { ok: true, value } as const })),
      { call: 'a.b', answer: { ok: true, value: null } },
      { call: 'a.b', answer: { ok: false, status: 'EACCESS', message: '' } },
      { call: 'a.b', answer: { failed: true } },
      { call: 'a.b', answer: null },
    ]);
    expect(parseRecording(written(recording))).toEqual({
      ok: true,
      program: expect.objectContaining(PROGRAM),
      untouched: true,
      recording,
    });
  });

  it('reads a megabyte of bytes', () => {
    const value = new Uint8Array(2 ** 20).fill(7);
    const recording = recordingOf([{ call: 'a.b', answer: { ok: true, value } }]);
    expect(parseRecording(written(recording))).toMatchObject({ ok: true, recording });
  });

  it('is not written when it would be too large to be read', () => {
    const value = 'x'.repeat(RECORDING_BYTES);
    expect(formatRecording(PROGRAM, recordingOf([{ call: 'a.b', answer: { ok: true, value } }]))).toBeNull();
  });

  it('can be written by hand as in the header of a catalog program', () => {
    const text = edited((document) => {
      document.hostCalls = [
        { call: 'http.get', args: ['u'], value: 'page' },
        { call: 'kv.set' },
        { call: 'kv.get', status: 'ENOENT', message: 'nothing there' },
      ];
    });
    expect(parseRecording(text)).toMatchObject({
      recording: {
        hostCalls: [
          { call: 'http.get', args: ['u'], answer: { ok: true, value: 'page' } },
          { call: 'kv.set', answer: { ok: true, value: null } },
          { call: 'kv.get', answer: { ok: false, status: 'ENOENT', message: 'nothing there' } },
        ],
      },
    });
  });

  it('takes the default of a limit that it does not name', () => {
    const text = edited((document) => {
      document.limits = { fuel: 5 };
    });
    expect(parseRecording(text)).toMatchObject({ recording: { limits: { ...DEFAULT_LIMITS, fuel: 5 } } });
  });

  it.each(['signature', 'body', 'grants'])('tells that the %s was changed', (part) => {
    const text = edited((document) => {
      document.program = {
        ...(document.program as object),
        [part]: part === 'grants' ? ['kv'] : '() -> i32',
      };
    });
    expect(parseRecording(text)).toMatchObject({ ok: true, untouched: false });
  });

  it.each([
    ['', 'expected JSON'],
    ['{"wattleRecording": 1', 'expected JSON'],
    ['null', 'expected a recording with "wattleRecording": 1, got "none"'],
    ['[1]', 'expected a recording with "wattleRecording": 1, got "none"'],
    ['{"wattleRecording": 2}', 'expected a recording with "wattleRecording": 1, got 2'],
    [
      '{"wattleRecording": 1}',
      'program: expected an object, got nothing; module: expected a text, got nothing; ',
    ],
  ])('refuses %j', (text, problem) => {
    expect(parseRecording(text)).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });

  it('stops at the first of many mistakes', () => {
    const text = edited((document) => {
      document.args = Array.from({ length: 100_000 }, () => 1);
    });
    const problem = 'args.1: expected a text, got 1';
    expect(parseRecording(text)).toEqual({ ok: false, problem });
  });

  const mistakes: readonly (readonly [string, object, string])[] = [
    ['an unknown key', { more: 1 }, 'expected no "more"'],
    ['a limit out of its range', { limits: { fuel: 0 } }, 'fuel must be'],
    ['an unknown limit', { limits: { petrol: 1 } }, 'limits: expected no "petrol"'],
    ['a limit in words', { limits: { fuel: 'much' } }, 'limits.fuel: expected a number, got "much"'],
    ['half of a unit', { limits: { fuel: 1.5 } }, 'limits.fuel: expected a whole number, got 1.5'],
    ['no list', { hostCalls: {} }, 'hostCalls: expected a list, got an object'],
    [
      'an end that there is not',
      { hostCalls: [{ call: 'a.b', ended: 'x' }] },
      'hostCalls.1.ended: expected threw or unanswered, got "x"',
    ],
    ['a list for a name', { hostCalls: [{ call: ['x'] }] }, 'hostCalls.1.call: expected a text, got a list'],
    ['bytes that are no base64', { args: ['a*'] }, 'expected bytes as base64'],
    ['a call without a capability', { hostCalls: [{ call: 'get' }] }, 'expected capability.function'],
    ['a status without a message', { hostCalls: [{ call: 'a.b', status: 'EPARSE' }] }, 'a message together'],
    ['two answers', { hostCalls: [{ call: 'a.b', value: 1, ended: 'threw' }] }, 'got more'],
    [
      'an i64 of 65 bits',
      { hostCalls: [{ call: 'a.b', value: { i64: `${2n ** 64n}` } }] },
      'expected text, a number',
    ],
    ['SUCCESS as a failure', { hostCalls: [{ call: 'a.b', status: 'SUCCESS', message: '' }] }, 'EACCESS'],
  ];
  it.each(mistakes)('refuses %s', (_, change, problem) => {
    const text = edited((document) => Object.assign(document, change));
    expect(parseRecording(text)).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });
});
