import { readFile } from 'node:fs/promises';
import { createHttp } from '../src/capabilities/http.ts';
import { kv } from '../src/capabilities/kv.ts';
import { createCapabilityHost } from '../src/capabilities/registry.ts';
import { createTimeNow } from '../src/capabilities/time-now.ts';
import { createAssembler } from '../src/wat/assemble.ts';
import { parseSignature } from '../src/wat/signature.ts';
import type { AssembleOptions } from '../src/wat/types.ts';
import { WabtCompiler } from '../src/wat/wabt-compiler.ts';
import { renderLatencies } from './latency-table.ts';
import type { Figure } from './measure.ts';

const ROUNDS = 1_500;
/** V8 has to compile the compiler, wabt's included. */
const WARM_UP = 600;

const BODIES = [
  { file: 'assemble-dialect.wat', name: 'dialect', signature: '(project: string) -> string' },
  { file: 'assemble-plain.wat', name: 'plain WAT', signature: '(text: string) -> bytes' },
] as const;

/** From source text to module bytes on a warm assembler, in turns, and how much of it is wabt's. */
export async function measureAssembling(): Promise<string> {
  const workloads = await Promise.all(BODIES.map(openWorkload));
  for (let round = -WARM_UP; round < ROUNDS; round += 1)
    for (const workload of workloads) await workload.assembleOnce(round >= 0);
  return renderLatencies(workloads.flatMap(({ figures }) => figures));
}

interface Workload {
  readonly figures: readonly Figure[];
  assembleOnce(counts: boolean): Promise<void>;
}

async function openWorkload({ file, name, signature }: (typeof BODIES)[number]): Promise<Workload> {
  const body = await readFile(new URL(`./${file}`, import.meta.url), 'utf8');
  const lines = body.trimEnd().split('\n').length;
  const samples: Record<'whole' | 'own' | 'wabt', number[]> = { whole: [], own: [], wabt: [] };
  const wabt = await WabtCompiler.load();
  let inWabt = 0;
  const assembler = createAssembler({
    compile: wabt.compile.bind(wabt),
    async encode(wat) {
      const start = performance.now();
      const outcome = await wabt.encode(wat);
      inWabt = performance.now() - start;
      return outcome;
    },
  });
  const options = optionsFor(signature);
  return {
    figures: [
      { name: `${name}, ${lines} lines`, samples: samples.whole },
      { name: 'of which our own passes', samples: samples.own },
      { name: 'of which wabt', samples: samples.wabt },
    ],
    async assembleOnce(counts) {
      const start = performance.now();
      const outcome = await assembler.assemble(body, options);
      const spent = performance.now() - start;
      if (!outcome.ok)
        throw new Error(outcome.diagnostics.map((it) => `${it.line}: ${it.message}`).join('\n'));
      if (!counts) return;
      samples.whole.push(spent);
      samples.own.push(spent - inWabt);
      samples.wabt.push(inWabt);
    },
  };
}

/** All that a model's program may call in a workspace, about 200 functions. */
function optionsFor(signature: string): AssembleOptions {
  const parsed = parseSignature(signature);
  if (!parsed.ok) throw new Error(parsed.diagnostic.message);
  const http = createHttp({ allow: [], loopbackPorts: [], userAgent: 'bench' });
  const host = createCapabilityHost([http, kv, createTimeNow(Date.now)]);
  return {
    imports: host.imports(host.names),
    signature: parsed.signature,
    memory: { initialPages: 1, maximumPages: 256 },
  };
}
