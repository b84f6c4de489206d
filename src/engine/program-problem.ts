import { HOST_MODULE } from './host-module.ts';
import type { CompiledProgram } from './port.ts';

/** Why a program cannot be run with these grants: an import that is not granted, or no `run`; or null. */
export function programProblem(
  { module, imports }: CompiledProgram,
  grants: readonly string[],
): string | null {
  const offered = new Set(imports.map(({ capability, name }) => `${capability}.${name}`));
  const missing = WebAssembly.Module.imports(module)
    .filter(({ module: capability }) => capability !== HOST_MODULE)
    .filter(
      ({ module: capability, name, kind }) =>
        kind !== 'function' || !grants.includes(capability) || !offered.has(`${capability}.${name}`),
    );
  if (missing.length > 0) {
    const names = missing.map(({ module: capability, name }) => `${capability}.${name}`);
    return `the program imports ${names.join(', ')}; granted are ${grants.join(', ') || 'no capabilities'}`;
  }
  const runs = WebAssembly.Module.exports(module).some(
    ({ name, kind }) => name === 'run' && kind === 'function',
  );
  return runs ? null : 'the program exports no function "run"';
}
