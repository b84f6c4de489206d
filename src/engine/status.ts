import { STATUS, type StatusName } from '../wat/status.ts';

export { STATUS, type StatusName };

export type FailureName = Exclude<StatusName, 'SUCCESS'>;

const NAMES = new Map<number, StatusName>(
  Object.entries(STATUS).map(([name, code]) => [code, name as StatusName]),
);

/** The name of a status code, or null for a number that is none. */
export function statusName(code: number): StatusName | null {
  return NAMES.get(code) ?? null;
}
