import { describe, expect, it } from 'vitest';
import { presentResult, presentRun } from '../../src/agent/present-run.ts';
import { parseSignature } from '../../src/wat/signature.ts';
import { programRun } from './fake-runner.ts';

const POLL = '**Where?** Votes: 2\n- Ramen: 2';

const program = (signature: string, ...grants: string[]) => {
  const parsed = parseSignature(signature);
  if (!parsed.ok) throw new Error(parsed.diagnostic.message);
  return { signature: parsed.signature, grants };
};

describe('presentRun', () => {
  it('shows what a program wrote as Markdown', () => {
    const own = program('() -> string', 'kv_channel');
    expect(presentRun('`poll`', programRun({ result: POLL }), own)).toBe(POLL);
  });
});

describe('presentResult', () => {
  it.each(['http', 'fs', 'ai'])('fences text that %s brought in', (grant) => {
    expect(presentResult(POLL, program('() -> string', grant))).toBe(`\`\`\`\n${POLL}\n\`\`\``);
  });

  it.each(['{\n"a": 1}', '[1,\n2]', '<p>\n</p>', 'Mon ██ 2\nWednesday █ 1'])('fences code: %s', (result) => {
    expect(presentResult(result, program('() -> string'))).toBe(`\`\`\`\n${result}\n\`\`\``);
  });

  it('fences what no text is and what comes from an unknown program', () => {
    expect(presentResult('"hex:00"*', program('() -> bytes'))).toBe('```\n"hex:00"*\n```');
    expect(presentResult(POLL, null)).toBe(`\`\`\`\n${POLL}\n\`\`\``);
  });
});
