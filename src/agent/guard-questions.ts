import { fenceData } from './data-fence.ts';
import type { DecodedForm } from './decoded-forms.ts';
import type { GuardStage } from './verdict.ts';

export interface Material {
  readonly shown: string;
  readonly decoded: readonly DecodedForm[];
}

/** UTF-16 units of one piece, and of what it shares with the next, so that nothing is lost at a cut. */
export const PIECE = 12_000;
export const OVERLAP = 1_000;

const SUBJECT: Readonly<Record<GuardStage, string>> = {
  pre: 'This is what a person wrote to the agent.',
  observation: 'This is what a program of the agent brought in from outside.',
  post: 'This is what the agent is about to send to a person.',
};
const DECODED = 'These parts of it were written in code; decoded, they say:';

/** What a classifier is asked of a text, told from which side it comes: a question for each piece of a long one. */
export function guardQuestions(stage: GuardStage, { shown, decoded }: Material): readonly string[] {
  const forms = decoded.map(({ form, text }) => `${form}: ${text}`).join('\n');
  if (shown.length + forms.length <= PIECE) {
    const beside = forms === '' ? '' : `\n\n${DECODED}\n\n${fenceData(forms)}`;
    return [`${SUBJECT[stage]}\n\n${fenceData(shown)}${beside}`];
  }
  return [...askPieces(SUBJECT[stage], shown), ...askPieces(`${SUBJECT[stage]} ${DECODED}`, forms)];
}

function askPieces(subject: string, text: string): readonly string[] {
  const pieces = cutPieces(text);
  return pieces.map((piece, index) => {
    const part = pieces.length === 1 ? '' : ` Part ${index + 1} of ${pieces.length}; judge this part.`;
    return `${subject}${part}\n\n${fenceData(piece)}`;
  });
}

/** Pieces that overlap; a character of two units is never cut apart, as the overlap has it whole. */
export function cutPieces(text: string): readonly string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; start += PIECE - OVERLAP) {
    pieces.push(text.slice(start, start + PIECE).toWellFormed());
    if (start + PIECE >= text.length) break;
  }
  return pieces;
}
