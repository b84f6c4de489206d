/** The reader of literals goes no deeper either. */
const MAXIMUM_DEPTH = 32;

/** `name(args)` as a person would write it behind `@use`: reading it gives the same arguments. */
export function printUse(name: string, args: readonly unknown[]): string {
  return `${name}(${args.map((arg) => printLiteral(arg, 0)).join(', ')})`;
}

function printLiteral(value: unknown, depth: number): string {
  if (typeof value === 'number') return printNumber(value);
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array) return `{"base64": "${Buffer.from(value).toString('base64')}"}`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (depth === MAXIMUM_DEPTH) return '…';
  if (Array.isArray(value)) return `[${value.map((item) => printLiteral(item, depth + 1)).join(', ')}]`;
  const entries = Object.entries(value).map(
    ([name, item]) => `${JSON.stringify(name)}: ${printLiteral(item, depth + 1)}`,
  );
  return `{${entries.join(', ')}}`;
}

/** What is no decimal is written as text, which a parameter of type f64 takes too. */
function printNumber(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? '-0' : String(value);
}
