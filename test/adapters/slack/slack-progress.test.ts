import { describe, expect, it } from 'vitest';
import type { Plan, Task } from '../../../src/chat/plan.ts';
import type { FakeSlack } from '../../fakes/slack/fake-slack.ts';
import { startWithMention } from './slack-fixture.ts';

const running: Task = { id: 'run-1', title: 'Fetch', state: 'running', detail: '' };
const done: Task = { ...running, state: 'done', detail: '12 bytes' };

function plan(tasks: readonly Task[], finished = false, id = 'turn-1'): Plan {
  return { id, tasks, finished };
}

function statusCalls(fake: FakeSlack): number {
  return fake.calls.filter(({ method }) => method === 'assistant.threads.setStatus').length;
}

describe('progress', () => {
  it('is one message of the thread, edited as the plan goes on', async () => {
    const { adapter, fake, message } = await startWithMention();
    await adapter.progress(message, plan([running]));
    const [, first] = fake.thread('C1', message.thread);
    expect(first).toMatchObject({ text: '⏳ Fetch', edited: false, unfurls: false });
    await adapter.progress(message, plan([done, { ...running, title: 'Parse' }]));
    await adapter.progress(message, plan([done, { ...done, title: 'Parse', detail: 'ok' }], true));
    const [, shown, ...more] = fake.thread('C1', message.thread);
    expect(shown).toMatchObject({ ts: first?.ts, text: '✅ Fetch — 12 bytes\n✅ Parse — ok', edited: true });
    expect(more).toEqual([]);
  });

  it('makes one message of calls that do not wait for each other', async () => {
    const { adapter, fake, message } = await startWithMention();
    await Promise.all([
      adapter.progress(message, plan([running])),
      adapter.progress(message, plan([done])),
      adapter.progress(message, plan([done], true)),
    ]);
    expect(
      fake
        .thread('C1', message.thread)
        .map(({ text }) => text)
        .slice(1),
    ).toEqual(['✅ Fetch — 12 bytes']);
  });

  it('keeps two turns of a thread apart', async () => {
    const { adapter, fake, message } = await startWithMention();
    await adapter.progress(message, plan([running], false, 'turn-1'));
    await adapter.progress(message, plan([done], false, 'turn-2'));
    await adapter.progress(message, plan([done], true, 'turn-1'));
    expect(fake.thread('C1', message.thread)).toHaveLength(3);
  });

  it('posts nothing for a turn that ends without a step', async () => {
    const { adapter, fake, message } = await startWithMention();
    await adapter.progress(message, plan([], true));
    expect(fake.thread('C1', message.thread)).toHaveLength(1);
    expect(statusCalls(fake)).toBe(0);
  });

  it('is a passing status before the first step, shown anew when it is said again, and leaves nothing behind', async () => {
    const { adapter, fake, message } = await startWithMention();
    await adapter.progress(message, plan([]));
    await adapter.progress(message, plan([]));
    expect(fake.status('C1', message.thread)).toBe('is working on it…');
    expect(statusCalls(fake)).toBe(2);
    await adapter.progress(message, plan([], true));
    expect(fake.status('C1', message.thread)).toBe('');
    expect(fake.thread('C1', message.thread)).toHaveLength(1);
  });

  it('gives way to the message of the first step', async () => {
    const { adapter, fake, message } = await startWithMention();
    await adapter.progress(message, plan([]));
    await adapter.progress(message, plan([running]));
    await adapter.progress(message, plan([done], true));
    expect(fake.status('C1', message.thread)).toBe('');
    expect(fake.thread('C1', message.thread)).toHaveLength(2);
    expect(statusCalls(fake)).toBe(1);
  });

  it('asks for the status once only where the app may not show it', async () => {
    const scopes = ['app_mentions:read', 'chat:write', 'im:history'];
    const { adapter, fake, message, log } = await startWithMention({ slack: { scopes } });
    await adapter.progress(message, plan([]));
    await adapter.progress(message, plan([], false, 'turn-2'));
    await adapter.progress(message, plan([], true));
    expect(statusCalls(fake)).toBe(1);
    const said = log.texts().filter((text) => text.includes('does not let this app show'));
    expect(said).toEqual(['info Slack does not let this app show that it is at work']);
  });

  it('does not wait or warn when the status fails, and tries it again for the next turn', async () => {
    const { adapter, fake, message, log, pauses } = await startWithMention();
    const before = log.texts().length;
    fake.failNext('assistant.threads.setStatus', { status: 429, retryAfter: 20 });
    await adapter.progress(message, plan([]));
    await adapter.progress(message, plan([], true));
    expect(log.lines.slice(before).every(({ level }) => level === 'debug')).toBe(true);
    expect(pauses).toEqual([]);
    await adapter.progress(message, plan([], false, 'turn-2'));
    expect(fake.status('C1', message.thread)).toBe('is working on it…');
  });

  it('is no reason to fail when Slack refuses it, and comes with the next call', async () => {
    const { adapter, fake, message, log } = await startWithMention();
    fake.failNext('chat.postMessage', { error: 'restricted_action' });
    await adapter.progress(message, plan([running]));
    expect(log.texts()).toContain('warn could not show progress');
    await adapter.progress(message, plan([done], true));
    expect(fake.thread('C1', message.thread).map(({ text }) => text)).toContain('✅ Fetch — 12 bytes');
  });

  it('finds its message again when the answer to the first post was lost', async () => {
    const { adapter, fake, message } = await startWithMention();
    fake.failNext('chat.postMessage', { dropAfterAccept: true });
    await adapter.progress(message, plan([running]));
    await adapter.progress(message, plan([done], true));
    expect(
      fake
        .thread('C1', message.thread)
        .map(({ text }) => text)
        .slice(1),
    ).toEqual(['✅ Fetch — 12 bytes']);
  });
});
