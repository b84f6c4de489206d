import { describe, expect, it } from 'vitest';
import { presentRun } from '../../src/agent/present-run.ts';
import { programRun } from './fake-runner.ts';

const POLL = '**Where?** Votes: 2\n- Ramen: 2';

describe('presentRun', () => {
  it('shows what a program wrote as Markdown', () => {
    expect(presentRun('`poll`', programRun({ result: POLL }), ['kv_channel'])).toBe(POLL);
  });

  it.each(['http', 'fs', 'ai'])('fences text that %s brought in', (grant) => {
    expect(presentRun('`x`', programRun({ result: POLL }), [grant])).toBe(`\`\`\`\n${POLL}\n\`\`\``);
  });

  it.each(['{\n"a": 1}', '[1,\n2]', '<p>\n</p>'])('fences code: %s', (result) => {
    expect(presentRun('`x`', programRun({ result }), [])).toBe(`\`\`\`\n${result}\n\`\`\``);
  });
});
