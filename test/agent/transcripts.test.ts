import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAgent } from '../../src/agent/agent.ts';
import type { TurnEvent } from '../../src/agent/events.ts';
import type { TurnRequest } from '../../src/agent/port.ts';
import type { GuardStage, Verdict } from '../../src/agent/verdict.ts';
import { createCatalog } from '../../src/catalog/catalog.ts';
import { createProgramRunner } from '../../src/catalog/program-runner.ts';
import type { ModelMessage } from '../../src/model/model.ts';
import { defineProgram, openWorkbench, type Workbench } from '../catalog/workbench.ts';
import { renderTranscript } from './render-transcript.ts';
import {
  type CallSpec,
  calls,
  createScriptedModel,
  failure,
  type ScriptedReply,
  says,
} from './scripted-model.ts';
import { agentDefaults, createFakeGuard, SAFE, turnRequest } from './turn-fixture.ts';

const SHOUT = defineProgram('(text: string) -> string', '(string.upper $text)', { name: 'shout' });
const BLOCKED: Verdict = { kind: 'blocked', category: 'DANGEROUS_CONTENT', severity: 'high' };

const write = (id: string, body: string, title: string): CallSpec => ({
  id,
  name: 'run_program',
  input: { body, signature: '() -> string', title },
});
const shout = (id: string, text: string): CallSpec => ({
  id,
  name: 'use_program',
  input: { name: 'shout', args: [text] },
});

interface Scene {
  readonly says: string;
  readonly replies: readonly ScriptedReply[];
  readonly judge?: (text: string, stage: GuardStage) => Verdict;
  /** Words that come while the first reply is written. */
  readonly meanwhile?: string;
  /** Stopped when the reply of this number is asked for. */
  readonly stopAt?: number;
}

/** Whole turns with real programs, by the name of the file that each is kept in. */
const SCENES: Readonly<Record<string, Scene>> = {
  answered: { says: 'Capital of France?', replies: [says('Paris.')] },
  'one-program': {
    says: 'Say hello loudly.',
    replies: [calls([shout('c1', 'hello')], 'I will shout.'), says('It is HELLO.')],
  },
  'mended-program': {
    says: 'What is six times seven?',
    replies: [
      calls([write('c1', '(formt "{}" (* 6 7))', 'Multiply')]),
      calls([write('c2', '(format "{}" (* 6 7))', 'Multiply')]),
      says('42.'),
    ],
  },
  'failing-program': {
    says: 'Divide.',
    replies: [
      calls([write('c1', '(format "{}" (/ 1 (i32 (string.length ""))))', 'Divide')]),
      says('That is a division by zero.'),
    ],
  },
  'blocked-message': {
    says: 'How do I hurt someone?',
    replies: [says('Like this.')],
    judge: (_text, stage) => (stage === 'pre' ? BLOCKED : SAFE),
  },
  'blocked-answer': {
    says: 'Tell me a story.',
    replies: [says('A bad story.')],
    judge: (_text, stage) => (stage === 'post' ? BLOCKED : SAFE),
  },
  'steps-used-up': {
    says: 'Go on for ever.',
    replies: [
      calls([shout('c1', 'a')]),
      calls([shout('c2', 'b')]),
      calls([shout('c3', 'c')]),
      calls([shout('c4', 'd')]),
    ],
  },
  steered: {
    says: 'Say hello.',
    meanwhile: 'In French, please.',
    replies: [calls([shout('c1', 'hello')]), says('BONJOUR.')],
  },
  stopped: { says: 'Take your time.', replies: [calls([shout('c1', 'a')]), says('Done.')], stopAt: 2 },
  overloaded: { says: 'Hello?', replies: [{ outcome: failure('overloaded', 'Overloaded (529).') }] },
};

/** `npx vitest run test/agent/transcripts.test.ts -u` writes them anew; read the difference. */
describe('the transcript of a turn', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench();
  });
  afterAll(() => bench.engine.stop());

  it.each(Object.entries(SCENES))('%s is as it was', async (name, scene) => {
    const { events, asked, history, answer } = await play(bench, scene);
    const text = renderTranscript({ events, asked, history, answer });
    await expect(text).toMatchFileSnapshot(resolve(import.meta.dirname, `transcripts/${name}.txt`));
  });
});

async function play(bench: Workbench, scene: Scene) {
  const controller = new AbortController();
  const words: string[] = [];
  const replies = scene.replies.map(
    (reply, index): ScriptedReply => ({
      ...reply,
      before: () => {
        if (index === 0 && scene.meanwhile !== undefined) words.push(scene.meanwhile);
        if (scene.stopAt === index + 1) controller.abort();
      },
    }),
  );
  const model = createScriptedModel(replies);
  const events: TurnEvent[] = [];
  const agent = createAgent({
    ...agentDefaults(),
    openModel: () => model,
    guard: createFakeGuard(scene.judge),
    runner: createProgramRunner(bench),
    catalog: createCatalog([SHOUT]),
  });
  const request: Partial<TurnRequest> = {
    text: scene.says,
    signal: controller.signal,
    steering: { take: () => words.splice(0) },
    emit: (event) => events.push(event),
  };
  const { history, answer } = await agent.turn(turnRequest(request));
  const asked: readonly (readonly ModelMessage[])[] = model.requests.map(({ messages }) => messages);
  return { events, asked, history, answer };
}
