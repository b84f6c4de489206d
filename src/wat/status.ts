/** What a program returns and a host function reports, by name. The names are words of the language. */
export const STATUS = {
  SUCCESS: 0,
  /** A value could not be encoded or decoded. */
  ETRFM: 1,
  /** No memory left for a result. */
  ENOMEM: 2,
  /** A capability's restriction forbids it. */
  EACCESS: 3,
  ENOENT: 4,
  /** A pointer, index or size is out of range. */
  EBOUND: 5,
  /** A remote call failed. */
  EREMOTE: 6,
  EPARSE: 7,
} as const;

export type StatusName = keyof typeof STATUS;

export const STATUS_NAMES: readonly string[] = Object.keys(STATUS);

export function isStatus(word: string): word is StatusName {
  return Object.hasOwn(STATUS, word);
}
