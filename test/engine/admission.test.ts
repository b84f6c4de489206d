import { describe, expect, it } from 'vitest';
import { Admission } from '../../src/engine/pool/admission.ts';

function admission(capacity: number) {
  const gate = new Admission(capacity);
  const begun: string[] = [];
  /** A run that asks for room; `goOn` asks for all of it again. */
  const enter = (name: string, weight: number) => {
    const room = gate.room(weight);
    room.claim(() => begun.push(name));
    return { ...room, goOn: () => room.claim(() => begun.push(`${name} again`)) };
  };
  return { gate, begun, enter };
}

describe('Admission', () => {
  it('lets in what fits, at once', () => {
    const { gate, begun, enter } = admission(10);
    enter('a', 6);
    enter('b', 4);
    enter('c', 1);
    expect(begun).toEqual(['a', 'b']);
    expect(gate).toMatchObject({ used: 10, waiting: 1 });
  });

  it('tells when something begins to wait, once until nothing waits any more', () => {
    let told = 0;
    const gate = new Admission(10, () => {
      told += 1;
    });
    const enter = () => {
      const room = gate.room(10);
      room.claim(() => undefined);
      return room;
    };
    const [a, b, c] = [enter(), enter(), enter()];
    expect([told, a.waits, b.waits]).toEqual([1, false, true]);
    for (const room of [a, b, c]) room.leave();
    expect([told, enter().waits]).toEqual([1, false]);
    enter();
    expect(told).toBe(2);
  });

  it('keeps the order: nothing small passes by something large', () => {
    const { gate, begun, enter } = admission(10);
    const a = enter('a', 6);
    enter('large', 8);
    enter('small', 1);
    expect(gate.waiting).toBe(2);
    a.leave();
    expect(begun).toEqual(['a', 'large', 'small']);
  });

  it('gives up a place in the queue, and the next moves up', () => {
    const { gate, begun, enter } = admission(10);
    enter('a', 6);
    const large = enter('large', 8);
    enter('small', 1);
    large.leave();
    expect(begun).toEqual(['a', 'small']);
    expect(gate.waiting).toBe(0);
  });

  it('lets in alone what is larger than everything', () => {
    const { begun, enter } = admission(10);
    const huge = enter('huge', 100);
    const next = enter('b', 1);
    expect(begun).toEqual(['huge']);
    huge.leave();
    next.leave();
    expect(begun).toEqual(['huge', 'b']);
  });

  it('counts a room that is given up twice only once', () => {
    const { begun, enter } = admission(10);
    const a = enter('a', 10);
    a.leave();
    a.leave();
    enter('b', 10);
    enter('c', 10);
    expect(begun).toEqual(['a', 'b']);
  });

  it('takes a parked run for what it has', () => {
    const { gate, begun, enter } = admission(20);
    for (let run = 0; run < 10; run += 1) enter(`${run}`, 8).shrinkTo(1);
    expect(begun).toHaveLength(10);
    expect(gate).toMatchObject({ used: 10, waiting: 0 });
  });

  it('lets a parked run go on before new ones, once all it may need is free', () => {
    const { gate, begun, enter } = admission(10);
    const a = enter('a', 6);
    a.shrinkTo(1);
    const b = enter('b', 9);
    enter('new', 1);
    a.goOn();
    expect(gate).toMatchObject({ used: 10, waiting: 2 });
    b.leave();
    expect(begun).toEqual(['a', 'b', 'a again', 'new']);
  });

  it('lets a run that already holds everything go on past those that wait', () => {
    const { begun, enter } = admission(10);
    const parked = enter('parked', 8);
    parked.shrinkTo(2);
    const last = enter('last', 8);
    last.shrinkTo(5);
    parked.goOn();
    last.goOn();
    expect(begun).toEqual(['parked', 'last', 'last again']);
    last.leave();
    expect(begun).toEqual(['parked', 'last', 'last again', 'parked again']);
  });

  it('lets new ones in beside a parked run that keeps its whole room', () => {
    const { gate, begun, enter } = admission(20);
    enter('parked', 4).shrinkTo(1);
    const large = enter('large', 8);
    const last = enter('last', 9);
    last.shrinkTo(8);
    large.leave();
    enter('new', 4);
    expect(begun).toEqual(['parked', 'large', 'last', 'new']);
    last.goOn();
    last.leave();
    expect(gate).toMatchObject({ used: 5, waiting: 0 });
  });

  it('keeps what a run always has when it shrinks', () => {
    const { gate } = admission(20);
    const room = gate.room(10, 3);
    room.claim(() => undefined);
    room.shrinkTo(2);
    expect(gate.used).toBe(5);
    room.claim(() => undefined);
    room.shrinkTo(9);
    expect(gate.used).toBe(10);
  });

  it('takes nothing for a run that has left', () => {
    const { gate, begun, enter } = admission(10);
    const a = enter('a', 6);
    a.shrinkTo(1);
    a.leave();
    a.goOn();
    a.shrinkTo(3);
    expect(gate).toMatchObject({ used: 0, waiting: 0 });
    expect(begun).toEqual(['a']);
  });

  it('never comes to a stand, and never passes the sum, however runs grow', () => {
    const gate = new Admission(100);
    const random = sequence(7);
    const unfinished = new Set<number>();
    const ready: (() => void)[] = [];
    const step = (room: ReturnType<typeof gate.room>, run: { id: number; has: number; most: number }) => {
      expect(gate.used).toBeLessThanOrEqual(100);
      run.has += Math.floor(random() * (run.most - run.has + 1));
      if (random() < 0.3) {
        room.leave();
        unfinished.delete(run.id);
        return;
      }
      room.shrinkTo(run.has);
      ready.push(() => room.claim(() => ready.push(() => step(room, run))));
    };
    for (let id = 0; id < 500; id += 1) {
      const run = { id, has: 1, most: 1 + Math.floor(random() * 40) };
      const room = gate.room(run.most);
      unfinished.add(id);
      room.claim(() => ready.push(() => step(room, run)));
    }
    while (ready.length > 0) ready.splice(Math.floor(random() * ready.length), 1)[0]?.();
    expect([...unfinished]).toEqual([]);
    expect(gate).toMatchObject({ used: 0, waiting: 0 });
  });
});

/** Numbers from 0 up to 1, the same in each test run. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
