export type TaskState = 'running' | 'done' | 'failed';

/** One step of a turn, as a person sees it. */
export interface Task {
  readonly id: string;
  /** What is being done, in a few words. */
  readonly title: string;
  readonly state: TaskState;
  /** What came of it, in a line: result or error, fuel and time. Empty while running. */
  readonly detail: string;
}

/** The progress of one turn. The whole plan is sent each time; `id` names the turn. */
export interface Plan {
  readonly id: string;
  readonly tasks: readonly Task[];
  readonly finished: boolean;
}
