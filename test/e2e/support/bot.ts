import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const LAUNCHER = resolve(import.meta.dirname, '../../../bin/wattle.js');

/** SIGKILL stands for a crash. */
export type StopSignal = 'SIGTERM' | 'SIGINT' | 'SIGKILL';

/** Wattle as a process of its own, as `npm start` runs it. */
export interface Bot {
  /** What it printed so far. */
  stdout(): string;
  stderr(): string;
  /** The events that it logged, oldest first. */
  logged(): readonly Record<string, unknown>[];
  /** Sends the signal and gives the exit code. */
  stop(signal?: StopSignal): Promise<number | null>;
}

export interface BotOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** Where it is started; a `.env` there would be read. */
  readonly folder: string;
}

/** Starts `wattle serve` and waits until it says `ready`. */
export async function startBot({ environment, folder }: BotOptions): Promise<Bot> {
  const child = spawn(process.execPath, [LAUNCHER, 'serve'], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  await new Promise<void>((ready, failed) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
      if (/^ready/m.test(output.stdout)) {
        ready();
      }
    });
    child.once('exit', (code) =>
      failed(new Error(`exited with ${code} before ready:\n${output.stdout}${output.stderr}`)),
    );
  });
  return {
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    logged: () =>
      output.stderr
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line)),
    stop: (signal = 'SIGTERM') => stopProcess(child, signal),
  };
}

async function stopProcess(child: ChildProcess, signal: StopSignal): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  child.kill(signal);
  const [code] = await once(child, 'exit');
  return code;
}
