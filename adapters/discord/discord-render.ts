import { escapeMarkdown } from 'discord.js';
import type { Plan, Task, TaskState } from '../../src/chat/plan.ts';

/** Characters that one message holds. */
export const MAX_MESSAGE = 2_000;

const MAX_THREAD_NAME = 100;
const MAX_PROGRESS_LINE = 300;
/** Room for the line that stands for the steps left out. */
const SUMMARY_LENGTH = 40;
const ICONS: Readonly<Record<TaskState, string>> = { running: '⏳', done: '✅', failed: '❌' };
/** Discord's small grey text, so that progress recedes behind the answer. */
const SMALL = '-# ';
const FENCE = /^\s*(```|~~~)/;

/**
 * Markdown as Discord reads it: deep headings become bold and images become links; code stays as it is.
 * Never longer than what came in, so that a text split for Discord still fits.
 */
export function renderContent(markdown: string): string {
  let isCode = false;
  const lines = markdown.split('\n').map((line) => {
    const isFence = FENCE.test(line);
    if (isFence) isCode = !isCode;
    return isCode || isFence ? line : renderLine(line);
  });
  return lines.join('\n');
}

/** The whole plan as one message, a line for each step; the oldest steps give way when it grows too long. */
export function renderPlan({ tasks }: Plan): string {
  const lines = tasks.map(renderTask);
  let length = lines.reduce((sum, line) => sum + line.length + 1, 0);
  if (length <= MAX_MESSAGE) return lines.join('\n');
  let dropped = 0;
  while (length > MAX_MESSAGE - SUMMARY_LENGTH) {
    length -= (lines[dropped]?.length ?? 0) + 1;
    dropped += 1;
  }
  return [`${SMALL}… ${dropped} earlier steps`, ...lines.slice(dropped)].join('\n');
}

/** The question as it is shown in place of the command that asked it; `asker` where Discord names nobody. */
export function renderQuestion(text: string, asker: string | null): string {
  const quote = text.split('\n').map((line) => `> ${line}`);
  const heading = asker === null ? [] : [`**${escapeMarkdown(asker)}** asked:`];
  return cut([...heading, ...quote].join('\n'), MAX_MESSAGE);
}

/** A thread's name: the beginning of the question, or of whom it came from where there are no words. */
export function threadName(text: string, asker: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  return cut(words === '' ? `Question of ${asker}` : words, MAX_THREAD_NAME);
}

function renderLine(line: string): string {
  const heading = /^#{4,6} +(.+?)\s*$/.exec(line)?.[1];
  if (heading !== undefined) return heading.includes('**') ? heading : `**${heading}**`;
  if (line.includes('`')) return line;
  return line.replace(/!\[([^\]]*)\]\(([^)\s]+)\)/g, (_, label: string, url: string) =>
    label === '' ? url : `[${label}](${url})`,
  );
}

function renderTask({ state, title, detail }: Task): string {
  const text = [title, detail].filter((part) => part !== '').join(' — ');
  const oneLine = escapeMarkdown(text.replace(/\s+/g, ' '));
  return cut(`${SMALL}${ICONS[state]} ${oneLine}`, MAX_PROGRESS_LINE);
}

/** Never ends in half a character. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
