import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startDeadline, unlessAborted } from '../../src/capabilities/deadline.ts';

const never = new Promise<never>(() => undefined);

describe('startDeadline', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('aborts when the time is up, and says so', () => {
    const deadline = startDeadline(new AbortController().signal, 100);
    vi.advanceTimersByTime(99);
    expect([deadline.signal.aborted, deadline.expired()]).toEqual([false, false]);
    vi.advanceTimersByTime(1);
    expect([deadline.signal.aborted, deadline.expired()]).toEqual([true, true]);
  });

  it('aborts with its parent, without having expired', () => {
    const parent = new AbortController();
    const deadline = startDeadline(parent.signal, 100);
    parent.abort();
    expect([deadline.signal.aborted, deadline.expired()]).toEqual([true, false]);
  });

  it('is aborted from the start under a parent that is', () => {
    expect(startDeadline(AbortSignal.abort(), 100).signal.aborted).toBe(true);
  });

  it('leaves neither timer nor listener once it is cleared', () => {
    const parent = new AbortController();
    const deadline = startDeadline(parent.signal, 100);
    deadline.clear();
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(parent.signal, 'abort')).toEqual([]);
    expect(deadline.signal.aborted).toBe(false);
  });
});

describe('unlessAborted', () => {
  it('passes on what the promise gives, and lets go of the signal', async () => {
    const { signal } = new AbortController();
    await expect(unlessAborted(Promise.resolve(1), signal)).resolves.toBe(1);
    await expect(unlessAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('rejects with an AbortError when the signal is first', async () => {
    const controller = new AbortController();
    const waiting = unlessAborted(never, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    await expect(unlessAborted(never, controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});
