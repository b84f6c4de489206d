import type { TurnCause, TurnEvent } from '../../src/agent/events.ts';
import type { EventOrigin } from '../../src/host/host-event.ts';

type FieldsOf<Event> = Readonly<Record<Exclude<keyof Event, 'type'>, string>>;

interface Description<Event> {
  readonly when: string;
  readonly fields: FieldsOf<Event>;
}

/** What every event has; the types see to it that none is left out here. */
export const ORIGIN: FieldsOf<EventOrigin> = {
  version:
    'Version of these events, a number. It rises when a field changes its meaning or goes away, not when one is added.',
  at: 'When it happened, in Unix milliseconds.',
  turnId: 'Which turn it belongs to.',
  thread: 'The key of the thread.',
  messageId: "The platform's id of the message that the turn works.",
};

/** Every event, in the order in which a turn has them. */
export const EVENTS: {
  readonly [T in TurnEvent['type']]: Description<Extract<TurnEvent, { readonly type: T }>>;
} = {
  'turn.started': { when: 'A turn begins.', fields: { text: 'What the person wrote.' } },
  'guard.verdict': {
    when: 'The guard has judged a text.',
    fields: {
      stage:
        '`pre` for what a person wrote, `observation` for what a program brought in, `post` for the answer.',
      verdict:
        '`{kind: "safe", category, severity}`, `{kind: "blocked", category, severity}`, `{kind: "unavailable", reason, passed}` or `{kind: "off"}`. A `rule` names the local rule that gave it. With `isRefusal: true` the model of the guard refused to judge the text, and the category is an assumption.',
      runId: 'The run that brought the text in; for the stage `observation` alone.',
    },
  },
  'model.started': {
    when: 'The model is asked for a reply.',
    fields: { step: 'Which step, from 1.', model: 'The model that is asked first.' },
  },
  'model.routed': {
    when: 'One of several models was chosen for a reply, or takes it over. What a model said that it takes over from is discarded first.',
    fields: { step: 'Which step.', model: 'The model that answers.', reason: 'Why it was chosen.' },
  },
  'model.delta': {
    when: 'A piece of what the model says, of whole characters. With the guard on they come with the answer, when it has passed: those of all steps in order, but for replies that call in text. What a person reads at last is the `answer`.',
    fields: { step: 'Which step.', text: 'The piece.' },
  },
  'model.discarded': {
    when: "What the deltas said since the step's last `model.started` does not count: no answer came of it, or the model answers anew. With the guard on nothing is shown that would have to be taken back.",
    fields: { step: 'Which step.' },
  },
  'model.finished': {
    when: 'A reply is whole, or failed.',
    fields: {
      step: 'Which step.',
      stopReason: "The Messages API's stop reason, or `failed`.",
      usage: '`{inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens}`, or null where nobody knows.',
      error: 'Code and message of a failure, else null.',
    },
  },
  'program.compiled': {
    when: 'A program that the model wrote compiles.',
    fields: { runId: 'The run that it is for.', title: 'What the step is called.' },
  },
  'program.rejected': {
    when: 'A program that the model wrote does not compile.',
    fields: {
      runId: 'The run that it was for.',
      title: 'What the step is called.',
      error: 'Every mistake with line, column and hint.',
    },
  },
  retry: {
    when: 'The model is given a program back to mend.',
    fields: {
      runId: 'The run that the first of the programs to mend was for.',
      attempt: 'Which try, from 1.',
      maximum: 'How many there may be in a step.',
      reason: 'The mistakes.',
    },
  },
  'run.started': {
    when: 'A program begins to run.',
    fields: {
      runId: 'The run.',
      title: 'What the step is called.',
      program: "`run_program` for one that the model wrote, else the catalog program's name.",
    },
  },
  'run.host-call': {
    when: 'A run was answered a call with effects.',
    fields: {
      runId: 'The run.',
      call: '`{name, status, message}`; the message is null where the guard has yet to judge what the run brought in.',
    },
  },
  'run.finished': {
    when: 'A run is over.',
    fields: {
      runId: 'The run.',
      outcome:
        '`ok`, `status`, `trap`, `out-of-fuel`, `out-of-memory`, `deadline`, `cancelled` or `invalid`.',
      status: 'The name of the status that the program ended with, as the engine gives it; null for none.',
      summary:
        'The result, or what went wrong, on one line; no more than `done` or a name where the guard has yet to judge it.',
      fuel: 'Fuel used.',
      memoryBytes: 'Linear memory at its largest.',
      durationMs: 'Wall clock.',
    },
  },
  observation: {
    when: 'What the model is told of a run.',
    fields: { runId: 'The run.', text: 'The text.' },
  },
  'summary.started': {
    when: 'A small model is asked for a summary, of the conversation or of a long result, once the message has passed the guard.',
    fields: { runId: 'The run whose result it is; left out for the conversation.' },
  },
  'summary.finished': {
    when: 'That summary is there, or none could be made.',
    fields: {
      runId: 'The run whose result it is; left out for the conversation.',
      error: 'Why there is no summary; null where there is.',
    },
  },
  compaction: {
    when: 'The conversation was made shorter; see docs/compaction.md.',
    fields: {
      reason: '`budget` where it passed its budget, `context-too-long` where the model did not take it.',
      kind: 'What came of older turns: `summarised`, or `dropped` where there is no summary; `shortened` where only results of the newest turn became shorter.',
      turns: 'How many turns left it.',
      tokensBefore: 'Tokens of it before, about.',
      tokensAfter: 'Tokens of it now, about.',
      error: 'Why there is no summary; null where there is, or nothing to summarise.',
    },
  },
  steered: {
    when: 'What a person said meanwhile goes to the model with its next step. For who passes `steering` to the agent; the platforms work a message that comes meanwhile as a turn of its own.',
    fields: { text: 'The words.' },
  },
  'program.saved': {
    when: 'A person kept a program for the workspace.',
    fields: {
      name: 'Its name.',
      signature: 'What it takes and gives.',
      grants: 'The capabilities that it is granted.',
      hash: 'A sha-256 of what it does.',
      by: '`platform:id` of the person.',
      replaced: 'The hash of the program whose place it took, or null.',
    },
  },
  'program.forgotten': {
    when: 'A person removed a program of the workspace.',
    fields: { name: 'Its name.', hash: 'A sha-256 of what it did.', by: '`platform:id` of the person.' },
  },
  budget: {
    when: 'A limit is nearly reached, or leaves no room for something. A refusal is told once a turn for each limit.',
    fields: {
      state: '`warning` or `refused`.',
      scope: 'Whose limit: `run`, `turn`, `user`, `channel` or `workspace`.',
      unit: '`tokens`, `usd`, `fuel` or `hostCalls`.',
      used: 'What is spent and set aside.',
      limit: 'The limit.',
      endsAt: 'When the limit begins anew, in Unix milliseconds; null for that of a run or a turn.',
      text: 'The same in words for people.',
    },
  },
  'budget.ask': {
    when: 'After a refusal: what somebody would have to allow to go on.',
    fields: {
      scope: 'Whose limit.',
      unit: 'Of what.',
      limit: 'The limit.',
      extra: 'What to add to it.',
    },
  },
  answer: {
    when: 'The answer, after the guard has judged it.',
    fields: { text: 'Markdown for the person.' },
  },
  'turn.finished': {
    when: 'A turn is over.',
    fields: {
      cause: 'Why; see below.',
      durationMs: 'Wall clock.',
      error: 'For the operator: what went wrong, or null.',
      spent:
        '`{inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, modelCalls, usd, fuel, hostCalls}` of the turn, its guard and its programs included, as far as it was settled by the end of the turn: a call that a stop left behind may be settled later.',
    },
  },
};

export const CAUSES: Readonly<Record<TurnCause, string>> = {
  answered: 'There is an answer.',
  'program-failed':
    'A program or command that a person called by name could not be done, or failed; the answer says why.',
  'blocked-input': 'The guard did not let the message pass.',
  'blocked-output': 'The guard did not let the answer pass; the person reads why in its place.',
  'step-limit': 'The model went on with tools in what it was told was its last step.',
  'time-limit': 'The time that a turn may take was used up.',
  budget: 'A budget of this installation left no room for what it takes.',
  'model-failed': 'The model failed; `error` has the code.',
  refused: 'The message was too long, or the model itself declined to work on it.',
  stopped: 'It was ended from outside.',
  'internal-error': 'A mistake of Wattle; the log has the details.',
};
