import { describe, expect, it } from 'vitest';
import { createQueue } from '../../src/host/queue.ts';

/** Work that begins when the queue lets it and ends when the test says so. */
function createJobs() {
  const begun: string[] = [];
  const gates = new Map<string, PromiseWithResolvers<string>>();
  return {
    begun,
    job: (name: string) => () => {
      begun.push(name);
      const gate = Promise.withResolvers<string>();
      gates.set(name, gate);
      return gate.promise;
    },
    async end(name: string): Promise<void> {
      gates.get(name)?.resolve(name);
      await new Promise((resolve) => setImmediate(resolve));
    },
    async fail(name: string): Promise<void> {
      gates.get(name)?.reject(new Error(name));
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('createQueue', () => {
  it('runs one at a time in a lane, in the order of arrival', async () => {
    const { begun, job, end } = createJobs();
    const queue = createQueue({ maxRunning: 10 });
    const results = ['a1', 'a2', 'a3'].map((name) => queue.run('a', job(name)));
    expect(begun).toEqual(['a1']);
    await end('a1');
    expect(begun).toEqual(['a1', 'a2']);
    await end('a2');
    await end('a3');
    expect(await Promise.all(results)).toEqual(['a1', 'a2', 'a3']);
  });

  it('runs lanes side by side up to the bound', async () => {
    const { begun, job, end } = createJobs();
    const queue = createQueue({ maxRunning: 2 });
    const results = ['a', 'b', 'c', 'd'].map((name) => queue.run(name, job(name)));
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('a');
    await end('c');
    await end('d');
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('lets a waiting lane go before the next work of a busy one', async () => {
    const { begun, job, end } = createJobs();
    const queue = createQueue({ maxRunning: 1 });
    const results = [queue.run('a', job('a1')), queue.run('a', job('a2')), queue.run('b', job('b1'))];
    await end('a1');
    expect(begun).toEqual(['a1', 'b1']);
    await end('b1');
    await end('a2');
    await Promise.all(results);
    expect(begun).toEqual(['a1', 'b1', 'a2']);
  });

  it('passes a failure to its caller and goes on with the lane', async () => {
    const { job, end, fail } = createJobs();
    const queue = createQueue({ maxRunning: 1 });
    const failing = expect(queue.run('a', job('a1'))).rejects.toThrow('a1');
    const next = queue.run('a', job('a2'));
    await fail('a1');
    await failing;
    await end('a2');
    await expect(next).resolves.toBe('a2');
  });

  it('works a thousand messages of fifty threads, each thread in order', async () => {
    const queue = createQueue({ maxRunning: 8 });
    const seen = new Map<string, number[]>();
    let running = 0;
    let most = 0;
    const work = (lane: string, index: number) => async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      seen.set(lane, [...(seen.get(lane) ?? []), index]);
      running -= 1;
    };
    const all = Array.from({ length: 1_000 }, (_, index) => {
      const lane = `lane${index % 50}`;
      return queue.run(lane, work(lane, index));
    });
    await Promise.all(all);
    expect(most).toBe(8);
    for (const [lane, order] of seen) {
      expect(order).toHaveLength(20);
      expect(order, lane).toEqual([...order].sort((a, b) => a - b));
    }
  });
});

describe('idle', () => {
  it('resolves at once when there is no work', async () => {
    await expect(createQueue({ maxRunning: 1 }).idle()).resolves.toBeUndefined();
  });

  it('resolves after the last work, what waits included', async () => {
    const { job, end } = createJobs();
    const queue = createQueue({ maxRunning: 1 });
    let isIdle = false;
    const all = [queue.run('a', job('a1')), queue.run('a', job('a2')), queue.run('b', job('b1'))];
    const idle = queue.idle().then(() => {
      isIdle = true;
    });
    for (const name of ['a1', 'b1', 'a2']) {
      expect(isIdle).toBe(false);
      await end(name);
    }
    await idle;
    await Promise.all(all);
  });
});
