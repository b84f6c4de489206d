/** A finite number as people write it: `digits` times ten to the power of `exponent`. */
interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** Digits behind those of the sum to which a mean is reckoned: more than an f64 holds. */
const MEAN_DIGITS = 25;

/** The sum of the numbers as they are written: 0.1 and 0.2 make 0.3. */
export function sum(numbers: readonly number[]): number {
  return numbers.every(Number.isFinite) ? toNumber(decimalSum(numbers)) : addUp(numbers);
}

/** Of no numbers NaN. */
export function mean(numbers: readonly number[]): number {
  if (numbers.length === 0 || !numbers.every(Number.isFinite)) return addUp(numbers) / numbers.length;
  const { digits, exponent } = decimalSum(numbers);
  const shifted = (digits * 10n ** BigInt(MEAN_DIGITS)) / BigInt(numbers.length);
  return toNumber({ digits: shifted, exponent: exponent - MEAN_DIGITS });
}

function decimalSum(numbers: readonly number[]): Decimal {
  const decimals = numbers.map(toDecimal);
  const exponent = decimals.reduce((least, one) => Math.min(least, one.exponent), 0);
  let digits = 0n;
  for (const one of decimals) digits += one.digits * 10n ** BigInt(one.exponent - exponent);
  return { digits, exponent };
}

function toDecimal(number: number): Decimal {
  const [mantissa = '0', exponent = '0'] = String(number).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

function toNumber({ digits, exponent }: Decimal): number {
  return Number(`${digits}e${exponent}`);
}

/** Where one is infinite or none. */
function addUp(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The standard deviation of a sample of two or more. */
export function deviation(numbers: readonly number[]): number {
  const middle = mean(numbers);
  const squares = sum(numbers.map((number) => (number - middle) ** 2));
  return Math.sqrt(squares / (numbers.length - 1));
}

/** Between two neighbours the value lies on the straight line, as in spreadsheets. `numbers` is not empty. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = Float64Array.from(numbers).sort();
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  const part = place - Math.floor(place);
  if (below === above) return below;
  return part === 0.5 ? mean([below, above]) : below + (above - below) * part;
}
