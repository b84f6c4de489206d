import { LenientJson } from './lenient-json.ts';

/** Characters that are looked at, and how often over: texts with braces and nothing in them cost no more. */
const MAXIMUM_TEXT = 100_000;
const MAXIMUM_WORK = 20;

/** The first object in a text, with whatever else around it, that `fits` makes something of; else null. */
export function extractJson<Value>(text: string, fits: (value: unknown) => Value | null): Value | null {
  for (const object of jsonObjects(text)) {
    const value = fits(object);
    if (value !== null) return value;
  }
  return null;
}

/** The objects in a text, in order, those within others too. */
export function* jsonObjects(given: string): Generator<Readonly<Record<string, unknown>>, void, void> {
  const text = given.slice(0, MAXIMUM_TEXT);
  let work = text.length * MAXIMUM_WORK;
  for (let start = text.indexOf('{'); start >= 0 && work > 0; start = text.indexOf('{', start + 1)) {
    const reader = new LenientJson(text, start);
    const object = reader.readObject();
    work -= reader.offset - start;
    if (object !== null) yield object;
  }
}
