import { DEADLINE_MS, type Library, type LoadedProgram } from './contender.ts';
import type { Workload } from './workloads.ts';

interface Handle {
  dispose(): void;
}

interface Context {
  readonly global: Handle;
  newNumber(value: number): Handle;
  newFunction(name: string, call: () => Handle): Handle;
  setProp(target: Handle, key: string, value: Handle): void;
  evalCode(code: string): unknown;
  unwrapResult(result: unknown): Handle;
  getNumber(handle: Handle): number;
  dispose(): void;
}

interface Runtime {
  setMemoryLimit(bytes: number): void;
  setMaxStackSize(bytes: number): void;
  setInterruptHandler(handler: () => boolean): void;
  newContext(): Context;
  dispose(): void;
}

/** What is used of `quickjs-emscripten`. */
interface QuickJs {
  getQuickJS(): Promise<{ newRuntime(): Runtime }>;
  shouldInterruptAfterDeadline(time: number): () => boolean;
}

export const QUICKJS = 'quickjs-emscripten';

const MEMORY_BYTES = 16 * 2 ** 20;
const STACK_BYTES = 320 * 1024;

/** A fresh context for each run, in a runtime that stays, with its memory, stack and time bounded. */
export const quickJs: Library = { name: 'QuickJS, a context for each run', endless: 'run', load };

async function load({ script }: Workload, ask: () => number): Promise<LoadedProgram> {
  const { getQuickJS, shouldInterruptAfterDeadline }: QuickJs = await import(QUICKJS);
  const runtime = (await getQuickJS()).newRuntime();
  runtime.setMemoryLimit(MEMORY_BYTES);
  runtime.setMaxStackSize(STACK_BYTES);
  return {
    run: () => {
      runtime.setInterruptHandler(shouldInterruptAfterDeadline(Date.now() + DEADLINE_MS));
      const context = runtime.newContext();
      try {
        offer(context, ask);
        const value = context.unwrapResult(context.evalCode(script));
        const result = context.getNumber(value);
        value.dispose();
        return result;
      } finally {
        context.dispose();
      }
    },
    close: () => runtime.dispose(),
  };
}

function offer(context: Context, ask: () => number): void {
  const hostFunction = context.newFunction('ask', () => context.newNumber(ask()));
  context.setProp(context.global, 'ask', hostFunction);
  hostFunction.dispose();
}
