import { atMost } from './at-most.ts';
import { type Contender, DEADLINE_MS, type Session } from './contender.ts';
import { ANSWER, type Workload } from './workloads.ts';

interface Context {
  readonly global: {
    setSync(key: string, value: unknown): void;
    setIgnored(key: string, value: unknown): void;
  };
  release(): void;
}

interface Script {
  runSync(context: Context, options: { readonly timeout: number }): unknown;
  run(context: Context, options: { readonly timeout: number }): Promise<unknown>;
}

interface Isolate {
  compileScriptSync(source: string): Script;
  createContextSync(): Context;
  createContext(): Promise<Context>;
  dispose(): void;
}

/** What is used of `isolated-vm`. */
interface IsolatedVm {
  readonly Isolate: new (options: { readonly memoryLimit: number }) => Isolate;
  readonly Callback: new (call: () => number) => unknown;
}

export const ISOLATED_VM = 'isolated-vm';

const TIMEOUT = { timeout: DEADLINE_MS };

/** Its default. With 16 MB for all contexts of an isolate, contexts that are over end those that run. */
const MEMORY_MB = 128;

/** Contexts that are alive at once; one isolate computes one at a time. */
const CONTEXTS = 8;

/** The synchronous calls: guest code runs on the main thread, in a fresh context of one isolate. */
export const isolatedVmMain: Contender = {
  name: 'isolated-vm, synchronous, a context for each run',
  thread: 'main',
  fresh: true,
  endless: 'run',
  open: async (workload): Promise<Session> => {
    const { isolate, script, ask } = await load(workload);
    return {
      run: async () => {
        const context = isolate.createContextSync();
        context.global.setSync('ask', ask);
        const result = script.runSync(context, TIMEOUT);
        context.release();
        return Number(result);
      },
      close: async () => isolate.dispose(),
    };
  },
};

/** The asynchronous calls: guest code runs on a thread of isolated-vm's own pool. */
export const isolatedVmThread: Contender = {
  name: 'isolated-vm, its threads, a context for each run',
  thread: 'own',
  fresh: true,
  endless: 'run',
  open: async (workload): Promise<Session> => {
    const { isolate, script, ask } = await load(workload);
    return {
      run: atMost(CONTEXTS, async () => {
        const context = await isolate.createContext();
        context.global.setIgnored('ask', ask);
        const result = await script.run(context, TIMEOUT);
        context.release();
        return Number(result);
      }),
      close: async () => isolate.dispose(),
    };
  },
};

async function load({ script }: Workload) {
  const loaded: { readonly default: IsolatedVm } = await import(ISOLATED_VM);
  const { Isolate, Callback } = loaded.default;
  const isolate = new Isolate({ memoryLimit: MEMORY_MB });
  return { isolate, script: isolate.compileScriptSync(script), ask: new Callback(() => ANSWER) };
}
