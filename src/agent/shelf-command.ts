/** `@save NAME: description`, `@forget NAME` or `@programs`, read. */
export type ShelfCommand =
  | {
      readonly kind: 'save';
      readonly name: string;
      readonly description: string;
      /** Whether a program of that name may give way. */
      readonly mayReplace: boolean;
    }
  | { readonly kind: 'forget'; readonly name: string }
  | { readonly kind: 'list' }
  /** `problem` is for the person. */
  | { readonly kind: 'wrong'; readonly problem: string };

const START = /^\s*@(save|forget|programs)(?=\s|$)/i;
const SAVE = /^\s*(?:(replace)\s+)?([^\s:]+)\s*:(.*)$/is;

/** Enough for a name that says what a program does. */
const MAX_NAME = 40;
const MAX_DESCRIPTION = 200;

/** What ends a line, moves the cursor or is not drawn; the joiners of emoji are drawn with what they join. */
const NOT_PLAIN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200d\ufe0f])\p{Default_Ignorable_Code_Point}/u;

const SAVE_FORM = 'It goes like this: `@save word_lengths: Lists the lengths of the words of a text.`';

/** Whether a message is meant for the saved programs. */
export function isShelfCommand(text: string): boolean {
  return START.test(text);
}

/** Reads a message that `isShelfCommand` took for one. */
export function parseShelfCommand(text: string): ShelfCommand {
  const start = START.exec(text);
  const rest = text.slice(start?.[0].length ?? 0).trim();
  switch (start?.[1]?.toLowerCase()) {
    case 'save':
      return parseSave(rest);
    case 'forget':
      return parseForget(rest);
    default:
      return rest === ''
        ? { kind: 'list' }
        : wrong('Expected nothing behind `@programs`, which lists what can be called by name.');
  }
}

function parseSave(rest: string): ShelfCommand {
  const found = SAVE.exec(rest);
  if (found === null) return wrong(`Expected a name, a colon and what the program does. ${SAVE_FORM}`);
  const name = found[2] ?? '';
  const description = (found[3] ?? '').trim();
  const problem = nameProblem(name) ?? descriptionProblem(description);
  if (problem !== null) return wrong(problem);
  return { kind: 'save', name, description, mayReplace: found[1] !== undefined };
}

function parseForget(rest: string): ShelfCommand {
  const problem = nameProblem(rest);
  return problem === null ? { kind: 'forget', name: rest } : wrong(problem);
}

function nameProblem(name: string): string | null {
  if (/^[a-z][a-z0-9_]*$/.test(name) && name.length <= MAX_NAME) return null;
  const came = name === '' ? 'none came' : `${quoteName(name)} came`;
  return `Expected a name of a lower-case letter, then lower-case letters, digits or _, at most ${MAX_NAME} in all; ${came}.`;
}

function descriptionProblem(description: string): string | null {
  if (description === '') return `Expected what the program does behind the colon. ${SAVE_FORM}`;
  const length = [...description].length;
  if (length > MAX_DESCRIPTION) {
    return `Expected a description of at most ${MAX_DESCRIPTION} characters; it has ${length}.`;
  }
  if (!NOT_PLAIN.test(description)) return null;
  return 'Expected a description of one line of visible characters; there is a line break, or a character that is not drawn, in it.';
}

/** Whatever came is shown short, and so that it cannot end the code that it stands in. */
function quoteName(name: string): string {
  const shown = [...name.replace(/[^\p{L}\p{N}\p{P}\p{S}]/gu, ' ').replaceAll('`', "'")].slice(0, MAX_NAME);
  return `\`${shown.join('')}\``;
}

function wrong(problem: string): ShelfCommand {
  return { kind: 'wrong', problem };
}
