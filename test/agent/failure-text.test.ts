import { describe, expect, it } from 'vitest';
import { failureText, type RunFailure } from '../../src/agent/failure-text.ts';
import { STATUS } from '../../src/engine/status.ts';

function told(failure: Partial<RunFailure>): string {
  return failureText('`it`', { ending: 'EPARSE', error: null, failedCalls: [], ...failure });
}

describe('failureText', () => {
  it('says in words what a status means, and the reason without the words of the engine', () => {
    const reason = 'not JSON at line 1, column 1: expected a value, found "x"';
    expect(told({ error: `the program returned EPARSE: json.parse: ${reason}` })).toBe(
      `\`it\` got something that it cannot read (EPARSE of json.parse): ${reason}`,
    );
  });

  it('leaves a reason that no function gave as it is', () => {
    expect(
      told({ ending: 'EBOUND', error: 'the program returned EBOUND: 300 is out of range: 0 to 255' }),
    ).toBe('`it` met a limit, or a value that is out of range (EBOUND): 300 is out of range: 0 to 255');
  });

  it('fences a reason that could be read as Markdown', () => {
    expect(told({ error: 'the program returned EPARSE: regex.test: bad pattern: "a[*"' })).toBe(
      '`it` got something that it cannot read (EPARSE of regex.test):\n\n```\nbad pattern: "a[*"\n```',
    );
  });

  it('names the form of the language that failed', () => {
    const error = 'the program returned EPARSE: i32: expected a whole number, got "x"';
    expect(told({ error })).toBe(
      '`it` got something that it cannot read (EPARSE of i32): expected a whole number, got "x"',
    );
  });

  it('names what ended the run and not an answer that the program caught', () => {
    const failedCalls = [{ name: 'kv.get', status: 'ENOENT', message: 'nothing there' }];
    const error = 'the program returned EPARSE: json.parse: not JSON';
    expect(told({ error, failedCalls })).toBe(
      '`it` got something that it cannot read (EPARSE of json.parse): not JSON',
    );
  });

  it('takes the last call with the status of the run where the program says no more', () => {
    const failedCalls = [
      { name: 'http.get', status: 'EREMOTE', message: 'first' },
      { name: 'http.get', status: 'EREMOTE', message: 'second' },
      { name: 'kv.get', status: 'ENOENT', message: 'nothing there' },
    ];
    expect(told({ ending: 'EREMOTE', error: 'the program returned EREMOTE', failedCalls })).toBe(
      '`it` got no good answer from outside (EREMOTE of http.get): second',
    );
  });

  it('says so where there is no reason', () => {
    expect(told({ ending: 'EBOUND', error: 'the program returned EBOUND' })).toBe(
      '`it` met a limit, or a value that is out of range (EBOUND). It gave no reason.',
    );
  });

  it('keeps the reason of a run that ended without a status', () => {
    expect(told({ ending: 'out-of-fuel', error: '1,000 fuel were used up; a budget left it 1,000' })).toBe(
      '`it` ran out of fuel (out-of-fuel): 1,000 fuel were used up; a budget left it 1,000',
    );
    expect(told({ ending: 'status', error: 'the program returned 42, which is no status' })).toBe(
      '`it` did not succeed (status): the program returned 42, which is no status',
    );
  });

  it.each(Object.keys(STATUS).filter((name) => name !== 'SUCCESS'))('has words for %s', (ending) => {
    expect(told({ ending })).not.toContain('did not succeed');
  });
});
