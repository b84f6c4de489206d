import { clearLine, createInterface, cursorTo, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Adapter, AdapterHandlers, Content, PostOutcome, Receipt } from '../../src/chat/adapter.ts';
import type { Message, Target } from '../../src/chat/message.ts';
import type { Plan } from '../../src/chat/plan.ts';
import { WattleError } from '../../src/errors.ts';
import { type TerminalSpeaker, terminalMessage } from './terminal-message.ts';
import { changedTasks, renderTask, renderText } from './terminal-render.ts';

/** A `/command` of the conversation. What it gives is printed. */
export interface TerminalCommand {
  readonly about: string;
  run(): string;
}

export interface TerminalOptions {
  /** Where lines come from, or null when the caller makes the messages. */
  readonly input: Readable | null;
  /** Answers go here. */
  readonly output: Writable;
  /** Progress and notices go here. */
  readonly notices: Writable;
  /** Whether a person sits at the keyboard: a prompt is shown and lines can be edited. */
  readonly interactive: boolean;
  /** Name of the conversation that lines belong to at first. */
  readonly session: string;
  readonly speaker: TerminalSpeaker;
  /** Beside `/help`, `/new` and `/quit`, by name. */
  readonly commands: ReadonlyMap<string, TerminalCommand>;
  /** Lines typed in earlier conversations, newest first. */
  readonly history: readonly string[];
  onHistory(lines: readonly string[]): void;
}

export interface TerminalAdapter extends Adapter {
  /** A message of the person at the keyboard in the present conversation. */
  messageOf(text: string): Message;
  /** Settles when the input ends or the person leaves. */
  readonly closed: Promise<void>;
}

const PROMPT = '> ';

export function createTerminalAdapter(options: TerminalOptions): TerminalAdapter {
  return new Terminal(options);
}

class Terminal implements TerminalAdapter {
  readonly name = 'terminal';
  readonly capabilities = { maxText: 1_000_000, editIntervalMs: 0, outlivesProcess: false } as const;
  readonly #options: TerminalOptions;
  readonly #shown = new Map<string, Map<string, string>>();
  readonly #closed = Promise.withResolvers<void>();
  #session: string;
  #lines: Interface | null = null;
  #posts = 0;

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.#session = options.session;
  }

  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  messageOf(text: string): Message {
    return terminalMessage(text, this.#session, this.#options.speaker);
  }

  async start(handlers: AdapterHandlers): Promise<void> {
    const { input, output, interactive, history, onHistory } = this.#options;
    if (input === null || this.#lines !== null) return;
    const lines = createInterface({
      input,
      ...(interactive ? { output, history: [...history], prompt: PROMPT } : {}),
      terminal: interactive,
      historySize: 1_000,
    });
    this.#lines = lines;
    lines.on('line', (line) => this.#read(line, handlers));
    lines.on('history', onHistory);
    lines.on('close', () => {
      this.#lines = null;
      this.#closed.resolve();
    });
    this.#prompt();
  }

  async stop(): Promise<void> {
    this.#lines?.close();
    this.#closed.resolve();
  }

  async post(target: Target, content: Content): Promise<PostOutcome> {
    this.#posts += 1;
    this.#print(this.#options.output, renderText(content.markdown));
    return { ok: true, receipt: { target, messageId: String(this.#posts) } };
  }

  /** Paper does not change: an edit is printed anew. */
  async edit(receipt: Receipt, content: Content): Promise<PostOutcome> {
    this.#print(this.#options.output, renderText(content.markdown));
    return { ok: true, receipt };
  }

  async nameOf({ name }: Message['author']): Promise<string> {
    return name;
  }

  async progress(_target: Target, plan: Plan): Promise<void> {
    const shown = this.#shown.get(plan.id) ?? new Map<string, string>();
    for (const task of changedTasks(plan, shown)) {
      const line = renderTask(task);
      shown.set(task.id, line);
      this.#print(this.#options.notices, line);
    }
    if (plan.finished) {
      this.#shown.delete(plan.id);
    } else {
      this.#shown.set(plan.id, shown);
    }
  }

  #read(line: string, handlers: AdapterHandlers): void {
    if (this.#lines === null) return;
    const text = line.trim();
    if (text.startsWith('/')) {
      this.#command(text.slice(1));
    } else if (text !== '') {
      this.#say(text, handlers);
    }
    this.#prompt();
  }

  /** Nobody delivers a typed line again, so the person is told that it was not taken. */
  #say(text: string, handlers: AdapterHandlers): void {
    try {
      handlers.onMessage(this.messageOf(text));
    } catch (error) {
      if (!(error instanceof WattleError)) throw error;
      this.#print(this.#options.notices, `This was not taken: ${error.message}`);
    }
  }

  #command(name: string): void {
    if (name === 'quit' || name === 'exit') {
      this.#lines?.close();
      return;
    }
    this.#print(this.#options.notices, this.#answerCommand(name));
  }

  #answerCommand(name: string): string {
    const command = this.#options.commands.get(name);
    if (name === 'new') {
      this.#session = this.#options.speaker.newId();
      return 'A new conversation: what was said before is not part of it.';
    }
    if (name === 'help' || command === undefined) {
      const unknown = name === 'help' ? '' : `There is no command /${name}.\n`;
      const own = [...this.#options.commands].map(([key, { about }]) => `/${key}  ${about}`);
      return [`${unknown}/help  this list`, '/new   start over', ...own, '/quit  leave'].join('\n');
    }
    return command.run();
  }

  /** Prints above the line that is being typed. */
  #print(stream: Writable, text: string): void {
    if (this.#options.interactive && this.#lines !== null) {
      cursorTo(this.#options.output, 0);
      clearLine(this.#options.output, 0);
    }
    stream.write(`${text}\n`);
    this.#prompt();
  }

  #prompt(): void {
    if (this.#options.interactive) {
      this.#lines?.prompt(true);
    }
  }
}
