import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/loader.ts';
import { BinaryReader } from '../../src/engine/metering/binary-reader.ts';
import { readFrame } from '../../src/engine/metering/frame.ts';
import { readOperator, skipImmediate } from '../../src/engine/metering/instructions.ts';
import { loadAssembler } from '../../src/wat/assemble.ts';
import type { AssembledBody, Signature } from '../../src/wat/types.ts';
import { allCapabilities } from '../catalog/all-capabilities.ts';
import { loadTasks } from '../eval/load-tasks.ts';
import { loadAuthor, loadSeries } from '../eval/recorded-bodies.ts';

const HEADER_BYTES = 8;
const CODE_SECTION = 10;
const capabilities = allCapabilities();
const assembler = await loadAssembler();
const { catalog } = await loadCatalog(new URL('../../catalog/', import.meta.url));
const signatures = new Map((await loadTasks()).map(({ id, signature }) => [id, signature]));

interface Written {
  readonly name: string;
  readonly body: string;
  readonly signature: Signature | null;
}

function answers(bodies: ReadonlyMap<string, string>): readonly Written[] {
  return [...bodies].map(([name, body]) => ({ name, body, signature: signatures.get(name) ?? null }));
}

async function assembled({ body, signature }: Written): Promise<AssembledBody> {
  const imports = capabilities.imports(capabilities.names);
  const memory = { initialPages: 1, maximumPages: 256 };
  const built = await assembler.assemble(body, { imports, signature, memory });
  if (!built.ok) throw new Error(built.diagnostics[0]?.message);
  return built;
}

/** How many of each instruction the only function of a module has; a body that calls itself is not among them. */
function countInstructions(module: Uint8Array): ReadonlyMap<string, number> {
  const reader = codeOf(module);
  const counts = new Map<string, number>();
  while (!reader.done) {
    const operator = readOperator(reader);
    skipImmediate(reader, operator);
    counts.set(operator.name, (counts.get(operator.name) ?? 0) + 1);
  }
  return counts;
}

function codeOf(module: Uint8Array): BinaryReader {
  const reader = new BinaryReader(module);
  reader.skip(HEADER_BYTES);
  for (;;) {
    const id = reader.byte();
    const section = reader.part(reader.u32());
    if (id !== CODE_SECTION) continue;
    expect(section.u32()).toBe(1);
    const code = section.part(section.u32());
    readFrame(code);
    return code;
  }
}

/** The `end` of the function itself is of the template. */
const OF_THE_TEMPLATE: Readonly<Record<string, number>> = { end: 1 };

async function expectPlaces(program: Written): Promise<void> {
  const built = await assembled(program);
  for (const [instruction, count] of countInstructions(built.bytes)) {
    const own = count - (OF_THE_TEMPLATE[instruction] ?? 0);
    if (own > 0) expect(built.sourceOf({ instruction, occurrence: own - 1 }), instruction).not.toBeNull();
    expect(built.sourceOf({ instruction, occurrence: own }), instruction).toBeNull();
  }
}

describe.each([
  ['the catalog', catalog.list()],
  ["an author's answers in the dialect", answers(await loadAuthor('seventh'))],
  ['the answers in plain WAT', answers(await loadSeries())],
])('each instruction of %s', (_, programs) => {
  it.each(programs.map((program) => [program.name, program] as const))('has its place: %s', (_, program) =>
    expectPlaces(program),
  );
});
