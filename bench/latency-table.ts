import { type Figure, quantile } from './measure.ts';

/** A Markdown table of latencies with their tails. */
export function renderLatencies(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, samples }) => {
    const shares = [0.5, 0.95, 0.99, 1].map((share) => formatTime(quantile(samples, share)));
    return `| ${[name, ...shares, samples.length].join(' | ')} |`;
  });
  return [
    '| figure | median | 95th percentile | 99th percentile | worst | samples |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

export function formatTime(milliseconds: number): string {
  if (milliseconds < 1) return `${(milliseconds * 1_000).toFixed(0)} µs`;
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${milliseconds.toFixed(0)} ms`;
}
