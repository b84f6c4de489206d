import type { CompiledProgram } from '../engine/port.ts';
import type { HostImport } from '../wat/types.ts';

/** The capabilities, in order, of the functions that a program calls and that are not `free` to every program. */
export function neededGrants(
  { module, imports }: Pick<CompiledProgram, 'module' | 'imports'>,
  free: readonly HostImport[],
): readonly string[] {
  const called = new Set(
    WebAssembly.Module.imports(module).map(({ module: from, name }) => `${from}.${name}`),
  );
  const freeNames = new Set(free.map(nameOf));
  const needed = imports.filter((item) => called.has(nameOf(item)) && !freeNames.has(nameOf(item)));
  return [...new Set(needed.map(({ capability }) => capability))].sort();
}

function nameOf({ capability, name }: HostImport): string {
  return `${capability}.${name}`;
}
