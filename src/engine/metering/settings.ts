export interface MeterSettings {
  readonly exportCounter: string | null;
  readonly onEmpty: 'trap' | 'call';
  readonly initialFuel: number;
  readonly maximumPages: number | null;
  readonly maximumTableElements: number | null;
  readonly maximumCallDepth: number | null;
}

type Numbered = 'initialFuel' | 'maximumPages' | 'maximumTableElements' | 'maximumCallDepth';

const RANGES: Readonly<Record<Numbered, readonly [least: number, most: number]>> = {
  initialFuel: [0, Number.MAX_SAFE_INTEGER],
  maximumPages: [0, 65_536],
  maximumTableElements: [0, 2 ** 32 - 1],
  maximumCallDepth: [1, 2 ** 31 - 1],
};

/** The settings with nothing left out. Throws a `RangeError` that names what was expected and what came. */
export function checkedSettings(given: Partial<MeterSettings>): MeterSettings {
  const { onEmpty = 'trap', exportCounter = null } = given;
  if (onEmpty !== 'trap' && onEmpty !== 'call') {
    throw new RangeError(`onEmpty must be "trap" or "call", not ${String(onEmpty)}`);
  }
  if (exportCounter !== null && !isName(exportCounter)) {
    throw new RangeError(`exportCounter must be well-formed text, not ${JSON.stringify(exportCounter)}`);
  }
  return {
    onEmpty,
    exportCounter,
    initialFuel: checkedNumber('initialFuel', given.initialFuel) ?? 0,
    maximumPages: checkedNumber('maximumPages', given.maximumPages),
    maximumTableElements: checkedNumber('maximumTableElements', given.maximumTableElements),
    maximumCallDepth: checkedNumber('maximumCallDepth', given.maximumCallDepth),
  };
}

/** Whether the binary format can hold it as it is. */
function isName(value: unknown): boolean {
  return typeof value === 'string' && value.isWellFormed();
}

function checkedNumber(name: Numbered, value: number | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  const [least, most] = RANGES[name];
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}, not ${String(value)}`);
  }
  return value;
}
