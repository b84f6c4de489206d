import { quantile } from '../measure.ts';
import type { Measured, Outcome } from './compare.ts';
import type { Contender } from './contender.ts';
import type { Presence } from './field.ts';

/** What of all that is compared is there, as Markdown. */
export function renderPresence(presences: readonly Presence[]): string {
  const rows = presences.map((presence) => {
    const found = 'version' in presence ? presence.version : `missing on this machine: ${presence.missing}`;
    return `| ${presence.package} | ${found} |`;
  });
  return ['| package | version |', '|---|---|', ...rows].join('\n');
}

/** How many times as fast Wattle is as another; below 1, the other is the faster one. */
interface Lead {
  readonly oneByOne: number;
  readonly atOnce: number;
}

const HEAD = [
  '| contender | guest runs on | fresh state | an endless run ends | median | 95th percentile | runs/s, many at once | Wattle is times as fast: one by one | many at once |',
  '|---|---|---|---|---|---|---|---|---|',
];

/** One workload as a Markdown table; the first outcome is Wattle's, by which the others are measured. */
export function renderComparison(title: string, outcomes: readonly Outcome[]): string {
  const [own, ...others] = outcomes;
  if (own === undefined || 'failure' in own) {
    throw new Error(`${title}: nothing to compare with: ${own?.failure ?? 'no outcome'}`);
  }
  const rows = [`${cells(own)} | | |`, ...others.map((other) => peerRow(other, own))];
  return [`### ${title}`, '', ...HEAD, ...rows, '', verdict(own, others)].join('\n');
}

function peerRow(outcome: Outcome, own: Measured): string {
  if ('failure' in outcome) return `${identity(outcome.contender)} | failed: ${outcome.failure} | | | | |`;
  const { oneByOne, atOnce } = leadOver(outcome, own);
  return `${cells(outcome)} | ${renderTimes(oneByOne)} | ${renderTimes(atOnce)} |`;
}

function identity({ name, thread, fresh, endless }: Contender): string {
  return `| ${name} | ${THREADS[thread]} | ${fresh ? 'yes' : 'no'} | ${ENDS[endless]}`;
}

const THREADS: Readonly<Record<Contender['thread'], string>> = {
  own: 'a thread of its own',
  main: 'the main thread',
};

const ENDS: Readonly<Record<Contender['endless'], string>> = {
  run: 'alone',
  thread: 'with its thread',
  process: 'with the process',
};

function cells({ contender, latencies, rounds }: Measured): string {
  const [median, late] = [0.5, 0.95].map((share) => renderTime(quantile(latencies, share)));
  const rate = quantile(
    rounds.map(({ perSecond }) => perSecond),
    0.5,
  );
  return `${identity(contender)} | ${median} | ${late} | ${Math.round(rate).toLocaleString('en-US')}`;
}

function renderTime(milliseconds: number): string {
  const micros = milliseconds * 1_000;
  return micros < 10_000 ? `${micros.toFixed(0)} µs` : `${milliseconds.toFixed(0)} ms`;
}

function renderTimes(factor: number): string {
  return factor < 10 ? factor.toFixed(2) : Math.round(factor).toLocaleString('en-US');
}

/** Medians of what each round gave: a busy machine slows down the blocks of one round alike. */
function leadOver(peer: Measured, own: Measured): Lead {
  const pairs = peer.rounds.flatMap((other, index) => {
    const mine = own.rounds[index];
    return mine === undefined ? [] : [{ mine, other }];
  });
  return {
    oneByOne: quantile(
      pairs.map(({ mine, other }) => other.median / mine.median),
      0.5,
    ),
    atOnce: quantile(
      pairs.map(({ mine, other }) => mine.perSecond / other.perSecond),
      0.5,
    ),
  };
}

/** Says who is faster than Wattle, first of those that do the same work. */
function verdict(own: Measured, others: readonly Outcome[]): string {
  if (others.length === 0) return 'No peer is there to compare with.';
  const faster = others.flatMap((other) => {
    if ('failure' in other) return [];
    const { oneByOne, atOnce } = leadOver(other, own);
    const ways = [...behind('one by one', oneByOne), ...behind('many at once', atOnce)];
    return ways.length === 0
      ? []
      : [{ contender: other.contender, text: `${other.contender.name} (${ways.join(', ')})` }];
  });
  const isSameWork = ({ thread, fresh, endless }: Contender) =>
    thread === 'own' && fresh && endless === 'run';
  const same = faster.filter(({ contender }) => isSameWork(contender));
  const less = faster.filter(({ contender }) => !isSameWork(contender));
  return [
    `Faster than Wattle and doing the same work (a thread of its own, fresh state, an endless run ends alone): ${list(same)}.`,
    `Faster than Wattle and doing less: ${list(less)}.`,
  ].join('\n');
}

function behind(way: string, lead: number): readonly string[] {
  return lead < 1 ? [`${way} ${renderTimes(1 / lead)} times`] : [];
}

function list(faster: readonly { readonly text: string }[]): string {
  return faster.length === 0 ? 'none' : faster.map(({ text }) => text).join('; ');
}
