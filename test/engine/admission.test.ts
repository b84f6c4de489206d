import { describe, expect, it } from 'vitest';
import { Admission } from '../../src/engine/pool/admission.ts';

function admission(capacity: number) {
  const gate = new Admission(capacity);
  const begun: string[] = [];
  return { gate, begun, enter: (name: string, weight: number) => gate.enter(weight, () => begun.push(name)) };
}

describe('Admission', () => {
  it('lets in what fits, at once', () => {
    const { begun, enter } = admission(10);
    enter('a', 6);
    enter('b', 4);
    enter('c', 1);
    expect(begun).toEqual(['a', 'b']);
  });

  it('keeps the order: nothing small passes by something large', () => {
    const { gate, begun, enter } = admission(10);
    const leave = enter('a', 6);
    enter('large', 8);
    enter('small', 1);
    expect(gate.waiting).toBe(2);
    leave();
    expect(begun).toEqual(['a', 'large', 'small']);
  });

  it('gives up a place in the queue, and the next moves up', () => {
    const { gate, begun, enter } = admission(10);
    enter('a', 6);
    const leaveQueue = enter('large', 8);
    enter('small', 1);
    leaveQueue();
    expect(begun).toEqual(['a', 'small']);
    expect(gate.waiting).toBe(0);
  });

  it('lets in alone what is larger than everything', () => {
    const { begun, enter } = admission(10);
    const leave = enter('huge', 100);
    const leaveNext = enter('b', 1);
    expect(begun).toEqual(['huge']);
    leave();
    leaveNext();
    expect(begun).toEqual(['huge', 'b']);
  });

  it('counts a room that is given up twice only once', () => {
    const { begun, enter } = admission(10);
    const leave = enter('a', 10);
    leave();
    leave();
    enter('b', 10);
    enter('c', 10);
    expect(begun).toEqual(['a', 'b']);
  });
});
