/** The same JSON value with U+FFFD for each lone surrogate, which the API takes in no text. */
export function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key.toWellFormed(), wellFormed(each)] as const);
  return Object.fromEntries(entries);
}
