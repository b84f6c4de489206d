import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { isAlive } from '../../src/composition/is-alive.ts';

describe('isAlive', () => {
  it('knows a process that runs from one that has ended', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    expect(isAlive(pid)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isAlive(pid)).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('finds a process that may belong to another user', () => {
    expect(isAlive(1)).toBe(true);
  });
});
