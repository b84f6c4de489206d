import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createTerminalAdapter, type TerminalOptions } from '../../../adapters/terminal/terminal-adapter.ts';
import { terminalTarget } from '../../../adapters/terminal/terminal-message.ts';
import type { Message } from '../../../src/chat/message.ts';
import type { Plan } from '../../../src/chat/plan.ts';
import { WattleError } from '../../../src/errors.ts';

const HERE = terminalTarget('default');

function createTerminal(options: Partial<TerminalOptions> = {}) {
  const input = new PassThrough();
  const output = new PassThrough().setEncoding('utf8');
  const notices = new PassThrough().setEncoding('utf8');
  const messages: Message[] = [];
  let ids = 0;
  const adapter = createTerminalAdapter({
    input,
    output,
    notices,
    interactive: false,
    session: 'default',
    speaker: { userName: 'ada', now: () => 1_000, newId: () => `id-${++ids}` },
    commands: new Map([['programs', { about: 'what there is', run: () => 'http_get' }]]),
    history: [],
    onHistory: () => undefined,
    ...options,
  });
  const handlers = {
    onMessage: (message: Message) => void messages.push(message),
    onAction: () => undefined,
  };
  return {
    adapter,
    messages,
    said: () => String(output.read() ?? ''),
    noted: () => String(notices.read() ?? ''),
    async type(...lines: string[]) {
      await adapter.start(handlers);
      input.end(`${lines.join('\n')}\n`);
      await adapter.closed;
    },
  };
}

function plan(detail: string, state: Plan['tasks'][number]['state'], finished = false): Plan {
  return { id: 'turn-1', tasks: [{ id: 'run-1', title: 'Fetch', state, detail }], finished };
}

describe('the terminal adapter', () => {
  it('makes a message of a line', async () => {
    const terminal = createTerminal();
    await terminal.type('  what is new?  ', '', '   ');
    expect(terminal.messages).toEqual([
      { ...HERE, id: 'id-1', author: { id: 'ada', name: 'ada' }, text: 'what is new?', sentAt: 1_000 },
    ]);
  });

  it('says of a line that it was not taken, and reads on', async () => {
    const input = new PassThrough();
    const terminal = createTerminal({ input });
    const taken: string[] = [];
    await terminal.adapter.start({
      onMessage({ text }) {
        if (text === 'first') throw new WattleError('STORE_FAILED', 'cannot write ledger.sqlite');
        taken.push(text);
      },
      onAction: () => undefined,
    });
    input.end('first\nsecond\n');
    await terminal.adapter.closed;
    expect(terminal.noted()).toBe('This was not taken: cannot write ledger.sqlite\n');
    expect(taken).toEqual(['second']);
  });

  it('prints answers on one stream and notices on the other', async () => {
    const terminal = createTerminal();
    const outcome = await terminal.adapter.post(HERE, { markdown: '**42**' }, 'post-1');
    await terminal.adapter.progress(HERE, plan('', 'running'));
    expect(outcome).toEqual({ ok: true, receipt: { target: HERE, messageId: '1' } });
    expect(terminal.said()).toBe('**42**\n');
    expect(terminal.noted()).toBe('… Fetch\n');
  });

  it('prints a task again only when it has changed', async () => {
    const { adapter, noted } = createTerminal();
    await adapter.progress(HERE, plan('', 'running'));
    await adapter.progress(HERE, plan('', 'running'));
    await adapter.progress(HERE, plan('12 bytes', 'done'));
    await adapter.progress(HERE, plan('12 bytes', 'done', true));
    expect(noted()).toBe('… Fetch\n✓ Fetch: 12 bytes\n');
  });

  it('takes control characters out of what it prints', async () => {
    const { adapter, said } = createTerminal();
    await adapter.post(HERE, { markdown: 'a\u001b[31mred\u001b]0;title\u0007\tb\nc' }, 'post-1');
    expect(said()).toBe('a[31mred]0;title\tb\nc\n');
  });

  it('answers its own commands and sends them to nobody', async () => {
    const terminal = createTerminal();
    await terminal.type('/help', '/programs', '/nothing', '/__proto__');
    const noted = terminal.noted();
    expect(noted).toContain('/programs  what there is');
    expect(noted).toContain('http_get\n');
    expect(noted).toContain('There is no command /nothing.');
    expect(noted).toContain('There is no command /__proto__.');
    expect(terminal.messages).toEqual([]);
  });

  it('starts another conversation with /new', async () => {
    const terminal = createTerminal();
    await terminal.type('one', '/new', 'two');
    const [one, two] = terminal.messages;
    expect(one?.thread).toBe('default');
    expect(two?.thread).not.toBe('default');
  });

  it('reads nothing after /quit', async () => {
    const terminal = createTerminal();
    await terminal.type('/quit', 'too late');
    expect(terminal.messages).toEqual([]);
  });

  it('stops before it was started, and twice', async () => {
    const { adapter } = createTerminal();
    await adapter.stop();
    await adapter.stop();
    await expect(adapter.closed).resolves.toBeUndefined();
  });
});
