import { accept, type Parsed, REFUSED } from './setting.ts';

/** Who may save programs for a workspace: all, none, or people by `platform:id`. */
export type Savers = 'everyone' | 'nobody' | readonly string[];

const PERSON = /^[a-z]+:\S+$/;

/** Reads `everyone`, `nobody` or `slack:U0123ABCD, discord:80351110224678912`. */
export function parseSavers(text: string): Parsed<Savers> {
  if (text === 'everyone' || text === 'nobody') return accept(text);
  const people = text.split(/[\s,]+/).filter((part) => part !== '');
  return people.every((person) => PERSON.test(person)) ? accept(Object.freeze(people)) : REFUSED;
}

/** Whether a person is among them. */
export function isAmong(savers: Savers, platform: string, id: string): boolean {
  return typeof savers === 'string' ? savers === 'everyone' : savers.includes(`${platform}:${id}`);
}
