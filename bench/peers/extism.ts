import loadWabt from 'wabt';
import { atMost } from './at-most.ts';
import type { Contender, Library, LoadedProgram, Session } from './contender.ts';
import { ANSWER, type Workload } from './workloads.ts';

interface Plugin {
  call(name: string): Promise<DataView | null>;
  reset(): Promise<boolean>;
  close(): Promise<void>;
}

interface PluginOptions {
  readonly runInWorker?: boolean;
  readonly functions: Readonly<Record<string, Readonly<Record<string, () => bigint | Promise<bigint>>>>>;
}

/** What is used of `@extism/extism`. */
interface Extism {
  createPlugin(module: WebAssembly.Module, options: PluginOptions): Promise<Plugin>;
}

export const EXTISM = '@extism/extism';

const EXPORT = 'run';

/** A new plug-in for each run, from a compiled module, in the thread of the caller. */
export const extism: Library = { name: 'Extism, a plug-in for each run', endless: 'thread', load };

async function load(workload: Workload, ask: () => number): Promise<LoadedProgram> {
  const { createPlugin }: Extism = await import(EXTISM);
  const module = await assemble(workload);
  const options = { functions: hostFunctions(() => BigInt(ask())) };
  return {
    run: async () => {
      const plugin = await createPlugin(module, options);
      try {
        return numberOf(await plugin.call(EXPORT));
      } finally {
        await plugin.close();
      }
    },
    close: () => undefined,
  };
}

/** Extism's own worker mode, with one plug-in that stays: its memory and globals are those of the run before. */
export const extismWorker: Contender = {
  name: 'Extism, its worker, one plug-in reset after each run',
  thread: 'own',
  fresh: false,
  endless: 'thread',
  open: async (workload): Promise<Session> => {
    const plugin = await openInWorker(workload);
    return {
      run: atMost(1, async () => {
        const result = numberOf(await plugin.call(EXPORT));
        await plugin.reset();
        return result;
      }),
      close: () => plugin.close(),
    };
  },
};

/** Extism's own worker mode with the state that Wattle gives: each plug-in starts a worker of its own. */
export const extismFreshWorker: Contender = {
  name: 'Extism, its worker, a plug-in for each run',
  thread: 'own',
  fresh: true,
  endless: 'run',
  open: async (workload): Promise<Session> => ({
    run: atMost(1, async () => {
      const plugin = await openInWorker(workload);
      const result = numberOf(await plugin.call(EXPORT));
      await plugin.close();
      return result;
    }),
    close: async () => undefined,
  }),
};

async function openInWorker(workload: Workload): Promise<Plugin> {
  const { createPlugin }: Extism = await import(EXTISM);
  return createPlugin(await assemble(workload), {
    runInWorker: true,
    functions: hostFunctions(async () => BigInt(ANSWER)),
  });
}

/** Host functions of Extism give an i64. */
function hostFunctions(ask: () => bigint | Promise<bigint>) {
  return { 'extism:host/user': { ask } };
}

/**
 * The result in eight bytes of Extism's memory, little-endian. They are allocated after the work: what the plug-in
 * writes to a block from before a host call does not come back from Extism's worker.
 */
async function assemble({ plugin }: Workload): Promise<WebAssembly.Module> {
  const wabt = await loadWabt();
  const module = wabt.parseWat(
    'plugin.wat',
    `(module
      (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
      (import "extism:host/env" "store_u64" (func $store (param i64 i64)))
      (import "extism:host/env" "output_set" (func $output (param i64 i64)))
      (import "extism:host/user" "ask" (func $ask (result i64)))
      (memory 1)
      (func $work (result i32) ${plugin})
      (func (export "${EXPORT}") (result i32)
        (local $result i64) (local $at i64)
        (local.set $result (i64.extend_i32_u (call $work)))
        (local.set $at (call $alloc (i64.const 8)))
        (call $store (local.get $at) (local.get $result))
        (call $output (local.get $at) (i64.const 8))
        (i32.const 0)))`,
  );
  try {
    return await WebAssembly.compile(Uint8Array.from(module.toBinary({}).buffer));
  } finally {
    module.destroy();
  }
}

function numberOf(output: DataView | null): number {
  if (output === null) throw new Error('the plug-in gave no output');
  return Number(output.getBigUint64(0, true));
}
