import type { RunResult } from '../port.ts';
import { type Difference, differenceOf } from './difference.ts';
import type { RecordedResult } from './recording.ts';

/** Says of a result in the wire format what it is. */
export type DescribeResult = (wire: Uint8Array) => string;

type Call = RecordedResult['hostCalls'][number];
type Fields = Readonly<Record<string, string>>;

const NONE = 'none';

/** Every field that differs; times are no part of it. */
export function compareResults(
  recorded: RecordedResult,
  replayed: RunResult,
  describe: DescribeResult = hex,
): readonly Difference[] {
  return [
    ...compareFields('', plainFields(recorded), plainFields(replayed)),
    ...compareWires(recorded.result, replayed.result, describe),
    ...compareLists('host call', recorded.hostCalls.map(callFields), replayed.hostCalls.map(callFields)),
    ...compareLists('debug line', recorded.debug.map(lineFields), replayed.debug.map(lineFields)),
  ];
}

/**
 * What a run that the clock ended had done by then, against one that may have got further: host calls, but
 * for one that was not answered, and debug lines.
 */
export function compareBeginnings(
  recorded: RecordedResult,
  replayed: RunResult,
  answered: number,
): readonly Difference[] {
  const calls = recorded.hostCalls.slice(0, answered);
  const { debug } = recorded;
  return [
    ...compareLists(
      'host call',
      calls.map(callFields),
      replayed.hostCalls.slice(0, answered).map(callFields),
    ),
    ...compareLists(
      'debug line',
      debug.map(lineFields),
      replayed.debug.slice(0, debug.length).map(lineFields),
    ),
  ];
}

function plainFields({ outcome, status, fuel, memoryBytes, error }: RecordedResult | RunResult): Fields {
  return {
    outcome,
    status: status ?? NONE,
    fuel: String(fuel),
    memoryBytes: String(memoryBytes),
    error: error ?? NONE,
  };
}

function callFields({ name, status, message, bytesIn, bytesOut }: Call): Fields {
  return { name, status, message: message ?? NONE, bytesIn: String(bytesIn), bytesOut: String(bytesOut) };
}

function lineFields(line: string): Fields {
  return { text: line };
}

function compareFields(prefix: string, recorded: Fields, replayed: Fields): readonly Difference[] {
  return Object.entries(recorded)
    .filter(([name, text]) => replayed[name] !== text)
    .map(([name, text]) => differenceOf(`${prefix}${name}`, text, replayed[name] ?? NONE));
}

/** Item by item; behind the end of the shorter list there is nothing. */
function compareLists(
  name: string,
  recorded: readonly Fields[],
  replayed: readonly Fields[],
): readonly Difference[] {
  const length = Math.max(recorded.length, replayed.length);
  return Array.from({ length }, (_, index) => {
    const [one, other] = [recorded[index], replayed[index]];
    const field = `${name} ${index + 1}`;
    if (one !== undefined && other !== undefined) return compareFields(`${field} `, one, other);
    return [differenceOf(field, summary(one), summary(other))];
  }).flat();
}

function summary(fields: Fields | undefined): string {
  return fields === undefined ? NONE : Object.values(fields).join(' ');
}

function compareWires(
  recorded: Uint8Array | null,
  replayed: Uint8Array | null,
  describe: DescribeResult,
): readonly Difference[] {
  if (hexOrNone(recorded) === hexOrNone(replayed)) return [];
  const text = (wire: Uint8Array | null) => (wire === null ? NONE : describe(wire));
  const [one, other] = [text(recorded), text(replayed)];
  // Two NaNs can differ in bits that no description shows.
  if (one === other) return [differenceOf('result', hexOrNone(recorded), hexOrNone(replayed))];
  return [differenceOf('result', one, other)];
}

function hexOrNone(wire: Uint8Array | null): string {
  return wire === null ? NONE : hex(wire);
}

function hex(wire: Uint8Array): string {
  return `0x${Buffer.from(wire).toString('hex')}`;
}
