import { HOST_MODULE } from './host-module.ts';
import { PAGE_BYTES } from './limits.ts';
import type { CompiledProgram, RunRequest } from './port.ts';

interface ImportFact {
  readonly capability: string;
  /** `capability.name`. */
  readonly name: string;
  /** Whether the program was assembled against it. */
  readonly offered: boolean;
}

/** What a run has to know of its program, read once when it is prepared. */
export interface ProgramFacts {
  /** Pages that its memory may grow to. */
  readonly pages: number;
  readonly imports: readonly ImportFact[];
  readonly runs: boolean;
}

export function factsOf({ module, imports }: CompiledProgram, pages: number): ProgramFacts {
  const offered = new Set(imports.map(({ capability, name }) => `${capability}.${name}`));
  const wanted = WebAssembly.Module.imports(module).filter(({ module: from }) => from !== HOST_MODULE);
  return {
    pages,
    imports: wanted.map(({ module: capability, name, kind }) => ({
      capability,
      name: `${capability}.${name}`,
      offered: kind === 'function' && offered.has(`${capability}.${name}`),
    })),
    runs: WebAssembly.Module.exports(module).some(({ name, kind }) => name === 'run' && kind === 'function'),
  };
}

/** The most memory that a run of the program can take, in bytes. */
export function memoryOf({ pages }: ProgramFacts): number {
  return pages * PAGE_BYTES;
}

/** Why the program cannot be run as asked, or null. */
export function programProblem(
  { pages, imports, runs }: ProgramFacts,
  { grants, limits }: Pick<RunRequest, 'grants' | 'limits'>,
): string | null {
  if (pages > limits.memoryPages) {
    return `the program was prepared for ${pages} pages of memory; the run allows ${limits.memoryPages}`;
  }
  const missing = imports.filter(({ capability, offered }) => !offered || !grants.includes(capability));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    return `the program imports ${names}; granted are ${grants.join(', ') || 'no capabilities'}`;
  }
  return runs ? null : 'the program exports no function "run"';
}
