import type { ProgramRun } from '../catalog/port.ts';
import { cutText } from './cut-text.ts';
import { valueText } from './value-text.ts';

const MAXIMUM_RESULT = 20_000;
const MAXIMUM_INLINE = 200;

/** Grants that bring in text of others, which is shown as it came and never as Markdown. */
const FOREIGN: ReadonlySet<string> = new Set(['http', 'fs', 'ai']);
/** JSON, markup and fences: text that is code, whatever else it says. */
const CODE = /^\s*[[{<]|^\s*(?:```|~~~|diff |--- |@@ )/;

/** A run as Markdown for the person who asked for it. `program` names it in the text; without its grants, text is fenced. */
export function presentRun(
  program: string,
  run: ProgramRun,
  grants: readonly string[] = [...FOREIGN],
): string {
  if (run.outcome === 'ok') {
    if (run.result === null) return `${program} is done.`;
    const text = valueText(run.result);
    const isMarkdown =
      typeof run.result === 'string' && !CODE.test(text) && !grants.some((one) => FOREIGN.has(one));
    return isMarkdown && text !== '' ? presentMarkdown(text) : presentText(text);
  }
  const failed = run.hostCalls.filter(({ status }) => status !== 'SUCCESS');
  const calls = failed.map(
    ({ name, status, message }) => `${name} answered ${status}: ${message ?? 'no message'}`,
  );
  const reasons = calls.length > 0 ? calls : [run.error ?? 'no reason was given'];
  return `${program} did not succeed (${run.status ?? run.outcome}).\n\n${presentText(reasons.join('\n'))}`;
}

function presentMarkdown(text: string): string {
  const cut = cutText(text, MAXIMUM_RESULT);
  return cut.note === null ? cut.text : `${cut.text}\n\n_${cut.note}_`;
}

/** Short text as it is; anything longer or with lines of its own in a fence that it can't end. */
function presentText(text: string): string {
  if (text === '') return '_(an empty text)_';
  if (text.length <= MAXIMUM_INLINE && /^[^\n\r`*_~<>|\\[\]#@]*$/.test(text)) return text;
  const cut = cutText(text, MAXIMUM_RESULT);
  const longest = Math.max(2, ...[...cut.text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${cut.text}\n${fence}${cut.note === null ? '' : `\n_${cut.note}_`}`;
}
