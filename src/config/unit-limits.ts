import { accept, type Parsed, REFUSED } from './setting.ts';

/** How much of each unit may be spent; one that is left out has no limit. */
export interface UnitLimits {
  readonly tokens?: number;
  readonly usd?: number;
  readonly fuel?: number;
  readonly hostCalls?: number;
}

/** To finish the sentence "expected ...". */
export const UNIT_LIMITS =
  'limits such as tokens=200000, usd=0.5, fuel=1e9, host_calls=500, each at most once and none negative';

const FIELDS: ReadonlyMap<string, keyof UnitLimits> = new Map([
  ['tokens', 'tokens'],
  ['usd', 'usd'],
  ['fuel', 'fuel'],
  ['host_calls', 'hostCalls'],
]);

/** Reads `tokens=200000, usd=0.5`. All but dollars are whole numbers. */
export function parseUnitLimits(text: string): Parsed<UnitLimits> {
  const limits = new Map<keyof UnitLimits, number>();
  for (const part of text.split(',').map((each) => each.trim())) {
    const limit = parseLimit(part);
    if (limit === null || limits.has(limit.field)) return REFUSED;
    limits.set(limit.field, limit.amount);
  }
  return accept(Object.freeze(Object.fromEntries(limits)));
}

function parseLimit(text: string): { readonly field: keyof UnitLimits; readonly amount: number } | null {
  const [, name = '', number = ''] = /^(\w+)\s*=\s*(\d+(?:\.\d+)?(?:[eE]\+?\d+)?)$/.exec(text) ?? [];
  const field = FIELDS.get(name);
  const amount = Number(number);
  if (field === undefined || number === '') return null;
  const isCountable = field === 'usd' ? Number.isFinite(amount) : Number.isSafeInteger(amount);
  return isCountable ? { field, amount } : null;
}
