import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_MARKDOWN, renderMarkdown, renderPlan } from '../../../adapters/slack/slack-render.ts';
import type { Task } from '../../../src/chat/plan.ts';

const SLACK_MARKDOWN_LIMIT = 12_000;
const SLACK_UPDATE_LIMIT = 4_000;
const NOTIFIES = /<!(?:channel|here|everyone|subteam)|(?<!\w)@(?:channel|here|everyone)\b/i;

function task(fields: Partial<Task> = {}): Task {
  return { id: 'run-1', title: 'Fetch', state: 'done', detail: '12 bytes', ...fields };
}

describe('renderMarkdown', () => {
  it('leaves Markdown as it is', () => {
    const markdown = '# A\n\n- **b** <@U1> a@example.org\n\n```html\n<!DOCTYPE html> &amp;\n```';
    expect(renderMarkdown({ markdown })).toBe(markdown);
  });

  it.each([
    ['<!channel>', '@channel'],
    ['<!here|here>', '@here'],
    ['<!EVERYONE>', '@EVERYONE'],
    ['<!subteam^S1|@ops>', '@ops'],
    ['<!subteam^S1>', '@group'],
    ['@here', '@here'],
    ['`@channel`', '`@channel`'],
  ])('makes %s inert and readable', (mention, read) => {
    const rendered = renderMarkdown({ markdown: `a ${mention} b` });
    expect(rendered).not.toMatch(NOTIFIES);
    expect(rendered.replaceAll('\u200B', '')).toBe(`a ${read} b`);
  });

  it('leaves no mention of everyone, however it is put together, and stays within the limit', () => {
    const pieces = fc.constantFrom(
      '<!',
      '<',
      '!',
      '>',
      '|',
      '@',
      'here',
      'channel',
      'everyone',
      'subteam^',
      'x',
      ' ',
    );
    const texts = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, (markdown) => !NOTIFIES.test(renderMarkdown({ markdown }))),
      { numRuns: 2_000 },
    );
    for (const unit of ['@here,', '<!here', '<!here>', '<!subteam^>']) {
      const markdown = unit.repeat(MAX_MARKDOWN / unit.length);
      expect(renderMarkdown({ markdown }).length).toBeLessThanOrEqual(SLACK_MARKDOWN_LIMIT);
    }
  });
});

describe('renderPlan', () => {
  it('shows a line a task, with its state, title and detail', () => {
    const tasks = [
      task(),
      task({ state: 'failed', detail: 'EREMOTE' }),
      task({ state: 'running', detail: '' }),
    ];
    expect(renderPlan({ id: 't', tasks, finished: false })).toBe(
      '✅ Fetch — 12 bytes\n❌ Fetch — EREMOTE\n⏳ Fetch',
    );
  });

  it('says that work goes on between two tasks, and before the first', () => {
    expect(renderPlan({ id: 't', tasks: [], finished: false })).toBe('⏳ Working…');
    expect(renderPlan({ id: 't', tasks: [task()], finished: false })).toBe(
      '✅ Fetch — 12 bytes\n⏳ Working…',
    );
  });

  it('says nothing of work that goes on once it is finished', () => {
    const cut = renderPlan({ id: 't', tasks: [task({ state: 'running', detail: '' })], finished: true });
    expect(cut).toBe('⏹️ Fetch');
    expect(renderPlan({ id: 't', tasks: [], finished: true })).toBe('✅ Done');
  });

  it('lets a result hold no markup of Slack and no second line', () => {
    const detail = '<!channel>\n<https://evil.example|click> & <@U1>';
    const line = renderPlan({ id: 't', tasks: [task({ detail })], finished: true });
    expect(line).not.toMatch(/[<>\n]/);
    expect(line).not.toMatch(NOTIFIES);
    expect(line).toContain('&lt;https://evil.example|click&gt; &amp; &lt;@U1&gt;');
  });

  it('keeps the newest tasks when not all of them fit', () => {
    const tasks = Array.from({ length: 60 }, (_, index) =>
      task({ title: `Step ${index}`, detail: '&'.repeat(500) }),
    );
    const text = renderPlan({ id: 't', tasks, finished: true });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(SLACK_UPDATE_LIMIT);
    expect(text).toMatch(/^… \d+ earlier\n/);
    expect(text).toContain('Step 59');
  });
});
