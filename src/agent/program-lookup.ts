import type { Catalog, ProgramDefinition } from '../catalog/port.ts';
import { alternatives, nearest } from '../wat/nearest.ts';

export type Lookup =
  | { readonly ok: true; readonly program: ProgramDefinition }
  | { readonly ok: false; readonly message: string };

const MAXIMUM_NAMES = 3;

/** The catalog program of a name, or which ones there are and which was probably meant. */
export function findProgram(catalog: Catalog, name: string): Lookup {
  const program = catalog.get(name);
  if (program !== undefined) return { ok: true, program };
  const names = catalog.list().map((entry) => entry.name);
  if (names.length === 0) return { ok: false, message: 'The catalog is empty: there is no program to use.' };
  const near = nearest(name.slice(0, 100), names);
  const meant = near.length === 0 ? '' : ` Did you mean ${alternatives(near.map(quote))}?`;
  const others = names.filter((other) => !near.includes(other));
  const known = others.slice(0, near.length === 0 ? MAXIMUM_NAMES : 0).map(quote);
  const more = others.length - known.length;
  const rest = more === 0 ? [] : [`${more} more (\`@programs\`)`];
  const there =
    known.length + rest.length === 0
      ? ''
      : ` There are ${[known.join(', '), ...rest].filter((part) => part !== '').join(' and ')}.`;
  const message = `There is no program ${quote(name.slice(0, 100))}.${meant}${there}`;
  return { ok: false, message };
}

function quote(name: string): string {
  return `\`${name.replaceAll('`', '')}\``;
}
