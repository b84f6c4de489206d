import type { Plan, Task, TaskState } from '../../src/chat/plan.ts';

const MARKS: Readonly<Record<TaskState, string>> = { running: '…', done: '✓', failed: '✗' };

/** Every control character but tab and line feed, so that no text can move the cursor or recolour the screen. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it takes out.
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

export function renderText(markdown: string): string {
  return markdown.replace(CONTROLS, '');
}

export function renderTask({ state, title, detail }: Task): string {
  const line = detail === '' ? `${MARKS[state]} ${title}` : `${MARKS[state]} ${title}: ${detail}`;
  return renderText(line);
}

/** The tasks of a plan whose line differs from what was shown of it before, by task id. */
export function changedTasks(plan: Plan, shown: ReadonlyMap<string, string>): readonly Task[] {
  return plan.tasks.filter((task) => shown.get(task.id) !== renderTask(task));
}
