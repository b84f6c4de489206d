import { describe, expect, it } from 'vitest';
import { KeyedMutex } from '../../src/store/keyed-mutex.ts';

describe('KeyedMutex', () => {
  it('runs work of one key one after another, in order', async () => {
    const mutex = new KeyedMutex();
    const gate = Promise.withResolvers<void>();
    const steps: string[] = [];
    const first = mutex.run('a', async () => {
      steps.push('first begins');
      await gate.promise;
      steps.push('first ends');
    });
    const second = mutex.run('a', async () => {
      steps.push('second');
    });
    const third = mutex.run('a', async () => {
      steps.push('third');
    });
    gate.resolve();
    await Promise.all([first, second, third]);
    expect(steps).toEqual(['first begins', 'first ends', 'second', 'third']);
  });

  it('runs work of different keys side by side', async () => {
    const mutex = new KeyedMutex();
    const gate = Promise.withResolvers<void>();
    const waiting = mutex.run('a', () => gate.promise);
    await expect(mutex.run('b', async () => 'done')).resolves.toBe('done');
    gate.resolve();
    await waiting;
  });

  it('passes a failure to its caller and goes on', async () => {
    const mutex = new KeyedMutex();
    const failing = mutex.run('a', async () => {
      throw new Error('broken');
    });
    const next = mutex.run('a', async () => 'done');
    await expect(failing).rejects.toThrow('broken');
    await expect(next).resolves.toBe('done');
  });
});
