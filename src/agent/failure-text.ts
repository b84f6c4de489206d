import { presentText } from './present-text.ts';

/** What is known of a run that failed. */
export interface RunFailure {
  /** The status that the program returned or, where it returned none, how its run ended. */
  readonly ending: string;
  readonly error: string | null;
  readonly failedCalls: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string | null;
  }[];
}

/** What a person can make of a status or of another ending; the reason says more. */
const IN_WORDS: Readonly<Record<string, string>> = {
  ETRFM: 'got data of another kind than it works on',
  ENOMEM: 'ran out of memory',
  EACCESS: 'was not allowed to do what it needs',
  ENOENT: 'did not find what it needs',
  EBOUND: 'met a limit, or a value that is out of range',
  EREMOTE: 'got no good answer from outside',
  EPARSE: 'got something that it cannot read',
  'out-of-fuel': 'ran out of fuel',
  'out-of-memory': 'ran out of memory',
  deadline: 'ran out of time',
  cancelled: 'was stopped',
  invalid: 'cannot be run like this',
};

/** The engine's own words before the reason of a program's status: the status, and the function that gave it. */
const ENGINE_WORDS = /^the program returned \w+(?:$|: (?:([a-z]\w*\.[a-z]\w*|[a-z]\w*): )?)/;

/** A failure as Markdown for the person who asked: a sentence that says what happened, and the reason. */
export function failureText(title: string, failure: RunFailure): string {
  const { name, reason } = reasonOf(failure);
  const from = name === null ? failure.ending : `${failure.ending} of ${name}`;
  const start = `${title} ${IN_WORDS[failure.ending] ?? 'did not succeed'} (${from})`;
  if (reason === null) return `${start}. It gave no reason.`;
  const shown = presentText(reason);
  return shown === reason ? `${start}: ${shown}` : `${start}:\n\n${shown}`;
}

/** What ended the run: an answer that the program caught is none, unless nothing else is known. */
function reasonOf({ ending, error, failedCalls }: RunFailure): {
  readonly name: string | null;
  readonly reason: string | null;
} {
  const match = error === null ? null : ENGINE_WORDS.exec(error);
  const said = error?.slice(match?.[0].length ?? 0) ?? '';
  if (said !== '') return { name: match?.[1] ?? null, reason: said };
  const last = failedCalls.findLast(({ status }) => status === ending);
  return { name: last?.name ?? null, reason: last?.message ?? null };
}
