import { afterAll, describe, expect, it } from 'vitest';
import type { HostAnswer, HostCall } from '../../src/engine/port.ts';
import { program, sharedHarness } from './fixtures/harness.ts';

const { engine, run } = sharedHarness();
afterAll(() => engine.stop());

/** Fetches "grüß", 6 bytes, and then "x"; gives the second status back, plus 16 times the first. */
const TWO_CALLS = program(
  `(local $first i32) (local $second i32)
  (call $host.fetch (i32.const 8)) (local.set $first) (drop)
  (call $host.fetch (i32.const 32)) (local.set $second) (drop)
  (i32.add (local.get $second) (i32.mul (local.get $first) (i32.const 16)))`,
  `(memory (export "memory") 1)
  (data (i32.const 8) "\\06\\00\\00\\00gr\\c3\\bc\\c3\\9f") (data (i32.const 32) "\\01\\00\\00\\00x")`,
);

/** What the program returned, and what the host was asked. */
async function fetchTwice(hostTrafficBytes: number, answer: HostAnswer) {
  const asked: unknown[] = [];
  const onHostCall = async ({ args }: HostCall) => {
    asked.push(args[0]);
    return answer;
  };
  const { error, hostCalls } = await run(TWO_CALLS, { limits: { hostTrafficBytes }, onHostCall });
  return { asked, error, hostCalls };
}

const TEXT: HostAnswer = { ok: true, value: 'ab' };

describe('the bytes in and out of all calls of a run', () => {
  it('are those of texts and bytes, in UTF-8', async () => {
    const { asked, hostCalls } = await fetchTwice(11, TEXT);
    expect(asked).toEqual(['grüß', 'x']);
    expect(hostCalls).toMatchObject([
      { status: 'SUCCESS', bytesIn: 6, bytesOut: 2 },
      { status: 'SUCCESS', bytesIn: 1, bytesOut: 2 },
    ]);
  });

  it('keep a call from the host whose arguments would pass them, and let later ones through', async () => {
    const { asked, hostCalls, error } = await fetchTwice(5, TEXT);
    expect(asked).toEqual(['x']);
    expect(hostCalls).toMatchObject([
      {
        status: 'EBOUND',
        message: 'arguments of 6 bytes; of the 5 that all calls of a run may move, 5 are left',
        bytesIn: 6,
        bytesOut: 0,
      },
      { status: 'SUCCESS', bytesIn: 1, bytesOut: 2 },
    ]);
    expect(error).toContain('returned 80');
  });

  it('keep a result from the program that would pass them', async () => {
    const { asked, hostCalls } = await fetchTwice(10, TEXT);
    expect(asked).toEqual(['grüß', 'x']);
    expect(hostCalls[1]).toMatchObject({
      status: 'EBOUND',
      message: 'a result of 2 bytes; of the 10 that all calls of a run may move, 1 are left',
      bytesOut: 0,
    });
  });

  it('do not hold back calls that move nothing', async () => {
    const wat = program('(call $host.wait (i32.const 7)) (drop) (drop) (i32.const 0)');
    expect(await run(wat, { limits: { hostTrafficBytes: 0 } })).toMatchObject({ outcome: 'ok' });
  });

  it('leave pure functions out', async () => {
    const fields = '(memory (export "memory") 1) (data (i32.const 8) "\\02\\00\\00\\00hi")';
    const wat = program(
      '(local $s i32) (call $test.echo (i32.const 8)) (local.set $s) (drop) (local.get $s)',
      fields,
    );
    expect(await run(wat, { limits: { hostTrafficBytes: 0 } })).toMatchObject({ outcome: 'ok' });
  });
});
