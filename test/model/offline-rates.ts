import type { OfflineProgram } from '../../src/model/offline.ts';
import { matchRequest } from '../../src/model/offline-match.ts';
import type { Meaning, Phrasing } from './offline-phrasings.ts';

export interface Rates {
  readonly number: number;
  readonly right: number;
  readonly wrongArguments: number;
  readonly wrongProgram: number;
  readonly missed: number;
}

type Outcome = Exclude<keyof Rates, 'number'>;

/** What comes of each phrasing. Of what is no request for a program, nothing recognised is right. */
export function outcomeOf({ says, means }: Phrasing, programs: readonly OfflineProgram[]): Outcome {
  const call = matchRequest(says, programs);
  if (means === null) return call === null ? 'right' : 'wrongProgram';
  if (call === null) return 'missed';
  if (call.name !== means.program) return 'wrongProgram';
  return sameArguments(call.args, means) ? 'right' : 'wrongArguments';
}

export function measure(phrasings: readonly Phrasing[], programs: readonly OfflineProgram[]): Rates {
  const outcomes = phrasings.map((phrasing) => outcomeOf(phrasing, programs));
  const count = (outcome: Outcome) => outcomes.filter((one) => one === outcome).length;
  return {
    number: phrasings.length,
    right: count('right'),
    wrongArguments: count('wrongArguments'),
    wrongProgram: count('wrongProgram'),
    missed: count('missed'),
  };
}

/** One row of the table in docs/offline.md. */
export function renderRates(name: string, rates: Rates): string {
  const share = Math.round((100 * rates.right) / rates.number);
  const { number, right, wrongArguments, wrongProgram, missed } = rates;
  return `| ${name} | ${number} | ${right} (${share} %) | ${wrongArguments} | ${wrongProgram} | ${missed} |`;
}

function sameArguments(args: readonly unknown[], meaning: Meaning): boolean {
  const last = meaning.args.length - 1;
  const texts: readonly unknown[] = meaning.or;
  return (
    args.length === meaning.args.length &&
    args.every((arg, index) => {
      const wanted = meaning.args[index];
      return (
        arg === (typeof wanted === 'bigint' ? Number(wanted) : wanted) ||
        (index === last && texts.includes(arg))
      );
    })
  );
}
