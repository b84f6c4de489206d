import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/loader.ts';
import type { Example, ProgramDefinition } from '../../src/catalog/port.ts';
import { createRecordedHost } from '../../src/catalog/recorded-host.ts';
import { createRecordingRunner } from '../../src/catalog/recording-runner.ts';
import { type ProgramReplay, replayProgram } from '../../src/catalog/replay-program.ts';
import type { Limits } from '../../src/engine/port.ts';
import { parseRecording } from '../../src/engine/replay/recording-text.ts';
import { allCapabilities } from './all-capabilities.ts';
import { defineProgram, openWorkbench, type Workbench } from './workbench.ts';

const { catalog } = await loadCatalog(new URL('../../catalog/', import.meta.url));
const signal = new AbortController().signal;

let here: Workbench;
let elsewhere: Workbench;

beforeAll(async () => {
  const [one, other] = await Promise.all([openWorkbench(), openWorkbench()]);
  here = { ...one, capabilities: allCapabilities() };
  elsewhere = { ...other, capabilities: allCapabilities() };
});

afterAll(async () => {
  await Promise.all([here.engine.stop(), elsewhere.engine.stop()]);
});

/** The recording of a program that runs against the answers of an example. */
async function recordingOf(program: ProgramDefinition, { args, host }: Pick<Example, 'args' | 'host'>) {
  const texts: string[] = [];
  const { capabilities } = createRecordedHost(here.capabilities, host);
  const runner = createRecordingRunner({ ...here, capabilities }, (outcome) => {
    if (outcome.ok) texts.push(outcome.text);
  });
  await runner.run({ program, args, context: null, signal });
  const [text] = texts;
  if (text === undefined) throw new Error('nothing was recorded');
  return text;
}

async function replayText(text: string, limits: Partial<Limits> = {}): Promise<ProgramReplay | 'refused'> {
  const read = parseRecording(text);
  if (!read.ok) return 'refused';
  const recording = { ...read.recording, limits: { ...read.recording.limits, ...limits } };
  return replayProgram(read.program, recording, { ...elsewhere, signal });
}

describe('replayProgram', () => {
  it.each(catalog.list().map((program) => [program.name, program] as const))(
    'gives the same for every example of %s in another engine, with slices of any length',
    async (_, program) => {
      for (const example of program.examples) {
        const text = await recordingOf(program, example);
        for (const limits of [{}, { slice: 100 }]) {
          const replayed = await replayText(text, limits);
          expect(replayed).toMatchObject({ ok: true, replay: { same: true, sameModule: true } });
        }
      }
    },
  );

  it('describes two results by the type of the signature', async () => {
    const program = defineProgram(
      '() -> i64',
      '(local $at i32) (local.set $at (i32.const 64)) (i64.store (local.get $at) (i64.const 5)) (resv $at)',
    );
    const text = await recordingOf(program, { args: [], host: [] });
    const forged = text.replace('"BQAAAAAAAAA="', '"BgAAAAAAAAA="');
    expect(await replayText(forged)).toMatchObject({
      replay: { same: false, differences: [{ field: 'result', recorded: '6', replayed: '5' }] },
    });
  });

  it('says what is wrong with a program that does not compile here', async () => {
    const text = await recordingOf(defineProgram('() -> none', '(i32.const 0)'), { args: [], host: [] });
    const wrong = [
      [text.replace('i32.const', 'i32.cons'), 'i32.cons'],
      [text.replace('() -> none', '() -> nothing'), 'nothing'],
      [text.replace('"grants": []', '"grants": ["teleport"]'), 'teleport'],
    ] as const;
    for (const [changed, problem] of wrong) {
      expect(await replayText(changed)).toEqual({ ok: false, problem: expect.stringContaining(problem) });
    }
  });

  it('comes to an end whatever was done to the text', async () => {
    const program = defineProgram('(x: i32) -> none', '(i32.const 0)');
    const text = await recordingOf(program, { args: [7], host: [] });
    const characters = fc.constantFrom('', '0', '7', 'A', '"', ' ', '}', '\u0000');
    const change = fc.tuple(fc.nat(text.length - 1), fc.nat(3), characters);
    const ends = new Set<string>();
    await fc.assert(
      fc.asyncProperty(change, async ([at, cut, insert]) => {
        const replayed = await replayText(text.slice(0, at) + insert + text.slice(at + cut));
        if (replayed === 'refused') ends.add(replayed);
        else if (!replayed.ok) ends.add('does not compile');
        else ends.add(replayed.replay.same ? 'same' : 'differs');
      }),
      { numRuns: 300, seed: 1 },
    );
    expect([...ends].sort()).toEqual(['differs', 'does not compile', 'refused', 'same']);
  });
});
