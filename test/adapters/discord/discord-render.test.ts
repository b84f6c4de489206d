import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_MESSAGE,
  renderContent,
  renderPlan,
  renderQuestion,
  threadName,
} from '../../../adapters/discord/discord-render.ts';
import type { Plan, Task } from '../../../src/chat/plan.ts';

function plan(...tasks: Partial<Task>[]): Plan {
  const filled = tasks.map((task, index) => {
    return { id: `run-${index}`, title: 'Fetch', state: 'done', detail: '', ...task } as const;
  });
  return { id: 'turn-1', tasks: filled, finished: false };
}

describe('renderContent', () => {
  it('leaves what Discord reads itself', () => {
    const markdown = '# Title\n**bold** _it_ `code`\n- [link](https://a.example)\n> quote';
    expect(renderContent(markdown)).toBe(markdown);
  });

  it('makes the headings bold that Discord has no size for', () => {
    expect(renderContent('#### Deep\n###### **Deeper**')).toBe('**Deep**\n**Deeper**');
  });

  it('makes links of images', () => {
    expect(renderContent('![a cat](https://a.example/c.png) ![](https://a.example/d.png)')).toBe(
      '[a cat](https://a.example/c.png) https://a.example/d.png',
    );
  });

  it('leaves code alone', () => {
    const code = '```md\n#### not a heading\n![a](b)\n```\nuse `![a](b)`';
    expect(renderContent(code)).toBe(code);
  });

  it('never grows', () => {
    const piece = fc.constantFrom('#', '####', ' ', '\n', '![', '](', ')', '**', '`', '```', 'word');
    const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
    fc.assert(fc.property(text, (markdown) => renderContent(markdown).length <= markdown.length));
  });
});

describe('renderPlan', () => {
  it('shows a line for each step, with its state', () => {
    const tasks = [
      { title: 'Fetch the page', detail: '12 kB, 8 ms' },
      { title: 'Parse it', state: 'failed', detail: 'EPARSE' },
      { title: 'Try again', state: 'running' },
    ] as const;
    expect(renderPlan(plan(...tasks))).toBe(
      '-# ✅ Fetch the page — 12 kB, 8 ms\n-# ❌ Parse it — EPARSE\n-# ⏳ Try again',
    );
  });

  it('keeps a step on its line and its text from being markup', () => {
    expect(renderPlan(plan({ title: 'a\n\n**b**', detail: '`c`' }))).toBe('-# ✅ a \\*\\*b\\*\\* — \\`c\\`');
  });

  it('is empty for a plan without steps', () => {
    expect(renderPlan(plan())).toBe('');
  });

  it('fits in one message by leaving out the oldest steps, and says how many', () => {
    const tasks = Array.from({ length: 200 }, (_, index) => ({ title: `Step ${index}`, detail: 'done' }));
    const text = renderPlan(plan(...tasks));
    const lines = text.split('\n');
    expect(text.length).toBeLessThanOrEqual(MAX_MESSAGE);
    expect(text.length).toBeGreaterThan(MAX_MESSAGE - 100);
    expect(lines[0]).toBe(`-# … ${200 - (lines.length - 1)} earlier steps`);
    expect(lines.at(-1)).toBe('-# ✅ Step 199 — done');
  });

  it('cuts a step that is too long', () => {
    const text = renderPlan(plan({ detail: 'x'.repeat(5_000) }));
    expect(text.length).toBe(300);
    expect(text.endsWith('…')).toBe(true);
  });
});

describe('renderQuestion', () => {
  it('quotes every line', () => {
    expect(renderQuestion('one\ntwo', null)).toBe('> one\n> two');
  });

  it('names the asker where it is told', () => {
    expect(renderQuestion('one', 'a_b_')).toBe('**a\\_b\\_** asked:\n> one');
  });

  it('fits in one message', () => {
    expect(renderQuestion('é'.repeat(6_000), 'Ada').length).toBe(MAX_MESSAGE);
  });
});

describe('threadName', () => {
  it('is the question on one line', () => {
    expect(threadName('how  warm\nis it?', 'Ada')).toBe('how warm is it?');
  });

  it('names the asker where there are no words', () => {
    expect(threadName(' \n', 'Ada')).toBe('Question of Ada');
  });

  it('holds a hundred characters and no half of one', () => {
    expect(threadName('x'.repeat(100), 'Ada')).toBe('x'.repeat(100));
    expect(threadName('x'.repeat(101), 'Ada')).toBe(`${'x'.repeat(99)}…`);
    expect(threadName(`${'x'.repeat(98)}😀😀`, 'Ada')).toBe(`${'x'.repeat(98)}…`);
  });
});
