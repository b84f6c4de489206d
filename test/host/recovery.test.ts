import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { threadKey } from '../../src/chat/message.ts';
import { createFixture, type Fixture, MESSAGE, PID } from './host-fixture.ts';

const DEAD = 7;
const ALIVE = 8;
const NOTICE =
  'I was restarted before I was done here. If you are still waiting for an answer, please ask again.';

let fixture: Fixture;

beforeEach(async () => {
  fixture = await createFixture();
});

afterEach(() => fixture.close());

/** A new process after what was claimed before. */
async function restart(): Promise<void> {
  await fixture.reopen();
  await fixture.host({ process: { pid: PID, isAlive: (pid) => pid === ALIVE } }).start();
  await fixture.clock.advance(1);
}

describe('what an earlier process left unfinished', () => {
  it('is owned up to in its thread, once, and is done', async () => {
    fixture.store().ledger.claim(MESSAGE, DEAD);
    await restart();
    expect(fixture.adapter.textsIn(MESSAGE)).toEqual([NOTICE]);
    expect(fixture.agent.requests).toEqual([]);
    expect(fixture.store().ledger.unfinished('memory')).toEqual([]);
    await restart();
    expect(fixture.adapter.posts).toHaveLength(1);
  });

  it('is owned up to at the next start when the platform does not answer at this one', async () => {
    fixture.store().ledger.claim(MESSAGE, DEAD);
    for (let attempt = 0; attempt < 8; attempt += 1) {
      fixture.adapter.failNextPost({ kind: 'unknown', message: 'because', arrives: false });
    }
    await restart();
    await fixture.clock.advance(600_000);
    expect(fixture.adapter.textsIn(MESSAGE)).toEqual([]);
    expect(fixture.store().ledger.unfinished('memory')).toHaveLength(1);
    await restart();
    await fixture.clock.advance(600_000);
    expect(fixture.adapter.textsIn(MESSAGE)).toEqual([NOTICE]);
    expect(fixture.store().ledger.unfinished('memory')).toEqual([]);
  });

  it('gets one line a thread, and is logged with its ids', async () => {
    const { ledger } = fixture.store();
    const elsewhere = { ...MESSAGE, id: 'm3', thread: 'other' };
    ledger.claim(MESSAGE, DEAD);
    ledger.claim({ ...MESSAGE, id: 'm2' }, DEAD);
    ledger.claim(elsewhere, DEAD);
    await restart();
    expect(fixture.adapter.posts.map(({ thread }) => thread)).toEqual([
      threadKey(MESSAGE),
      threadKey(elsewhere),
    ]);
    expect(fixture.problems().map(({ fields }) => fields)).toEqual([
      { thread: threadKey(MESSAGE), messageIds: ['m1', 'm2'] },
      { thread: threadKey(elsewhere), messageIds: ['m3'] },
    ]);
  });

  it('is left alone while its process is alive', async () => {
    fixture.store().ledger.claim(MESSAGE, ALIVE);
    await restart();
    expect(fixture.adapter.posts).toEqual([]);
    expect(fixture.store().ledger.unfinished('memory')).toMatchObject([{ pid: ALIVE }]);
  });

  it('is known as such when the dead process had the id of this one, as in a container', async () => {
    fixture.store().ledger.claim(MESSAGE, PID);
    await restart();
    expect(fixture.adapter.textsIn(MESSAGE)).toEqual([NOTICE]);
  });

  it('is told before a message that comes in the thread later is answered', async () => {
    fixture.store().ledger.claim(MESSAGE, DEAD);
    await restart();
    fixture.adapter.say({ ...MESSAGE, id: 'm2', text: 'again' });
    await fixture.clock.advance(1);
    expect(fixture.adapter.textsIn(MESSAGE)).toEqual([NOTICE, 'answer to again']);
  });

  it('waits for a start of its adapter that succeeds', async () => {
    fixture.store().ledger.claim(MESSAGE, DEAD);
    fixture.adapter.start = () => Promise.reject(new Error('no network'));
    await restart();
    expect(fixture.adapter.posts).toEqual([]);
    expect(fixture.store().ledger.unfinished('memory')).toHaveLength(1);
  });

  it('is logged and passed over when it cannot be read', async () => {
    const { thread: _, ...threadless } = MESSAGE;
    fixture.store().ledger.claim(threadless, DEAD);
    fixture.store().ledger.claim({ ...MESSAGE, id: 'm2' }, DEAD);
    await restart();
    expect(fixture.adapter.textsIn(MESSAGE)).toEqual([NOTICE]);
    expect(fixture.problems()[0]).toMatchObject({
      level: 'warn',
      message: 'an unfinished message is unreadable',
      fields: { reason: expect.stringContaining('thread') },
    });
  });

  it('keeps no adapter from starting when the ledger cannot be read', async () => {
    const host = fixture.host();
    await fixture.store().close();
    expect(await host.start()).toEqual([{ name: 'memory', ok: true }]);
    expect(fixture.log.texts()).toEqual(['error unfinished messages could not be looked up']);
  });
});
