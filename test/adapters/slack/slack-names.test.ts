import { describe, expect, it } from 'vitest';
import type { FakeSlack } from '../../fakes/slack/fake-slack.ts';
import { createFixture } from './slack-fixture.ts';

const MINUTE = 60_000;

function person(id: string) {
  return { id, name: id };
}

function asked(fake: FakeSlack): number {
  return fake.calls.filter(({ method }) => method === 'users.info').length;
}

describe('the name of an author', () => {
  it('is what Slack shows: the display name, or else the real one', async () => {
    const { adapter, fake } = await createFixture();
    fake.rename('U1', 'Ada');
    fake.rename('U2', ' ');
    expect(await adapter.nameOf(person('U1'))).toBe('Ada');
    expect(await adapter.nameOf(person('U2'))).toBe('Person U2');
  });

  it('is asked once for many who want to know, and again after an hour', async () => {
    let clock = 0;
    const { adapter, fake } = await createFixture({ now: () => clock });
    fake.rename('U1', 'Ada');
    const names = await Promise.all([adapter.nameOf(person('U1')), adapter.nameOf(person('U1'))]);
    fake.rename('U1', 'Ada L.');
    clock = 60 * MINUTE - 1;
    expect([...names, await adapter.nameOf(person('U1'))]).toEqual(['Ada', 'Ada', 'Ada']);
    expect(asked(fake)).toBe(1);
    clock += 1;
    expect(await adapter.nameOf(person('U1'))).toBe('Ada L.');
  });

  it('is the id where the scope is missing, and is not asked for again at once', async () => {
    let clock = 0;
    const scopes = ['app_mentions:read', 'chat:write', 'im:history'];
    const { adapter, fake } = await createFixture({ slack: { scopes }, now: () => clock });
    expect(await adapter.nameOf(person('U1'))).toBe('U1');
    clock = 5 * MINUTE - 1;
    expect(await adapter.nameOf(person('U1'))).toBe('U1');
    expect(asked(fake)).toBe(1);
    clock += 1;
    expect(await adapter.nameOf(person('U1'))).toBe('U1');
    expect(asked(fake)).toBe(2);
  });

  it.each([
    ['nobody of that id', { error: 'user_not_found' }],
    ['an answer that is lost', { dropAfterAccept: true }],
    ['a limit of the rate', { status: 429, retryAfter: 60 }],
    ['an answer that never comes', { stallAfterAccept: true }],
  ])('is the id after %s', async (_name, fault) => {
    const { adapter, fake, pauses } = await createFixture({ timeoutMs: 100 });
    fake.rename('U1', 'Ada');
    fake.failNext('users.info', fault);
    expect(await adapter.nameOf(person('U1'))).toBe('U1');
    expect({ pauses, calls: asked(fake) }).toEqual({ pauses: [], calls: 1 });
  });

  it('is kept for 1,000 people', async () => {
    const { adapter, fake } = await createFixture();
    for (let number = 0; number <= 1_000; number += 1) await adapter.nameOf(person(`U${number}`));
    await adapter.nameOf(person('U1000'));
    expect(asked(fake)).toBe(1_001);
    await adapter.nameOf(person('U0'));
    expect(asked(fake)).toBe(1_002);
  });
});
