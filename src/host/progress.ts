import type { TurnEvent } from '../agent/events.ts';
import type { Plan, Task, TaskState } from '../chat/plan.ts';

type RunFinished = Extract<TurnEvent, { type: 'run.finished' }>;
type Retry = Extract<TurnEvent, { type: 'retry' }>;

/** Characters of a result or an error that a progress line carries. */
const MAX_DETAIL = 200;

/** The progress of a turn at its start; `id` names the turn. */
export function emptyPlan(id: string): Plan {
  return { id, tasks: [], finished: false };
}

/** The plan after one more event; the very same plan when the event changes nothing that a person sees. */
export function foldEvent(plan: Plan, event: TurnEvent): Plan {
  switch (event.type) {
    case 'run.started':
      return withTask(plan, { id: event.runId, title: event.title, state: 'running', detail: '' });
    case 'run.finished':
      return changeTask(plan, event.runId, {
        state: event.outcome === 'ok' ? 'done' : 'failed',
        detail: detailOf(event),
      });
    case 'guard.verdict':
      return withVerdict(plan, event);
    case 'program.rejected':
      return withTask(plan, {
        id: event.runId,
        title: event.title,
        state: 'failed',
        detail: `does not compile: ${oneLine(event.error)}`,
      });
    case 'summary.started':
      return withSummary(plan, event.runId, 'running');
    case 'summary.finished':
      return withSummary(plan, event.runId, event.error === null ? 'done' : 'failed');
    case 'retry':
      return withRetry(plan, event);
    case 'turn.finished':
      return finish(plan);
    default:
      return plan;
  }
}

/** Adds the task, or puts it in place of the one with its id. */
function withTask(plan: Plan, task: Task): Plan {
  const known = plan.tasks.some(({ id }) => id === task.id);
  const tasks = known ? plan.tasks.map((each) => (each.id === task.id ? task : each)) : [...plan.tasks, task];
  return { ...plan, tasks };
}

function changeTask(plan: Plan, id: string, change: Pick<Task, 'state' | 'detail'>): Plan {
  return { ...plan, tasks: plan.tasks.map((task) => (task.id === id ? { ...task, ...change } : task)) };
}

/** A retry is told in the line of the program that it is to mend. */
function withRetry(plan: Plan, { runId, attempt, maximum }: Retry): Plan {
  const mended = plan.tasks.find(({ id }) => id === runId);
  if (mended === undefined) return plan;
  const detail = `${mended.detail} · retry ${attempt} of ${maximum}`;
  return changeTask(plan, runId, { state: mended.state, detail });
}

/** A task of its own: a terminal would print a run's line anew. The conversation is of no run. */
function withSummary(plan: Plan, runId: string | undefined, state: TaskState): Plan {
  const id = `summary of ${runId ?? 'the conversation'}`;
  const title = runId === undefined ? 'Summarise the conversation' : 'Summarise a long result';
  const detail = state === 'failed' ? 'there is none, so that the rest is left out' : '';
  return withTask(plan, { id, title, state, detail });
}

/** What the guard keeps from the model is told in the line of the run that brought it in. */
function withVerdict(plan: Plan, { runId, verdict }: Extract<TurnEvent, { type: 'guard.verdict' }>): Plan {
  if (runId === undefined || verdict.kind === 'safe' || verdict.kind === 'off') return plan;
  if (verdict.kind === 'unavailable' && verdict.passed) return plan;
  const why = verdict.kind === 'blocked' ? verdict.category : 'it could not be checked';
  return changeTask(plan, runId, { state: 'failed', detail: `withheld by the content guard (${why})` });
}

function finish(plan: Plan): Plan {
  const tasks = plan.tasks.map((task): Task => {
    return task.state === 'running' ? { ...task, state: 'failed', detail: 'stopped' } : task;
  });
  return { ...plan, tasks, finished: true };
}

function detailOf(event: RunFinished): string {
  const cost = `fuel ${event.fuel.toLocaleString('en-US')} · ${Math.round(event.durationMs)} ms`;
  return [endingOf(event), cost].filter((part) => part !== '').join(' · ');
}

/** A failure is named once: most summaries name it already. */
function endingOf({ outcome, status, summary }: RunFinished): string {
  const line = oneLine(summary);
  const name = status ?? outcome;
  if (outcome === 'ok' || line.includes(name)) return line;
  return line === '' ? name : `${name}: ${line}`;
}

/** Text from programs and compilers may have many lines; a progress line has one. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= MAX_DETAIL ? line : `${characters.slice(0, MAX_DETAIL - 1).join('')}…`;
}
