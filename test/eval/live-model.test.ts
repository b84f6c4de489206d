import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { ALL_RANGES } from '../../src/engine/engine-limits.ts';
import {
  type MessagesServer,
  replyEvents,
  startMessagesServer,
  writeEvents,
} from '../model/messages-server.ts';
import { runEvaluation } from './evaluation.ts';
import { readOptions } from './options.ts';
import type { Report } from './report.ts';

const SIGNATURE = '(key: string, otherwise: string) -> string';
const RIGHT = '(default (kv.get $key) $otherwise)';

function toolUse(body: string, id: string) {
  const input = { body, signature: SIGNATURE, args: ['lunch', 'x'] };
  return {
    block: { type: 'tool_use', id, name: 'run_program', input: {} },
    deltas: [{ type: 'input_json_delta', partial_json: JSON.stringify(input) }],
  };
}

/** A model that hands in these programs, one a reply, and then answers. */
async function startModel(bodies: readonly string[]): Promise<MessagesServer> {
  let asked = 0;
  return startMessagesServer((response) => {
    const body = bodies[asked];
    asked += 1;
    const said = { block: { type: 'text', text: '' }, deltas: [{ type: 'text_delta', text: 'Tacos.' }] };
    if (body === undefined) writeEvents(response, replyEvents([said]));
    else writeEvents(response, replyEvents([toolUse(body, `call-${asked}`)], 'tool_use'));
  });
}

async function evaluate(server: MessagesServer): Promise<Report & { readonly code: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'wattle-eval-test-'));
  try {
    const file = join(folder, 'report.json');
    const environment = {
      ANTHROPIC_API_KEY: 'sk-ant-test',
      ANTHROPIC_BASE_URL: server.url,
      MODEL: 'claude-test',
    };
    const code = await runEvaluation(readOptions(['--task', 'recall-or-default', '--json', file]), {
      config: parseConfig(environment, ALL_RANGES),
      signal: new AbortController().signal,
      print: () => undefined,
      complain: () => undefined,
    });
    return { ...JSON.parse(await readFile(file, 'utf8')), code };
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
}

describe('the score of a model', () => {
  it('is that of the programs that it hands in, with its tokens and steps', async () => {
    const server = await startModel([RIGHT]);
    const report = await evaluate(server);
    expect(report).toMatchObject({
      author: 'claude-test',
      code: 0,
      usage: { inputTokens: 40, outputTokens: 40 },
    });
    expect(report.tasks[0]).toMatchObject({ passedAt: 1, steps: 2 });
  });

  it('has the repairs that it makes of what the loop tells it', async () => {
    const server = await startModel([RIGHT.slice(0, -1), RIGHT]);
    const report = await evaluate(server);
    expect(report.tasks[0]).toMatchObject({ passedAt: 2, steps: 3 });
    expect(JSON.stringify(server.requests[1]?.body)).toContain('does not compile');
  });

  it('ends when it answers instead of repairing', async () => {
    const report = await evaluate(await startModel(['$otherwise']));
    expect(report.tasks[0]).toMatchObject({ passedAt: null, steps: 2 });
    expect(report.all.failures).toMatchObject({ semantics: 1 });
  });

  it('gives the prompt and the task, and no hidden case', async () => {
    const server = await startModel([]);
    const report = await evaluate(server);
    expect(report.all.failures).toMatchObject({ 'no program': 1 });
    const asked = JSON.stringify(server.requests[0]?.body);
    expect(asked).toContain('kv.get');
    expect(asked).toContain('nothing planned');
    expect(asked).not.toContain('schlüssel');
  });
});
