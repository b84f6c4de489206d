import type { Capability } from '../../src/capabilities/capability.ts';
import { pureCapabilities } from '../../src/capabilities/pure.ts';
import { createCapabilities } from '../../src/composition/capabilities.ts';
import { parseConfig } from '../../src/config.ts';
import { ALL_RANGES } from '../../src/engine/engine-limits.ts';
import { STATUS } from '../../src/engine/status.ts';
import type { HostImport, HostParam } from '../../src/wat/types.ts';

/** Where the part of the page begins that is written from the code. */
const MARK = '<!-- From here on written by test/capabilities/write-capabilities.ts. -->\n';

type Described = Pick<Capability<never>, 'name' | 'imports' | 'fails'>;

/** The page with its generated part as the code has it. */
export function renderPage(page: string): string {
  const end = page.indexOf(MARK);
  if (end === -1) throw new Error(`expected the line ${MARK}`);
  const effectful = createCapabilities(parseConfig({}, ALL_RANGES));
  const all: readonly Described[] = [...pureCapabilities, ...effectful];
  const shown = all.filter(({ imports }) => imports.some(({ hidden }) => hidden !== true));
  const groups = [...Map.groupBy(shown, ({ name }) => name)];
  return `${page.slice(0, end)}${MARK}${groups.map(([name, halves]) => renderGroup(name, halves)).join('')}`;
}

function renderGroup(name: string, halves: readonly Described[]): string {
  const rows = halves.flatMap(({ imports, fails }) =>
    imports.map((signature) => renderRow(signature, fails[signature.name] ?? [])),
  );
  return `\n## \`${name}\`\n\n| function | effect | does | may answer |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

function renderRow(signature: HostImport, fails: readonly string[]): string {
  const { name, params, result, effect, summary, form } = signature;
  const gives = result === 'none' ? '' : ` -> ${TYPES[result]}`;
  const said = form === undefined ? '' : ` In the language: \`${form}\`.`;
  const named = Object.keys(STATUS).filter((status) => summary.includes(status));
  const statuses = [...new Set([...fails, ...named])].join(', ');
  const cells = [
    `\`${name}(${params.map(renderParam).join(', ')})${gives}\``,
    effect,
    escapeCell(summary + said),
    statuses,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Types as the language names them. */
const TYPES: Readonly<Record<HostParam['type'], string>> = {
  i32: 'i32',
  i64: 'i64',
  f64: 'f64',
  bool: 'bool',
  string: 'text',
  bytes: 'bytes',
  value: 'value',
  json: 'value',
  wire: 'wire',
};

function renderParam({ name, type, default: given }: HostParam): string {
  const otherwise =
    given === undefined ? '' : ` = ${given === 2_147_483_647 ? 'the end' : JSON.stringify(given)}`;
  return `${name}: ${TYPES[type]}${otherwise}`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
