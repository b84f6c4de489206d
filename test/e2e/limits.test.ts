import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { optionOf } from '../../src/cli/limit-options.ts';
import type { Limits } from '../../src/engine/port.ts';
import { LIMIT_CASES } from '../cli/limit-cases.ts';
import { makeFolder, wattle } from './support/command.ts';

/** Runs the program of a limit's case in a process of its own. */
async function runCase(name: keyof Limits, words: readonly string[], environment = {}) {
  const folder = await makeFolder();
  await writeFile(join(folder, 'program.wat'), LIMIT_CASES[name].file);
  const { code, stdout, stderr } = await wattle(['run', '--json', 'program.wat', ...words], {
    folder,
    environment,
  });
  return { code, stderr, run: stdout === '' ? null : JSON.parse(stdout) };
}

describe('a limit of wattle run in a process of its own', () => {
  it.each(['fuel', 'memoryPages', 'callDepth', 'hostTrafficBytes', 'locals'] as const)(
    '%s bites where it says, and not before',
    async (name) => {
      const { kept, bitten } = LIMIT_CASES[name];
      const option = `--${optionOf(name)}`;
      const [below, at] = await Promise.all([
        runCase(name, [option, String(kept[0])]),
        runCase(name, [option, String(bitten[0])]),
      ]);
      expect(below).toMatchObject({ code: 0, run: kept[1] });
      expect(at).toMatchObject({ code: 1, run: bitten[1] });
    },
  );

  it('comes from the environment, and an option wins over it', async () => {
    const [set, overruled] = await Promise.all([
      runCase('fuel', [], { FUEL: '48' }),
      runCase('fuel', ['--fuel', '49'], { FUEL: '48' }),
    ]);
    expect(set.run).toMatchObject({ outcome: 'out-of-fuel', fuel: 48 });
    expect(overruled.run).toMatchObject({ outcome: 'ok' });
  });

  it('of all programs is refused out of its range', async () => {
    const { code, stderr } = await runCase('fuel', [], { WORKERS: '0', TOTAL_MEMORY: '4GB' });
    expect(code).toBe(2);
    expect(stderr).toContain('WORKERS: expected a whole number from 1 to 256, but it is "0".');
    expect(stderr).toContain('TOTAL_MEMORY: expected a whole number from 1 to 1048576, but it is "4GB".');
  });

  it('of all programs may be small: one that is larger runs alone', async () => {
    const { run } = await runCase('memoryPages', [], { WORKERS: '1', TOTAL_MEMORY: '1' });
    expect(run).toMatchObject({ outcome: 'ok', memoryBytes: 4 * 65_536 });
  });
});
