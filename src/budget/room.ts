import type { Counter } from './counter.ts';
import type { BudgetUnit, PlannedCall } from './port.ts';
import type { PriceList } from './prices.ts';

/** A shorter reply is not worth its call. */
export const LEAST_REPLY_TOKENS = 256;

/** Less would end nearly every program in its midst. */
export const LEAST_RUN_FUEL = 1_000;

/** What a model call is counted in. */
export type CallUnit = 'tokens' | 'usd';

/** What there is room for, and which limit keeps it from being more. */
export interface Room {
  readonly amount: number;
  readonly tightest: { readonly counter: Counter; readonly unit: BudgetUnit } | null;
}

/** Tokens that the reply to a call may have. */
export function replyRoom(counters: readonly Counter[], call: PlannedCall, prices: PriceList): Room {
  const { inputTokens, maxTokens } = call;
  const price = prices.estimate(call.model, inputTokens);
  const byTokens = tightestOf(counters, 'tokens', (room) => room - inputTokens);
  const byUsd = tightestOf(counters, 'usd', (room) => affordable(room, price));
  const least = byUsd.amount < byTokens.amount ? byUsd : byTokens;
  return { ...least, amount: Math.floor(Math.min(maxTokens, least.amount)) };
}

/** The unit of which too little is left for a call to be made at all; null where there is room. */
export function lackingUnit(
  left: (unit: CallUnit) => number,
  call: PlannedCall,
  prices: PriceList,
): CallUnit | null {
  const least = Math.min(LEAST_REPLY_TOKENS, call.maxTokens);
  if (left('tokens') - call.inputTokens < least) return 'tokens';
  const price = prices.estimate(call.model, call.inputTokens);
  return affordable(left('usd'), price) < least ? 'usd' : null;
}

/** Fuel that a run may use. */
export function fuelRoom(counters: readonly Counter[], fuel: number): Room {
  const least = tightestOf(counters, 'fuel', (room) => room);
  return { ...least, amount: Math.floor(Math.min(fuel, least.amount)) };
}

/** Calls of host functions that may be made. */
export function hostCallRoom(counters: readonly Counter[]): Room {
  return tightestOf(counters, 'hostCalls', (room) => room);
}

function tightestOf(counters: readonly Counter[], unit: BudgetUnit, enough: (room: number) => number): Room {
  let least: Room = { amount: Number.POSITIVE_INFINITY, tightest: null };
  for (const counter of counters) {
    const amount = enough(counter.room(unit));
    if (amount < least.amount) least = { amount, tightest: { counter, unit } };
  }
  return least;
}

/** Tokens of a reply that so many dollars pay for; a call that costs nothing is paid for by whatever is left. */
function affordable(usd: number, { input, outputToken }: ReturnType<PriceList['estimate']>): number {
  if (input === 0 && outputToken === 0) return Number.POSITIVE_INFINITY;
  if (outputToken > 0) return (usd - input) / outputToken;
  return usd >= input ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}
