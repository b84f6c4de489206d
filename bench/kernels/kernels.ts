/** A program of real shape: plain work in one exported function, `run`, of one number. */
export interface Kernel {
  /** Also the name of its file, with `.wat` behind it. */
  readonly name: string;
  readonly argument: number;
  readonly result: number;
  /** Where the result is known from. */
  readonly source: string;
}

export const KERNELS: readonly Kernel[] = [
  { name: 'sieve', argument: 2_000_000, result: 148_933, source: 'primes below two million' },
  { name: 'fib', argument: 32, result: 2_178_309, source: 'the 32nd Fibonacci number' },
  { name: 'matrix', argument: 200, result: 26_666_000_000, source: 'the same sum in closed form' },
  { name: 'sha-256', argument: 1_000_000, result: 0xcdc76e5c | 0, source: 'the test vector of FIPS 180-2' },
  { name: 'string-scan', argument: 2_024_000, result: 506_000, source: '11 finds in each of 46,000 lines' },
  { name: 'sort', argument: 100_000, result: 99_999, source: 'all neighbours are in order' },
  { name: 'mandelbrot', argument: 256, result: 11_305, source: 'the same loop in JavaScript' },
  {
    name: 'n-body',
    argument: 100_000,
    result: -0.169079859,
    source: 'the Computer Language Benchmarks Game',
  },
  { name: 'calls', argument: 1_000_000, result: 1_317_487_168, source: 'the same functions in JavaScript' },
  { name: 'branches', argument: 10_000, result: 849_666, source: 'Collatz steps counted in JavaScript' },
];

/** Results of f64 kernels are known to so many places. */
const TOLERANCE = 1e-9;

/** Throws when a kernel did not do what it should have done. */
export function checkResult({ name, result }: Kernel, actual: unknown): void {
  if (typeof actual === 'number' && Math.abs(actual - result) <= TOLERANCE) return;
  throw new Error(`kernel ${name}: expected ${result}, got ${actual}`);
}
