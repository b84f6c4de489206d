/** What a program returns and a host function reports, by name. */
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
export type FailureName = Exclude<StatusName, 'SUCCESS'>;

const NAMES = new Map<number, StatusName>(
  Object.entries(STATUS).map(([name, code]) => [code, name as StatusName]),
);

/** The name of a status code, or null for a number that is none. */
export function statusName(code: number): StatusName | null {
  return NAMES.get(code) ?? null;
}
