import { ENGINE_LIMIT_NAMES, ENGINE_RANGES, type EngineLimits } from '../engine/engine-limits.ts';
import { LIMIT_NAMES, LIMIT_RANGES, type LimitRange } from '../engine/limits.ts';
import { optionOf } from './limit-options.ts';

/** Settings whose names do not follow from those of their limits. */
const ENGINE_SETTINGS: Readonly<Partial<Record<keyof EngineLimits, string>>> = {
  memoryBytes: 'TOTAL_MEMORY',
};

interface Row {
  readonly name: string;
  readonly option: string | null;
  readonly setting: string;
  readonly range: LimitRange<number | null>;
}

/** The table of `docs/limits.md`. `settings` are the names of all variables that are read. */
export function renderLimitsTable(settings: ReadonlySet<string>): string {
  const ofRuns = LIMIT_NAMES.map((name): Row => {
    const option = optionOf(name);
    return { name, option, setting: settingOf(option), range: LIMIT_RANGES[name] };
  });
  const ofEngine = ENGINE_LIMIT_NAMES.map((name): Row => {
    const setting = ENGINE_SETTINGS[name] ?? settingOf(name);
    return { name, option: null, setting, range: ENGINE_RANGES[name] };
  });
  const rows = [...ofRuns, ...ofEngine].map((row) => renderRow(row, settings));
  return [
    '| limit | what it bounds | option | setting | default | from | to | unit | at the bite |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function settingOf(option: string): string {
  return option.replaceAll('-', '_').toUpperCase();
}

function renderRow({ name, option, setting, range }: Row, settings: ReadonlySet<string>): string {
  const { default: fallback, least, most, unit, about, bite } = range;
  const cells = [
    `\`${name}\``,
    about,
    option === null ? '' : `\`--${option}\``,
    settings.has(setting) ? `\`${setting}\`` : '',
    fallback === null ? 'by machine' : grouped(fallback),
    grouped(least),
    grouped(most),
    unit,
    bite,
  ];
  return `| ${cells.join(' | ')} |`;
}

function grouped(value: number): string {
  return value.toLocaleString('en-US');
}
