import type { Catalog } from '../catalog/port.ts';
import { alternatives, nearest } from '../wat/nearest.ts';
import { formatSignature } from '../wat/signature.ts';
import type { HostImport, HostParam } from '../wat/types.ts';

/** What is said of each name: a function, a whole group of functions, or a program of a catalog. */
export type Reference = (names: readonly string[], catalog: Catalog) => string;

const QUOTED_LENGTH = 100;

/** Details that the prompt leaves out, from the same functions as the prompt. */
export function createReference(imports: readonly HostImport[]): Reference {
  const entries = new Map<string, string>();
  const shown = imports.filter(({ hidden }) => hidden !== true);
  for (const [group, functions] of Map.groupBy(shown, ({ capability }) => capability)) {
    entries.set(group, functions.map(describeFunction).join('\n'));
  }
  for (const item of shown) entries.set(`${item.capability}.${item.name}`, describeFunction(item));
  return (names, catalog) => {
    const known = [...entries.keys(), ...catalog.list().map(({ name }) => name)];
    const texts = names.map((name) => entries.get(name) ?? describeProgram(name, catalog));
    return texts.map((text, index) => text ?? unknown(names[index] ?? '', known)).join('\n');
  };
}

function describeProgram(name: string, catalog: Catalog): string | null {
  const program = catalog.get(name);
  if (program === undefined) return null;
  return `${program.name}${formatSignature(program.signature)}: ${program.description}`;
}

function describeFunction({ capability, name, params, result, summary, form }: HostImport): string {
  const list = params.map(describeParam).join(', ');
  const shorter = form === undefined ? '' : ` As a form: ${form}.`;
  return `${capability}.${name}(${list}) -> ${result}: ${summary}${shorter}`;
}

function describeParam({ name, type, default: value }: HostParam): string {
  return `${name}: ${type}${value === undefined ? '' : ` = ${JSON.stringify(value)}`}`;
}

function unknown(name: string, known: readonly string[]): string {
  const asked = name.slice(0, QUOTED_LENGTH);
  const near = nearest(asked, known);
  const meant = near.length === 0 ? '' : ` Did you mean ${alternatives(near)}?`;
  return `There is no ${JSON.stringify(asked)}.${meant}`;
}
