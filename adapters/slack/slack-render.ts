import type { Content } from '../../src/chat/adapter.ts';
import type { Plan, Task } from '../../src/chat/plan.ts';
import { escapeSlackText } from './slack-text.ts';

/** Slack's limit of `markdown_text` is 12,000; the rest is room for the marks of `inert`, one in seven at worst. */
export const MAX_MARKDOWN = 10_000;

/** `chat.update` takes 4,000 bytes of `text`, counted after escaping. */
const MAX_PLAN_BYTES = 3_800;
const MAX_TITLE = 120;
const MAX_DETAIL = 400;

const ZERO_WIDTH_SPACE = '\u200B';

/** The Markdown of a post, for `markdown_text`. */
export function renderMarkdown(content: Content): string {
  return inert(content.markdown);
}

/** Breaks up every mention of more than one person. The text still reads the same. */
function inert(text: string): string {
  return text
    .replace(/<!(channel|here|everyone)(?:\|[^<>]*)?>/gi, `@${ZERO_WIDTH_SPACE}$1`)
    .replace(
      /<!subteam\^[^<>|]*(?:\|@?([^<>]*))?>/gi,
      (_whole, name: string | undefined) => `@${ZERO_WIDTH_SPACE}${name || 'group'}`,
    )
    .replace(/<!(?=channel|here|everyone|subteam)/gi, `<${ZERO_WIDTH_SPACE}!`)
    .replace(/(?<!\w)@(?=(?:channel|here|everyone)\b)/gi, `@${ZERO_WIDTH_SPACE}`);
}

/** A plan as Slack's own markup, for `text`: a line a task, the oldest left out when there is no room. */
export function renderPlan(plan: Plan): string {
  const lines = plan.tasks.map((task) => renderTask(task, plan.finished));
  const running = plan.tasks.some(({ state }) => state === 'running');
  if (!plan.finished && !running) lines.push('⏳ Working…');
  if (lines.length === 0) return '✅ Done';
  const shown = newestThatFit(lines);
  const left = lines.length - shown.length;
  return left === 0 ? shown.join('\n') : [`… ${left} earlier`, ...shown].join('\n');
}

function renderTask({ state, title, detail }: Task, finished: boolean): string {
  const icon = { running: finished ? '⏹️' : '⏳', done: '✅', failed: '❌' }[state];
  const parts = [oneLine(title, MAX_TITLE), oneLine(detail, MAX_DETAIL)].filter((part) => part !== '');
  return escapeSlackText(`${icon} ${inert(parts.join(' — '))}`);
}

function oneLine(text: string, maximum: number): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()];
  return characters.length <= maximum ? characters.join('') : `${characters.slice(0, maximum - 1).join('')}…`;
}

function newestThatFit(lines: readonly string[]): readonly string[] {
  let room = MAX_PLAN_BYTES;
  const first = lines.findLastIndex((line) => {
    room -= Buffer.byteLength(line) + 1;
    return room < 0;
  });
  return lines.slice(first + 1);
}
