import type { z } from 'zod';

const NAMES: Readonly<Record<string, string>> = {
  object: 'an object',
  record: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};
/** What is shown of a value that came. */
const SHOWN_LENGTH = 40;

/** A mistake in the words of all other messages: what was expected, and what came. */
export const expectedWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${NAMES[issue.expected] ?? issue.expected}, got ${shown(issue.input)}`;
    case 'invalid_value':
      return `expected ${issue.values.map(String).join(' or ')}, got ${shown(issue.input)}`;
    case 'too_small':
      return `expected at least ${issue.minimum}, got ${shown(issue.input)}`;
    case 'too_big':
      return `expected at most ${issue.maximum}, got ${shown(issue.input)}`;
    case 'unrecognized_keys':
      return `expected no ${issue.keys.map((key) => shown(key)).join(', ')}`;
    case 'invalid_key':
      return 'expected no such name';
    default:
      return undefined;
  }
};

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}...` : text;
}
