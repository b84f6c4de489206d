/** The statuses by name, which are words of the language. */
const STATUSES = ['SUCCESS', 'ETRFM', 'ENOMEM', 'EACCESS', 'ENOENT', 'EBOUND', 'EREMOTE', 'EPARSE'] as const;

export type StatusWord = (typeof STATUSES)[number];

export function isStatus(word: string): word is StatusWord {
  return STATUSES.some((status) => status === word);
}

export function statusCode(status: StatusWord): number {
  return STATUSES.indexOf(status);
}

export const STATUS_WORDS: readonly string[] = STATUSES;
