/** The sum without the error that adding one by one gathers (Neumaier): ten times 0.1 is 1. */
export function sum(numbers: readonly number[]): number {
  let total = 0;
  let lost = 0;
  for (const number of numbers) {
    const next = total + number;
    lost += Math.abs(total) >= Math.abs(number) ? total - next + number : number - next + total;
    total = next;
  }
  return Number.isFinite(total) ? total + lost : total;
}

export function mean(numbers: readonly number[]): number {
  return sum(numbers) / numbers.length;
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
  return below === above ? below : below + (above - below) * (place - Math.floor(place));
}
