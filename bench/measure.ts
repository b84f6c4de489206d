/** Times of one figure in milliseconds. */
export interface Figure {
  readonly name: string;
  readonly samples: readonly number[];
}

/** Milliseconds that `work` takes. */
export async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Runs `work` some times unmeasured, then `count` times, one after the other. */
export async function sample(name: string, count: number, work: () => Promise<unknown>): Promise<Figure> {
  for (let warmUp = 0; warmUp < Math.min(20, count); warmUp += 1) {
    await work();
  }
  const samples: number[] = [];
  for (let index = 0; index < count; index += 1) {
    samples.push(await time(work));
  }
  return { name, samples };
}

/** The value below which that share of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** A Markdown table, so that it can go into the README as printed. */
export function renderFigures(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, samples }) => {
    const [median, late] = [quantile(samples, 0.5), quantile(samples, 0.95)].map(formatMilliseconds);
    return `| ${name} | ${median} | ${late} | ${samples.length} |`;
  });
  return ['| figure | median | 95th percentile | samples |', '|---|---|---|---|', ...rows].join('\n');
}

function formatMilliseconds(milliseconds: number): string {
  return milliseconds >= 10 ? `${milliseconds.toFixed(0)} ms` : `${milliseconds.toPrecision(2)} ms`;
}
