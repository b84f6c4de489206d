import type { SessionContext } from '../../src/capabilities/capability.ts';
import type { ProgramDraft, ProgramRequest, ProgramRun, ProgramRunner } from '../../src/catalog/port.ts';
import type { HostCallRecord } from '../../src/engine/port.ts';
import type { StatusName } from '../../src/engine/status.ts';
import type { Diagnostic, HostImport } from '../../src/wat/types.ts';

type Request = ProgramRequest<SessionContext>;

export interface FakeRunner extends ProgramRunner<SessionContext> {
  /** What was run, in order. */
  readonly requests: readonly Request[];
  readonly prepared: readonly ProgramDraft[];
}

export interface FakeRunnerOptions {
  run?(request: Request): ProgramRun | Promise<ProgramRun>;
  /** Waited for by each `prepare`. */
  prepare?(): Promise<void>;
  /** Bodies that contain this text do not compile. */
  readonly broken?: string;
}

/** Records what it is asked to run and answers with what it is told to; a stopped run is cancelled. */
export function createFakeRunner(options: FakeRunnerOptions = {}): FakeRunner {
  const requests: Request[] = [];
  const prepared: ProgramDraft[] = [];
  return {
    requests,
    prepared,
    async run(request) {
      requests.push(request);
      const run = (await options.run?.(request)) ?? programRun();
      return request.signal.aborted ? programRun({ outcome: 'cancelled', status: null, result: null }) : run;
    },
    async prepare(program) {
      prepared.push(program);
      await options.prepare?.();
      const isBroken = options.broken !== undefined && program.body.includes(options.broken);
      return isBroken ? [MISTAKE] : [];
    },
    effects: async ({ body }) =>
      EFFECTS.filter(({ capability, name }) => body.includes(`${capability}.${name}`)),
  };
}

/** What a body calls when it says so. */
const EFFECTS: readonly HostImport[] = (
  [
    ['kv', 'get', 'read'],
    ['kv', 'set', 'write'],
    ['http', 'get', 'fetch'],
    ['http', 'post', 'external'],
  ] as const
).map(([capability, name, effect]) => ({
  capability,
  name,
  effect,
  params: [],
  result: 'none',
  summary: '',
}));

const MISTAKE: Diagnostic = { line: 1, column: 2, message: 'unknown instruction', hint: 'i32.add is meant' };

export function programRun(changes: Partial<ProgramRun> = {}): ProgramRun {
  return {
    outcome: 'ok',
    status: 'SUCCESS',
    result: 'done',
    fuel: 10,
    memoryBytes: 65_536,
    durationMs: 1,
    hostCalls: [],
    debug: [],
    error: null,
    place: null,
    diagnostics: [],
    ...changes,
  };
}

export function hostCall(name: string, status: StatusName, message: string | null = null): HostCallRecord {
  return { name, status, message, bytesIn: 1, bytesOut: 1, durationMs: 1 };
}
