import { jsonObjects } from './extract-json.ts';
import {
  blocks,
  CATEGORIES,
  type Category,
  type Classification,
  type HarmCategory,
  isHarm,
  SEVERITIES,
  type Severity,
} from './verdict.ts';

/** What is named a harm without a severity that can be read is blocked. */
const UNTOLD: Severity = 'medium';

const SHORT_NAMES: ReadonlyMap<string, HarmCategory> = new Map<string, HarmCategory>([
  ['HATE', 'HATE_SPEECH'],
  ['SEXUAL', 'SEXUALLY_EXPLICIT'],
  ['SEXUAL_CONTENT', 'SEXUALLY_EXPLICIT'],
  ['DANGEROUS', 'DANGEROUS_CONTENT'],
  ['UNSAFE', 'DANGEROUS_CONTENT'],
]);

/** Quotation and emphasis around a word. */
const MARKS = '["\'“”‘’*`]{0,3}';
const NAME = new RegExp(`${MARKS}category${MARKS}\\s*[:=]${MARKS}\\s*${MARKS}([a-z][a-z _-]*)`, 'gi');
const LEVEL = new RegExp(`${MARKS}severity${MARKS}\\s*[:=]${MARKS}\\s*${MARKS}(\\w+)`, 'i');
const NAMED = new RegExp(
  `\\b(${CATEGORIES.filter(isHarm).join('|')})\\b[^.\\n]{0,20}?\\b(medium|high)\\b`,
  'g',
);
/** Small models that decline have no stop reason for it. */
const DECLINED =
  /^\W*(?:(?:(?:I['’]m|I am) )?sorry\b[^.!]{0,40}?|as an? [\w ]{2,30}, )?\bI(?: can['’]?t| cannot| can not| won['’]t| will not|(?:['’]m| am) unable to|(?:['’]m| am) not able to| must decline to) (?:help|assist|comply|engage|process|judge|classify|evaluate|review|respond|answer|provide|discuss)\b/i;
/** Or a choice between several, as when the question is repeated. */
const DENIAL = /\||\b(?:no|not|none|nor|or|safe|isn['’]t|doesn['’]t)\b/i;

/**
 * What a classifier's reply says. A reply may repeat what the text said of itself, so of several answers the gravest
 * counts. What lets a text pass has to be whole; a harm that is named counts in whatever form. Null where there is
 * neither.
 */
export function readClassification(text: string): Classification | null {
  const whole = [...jsonObjects(text)].flatMap(readObject);
  const behind = text.slice(text.lastIndexOf('}') + 1);
  // What follows the last whole object may be another one that was cut, or take it back.
  const answers = [...whole, ...readCut(behind), ...(whole.length === 0 ? [] : readCorrection(behind))];
  return gravest(answers.length > 0 ? answers : readProse(text));
}

/** Whether the reply says that its author will have nothing to do with the text. */
export function declines(text: string): boolean {
  return DECLINED.test(text.trimStart());
}

/** Orders classifications; what is SAFE has no severity to speak of. */
export function gravity({ category, severity }: Classification): number {
  return category === 'SAFE' ? 0 : 1 + SEVERITIES.indexOf(severity);
}

function gravest(answers: readonly Classification[]): Classification | null {
  return [...answers].sort((one, other) => gravity(other) - gravity(one))[0] ?? null;
}

function readObject(object: Readonly<Record<string, unknown>>): readonly Classification[] {
  const fields = new Map(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]));
  const category = toCategory(fields.get('category'));
  if (category === null) return [];
  const severity = toSeverity(fields.get('severity'));
  if (isHarm(category)) return [{ category, severity: severity ?? UNTOLD }];
  // Python's None is what some models write for the severity `none`.
  const told = fields.get('severity') === null ? 'none' : severity;
  return told === null ? [] : [{ category, severity: told }];
}

/** An object that was cut off names its category, and perhaps not its severity. */
function readCut(text: string): readonly Classification[] {
  const severity = toSeverity(LEVEL.exec(text)?.[1]);
  return [...text.matchAll(NAME)].flatMap(([, name]) => {
    const category = toCategory(name);
    return category !== null && isHarm(category) ? ifBlocked(category, severity ?? UNTOLD) : [];
  });
}

/** A harm that is named as in the form. An explanation speaks of harms too, but not by these names and levels. */
function readCorrection(text: string): readonly Classification[] {
  if (DENIAL.test(text)) return [];
  return [...text.matchAll(NAMED)].flatMap(([, name, level]) => {
    const category = toCategory(name);
    return category !== null && isHarm(category) ? ifBlocked(category, toSeverity(level) ?? UNTOLD) : [];
  });
}

/** Harms that are named in words which deny nothing. */
function readProse(text: string): readonly Classification[] {
  // Classifiers that know no names say that alone.
  if (/^\W*unsafe\b/i.test(text)) return [{ category: 'DANGEROUS_CONTENT', severity: UNTOLD }];
  if (/^\W*safe\W*$/i.test(text)) return [{ category: 'SAFE', severity: 'none' }];
  if (DENIAL.test(text)) return [];
  const upper = text.toUpperCase().replace(/[ _-]+/g, '_');
  const level = toSeverity(/\b(?:low|medium|high)\b/i.exec(text)?.[0]) ?? UNTOLD;
  return CATEGORIES.filter(isHarm).flatMap((category) =>
    upper.includes(category) ? ifBlocked(category, level) : [],
  );
}

function ifBlocked(category: HarmCategory, severity: Severity): readonly Classification[] {
  return blocks({ category, severity }) ? [{ category, severity }] : [];
}

/** However its words are joined, and under the names that models shorten it to. */
function toCategory(value: unknown): Category | null {
  if (typeof value !== 'string') return null;
  const name = value
    .trim()
    .toUpperCase()
    .replace(/[\s_-]+/g, '_');
  return CATEGORIES.find((category) => category === name) ?? SHORT_NAMES.get(name) ?? null;
}

function toSeverity(value: unknown): Severity | null {
  if (typeof value !== 'string') return null;
  const name = value.trim().toLowerCase();
  return SEVERITIES.find((severity) => severity === name) ?? null;
}
