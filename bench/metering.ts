import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import loadWabt from 'wabt';
import { EXHAUSTED_FUNCTION, HOST_FUNCTION, HOST_MODULE } from '../src/engine/host-module.ts';
import { DEFAULT_LIMITS } from '../src/engine/limits.ts';
import { meter } from '../src/engine/meter.ts';
import { verify } from '../src/engine/verify.ts';
import { checkResult, KERNELS, type Kernel } from './kernels/kernels.ts';
import { quantile } from './measure.ts';
import { captureWabtModule } from './wabt-module.ts';

const ROUNDS = 61;
const LEAST_WARM_UP = 20;
const WARM_UP_MS = 500;
const SPEED_ROUNDS = 15;

/** As the engine has modules metered. */
const FORM = { onEmpty: 'call', exportCounter: 'fuel', maximumCallDepth: DEFAULT_LIMITS.callDepth } as const;

type Bytes = Uint8Array<ArrayBuffer>;

interface Side {
  readonly run: () => Promise<unknown>;
  readonly optimised: () => boolean;
  readonly samples: number[];
}

interface KernelFigure {
  readonly name: string;
  readonly plainMs: number;
  readonly meteredMs: number;
  /** Median of the ratios of neighbouring runs, which a busy machine slows down alike. */
  readonly ratio: number;
  readonly growth: number;
  readonly optimised: boolean;
}

/** Metered against plain on V8, and the speed of meter and verifier, as Markdown. */
export async function measureMetering(): Promise<string> {
  const isOptimised = tierProbe();
  const figures: KernelFigure[] = [];
  for (const kernel of KERNELS) figures.push(await measureKernel(kernel, isOptimised));
  return `${renderKernels(figures)}\n\n${await measureSpeed()}`;
}

/** Asks V8 whether a function of WebAssembly has reached TurboFan. */
function tierProbe(): (run: unknown) => boolean {
  setFlagsFromString('--allow-natives-syntax');
  const probe = new Function('run', 'return %IsTurboFanFunction(run)');
  return (run) => probe(run) === true;
}

function meteredBytes(bytes: Bytes): Bytes {
  const outcome = meter(bytes, FORM);
  if (!outcome.ok) throw new Error(`not metered: ${outcome.reason} at ${outcome.offset}`);
  const verified = verify(outcome.bytes, { maximumCallDepth: FORM.maximumCallDepth });
  if (!verified.ok) throw new Error(`not verified: ${verified.reason} at ${verified.offset}`);
  return outcome.bytes;
}

async function measureKernel(kernel: Kernel, isOptimised: (run: unknown) => boolean): Promise<KernelFigure> {
  const bytes = await assemble(kernel.name);
  const instrumented = meteredBytes(bytes);
  const plain = side(kernel, bytes, isOptimised);
  const metered = side(kernel, instrumented, isOptimised);
  await warmUp(kernel, plain, metered);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { run, samples } of [plain, metered]) {
      const start = performance.now();
      await run();
      samples.push(performance.now() - start);
    }
  }
  const ratios = metered.samples.map((time, index) => time / (plain.samples[index] ?? Number.NaN));
  return {
    name: kernel.name,
    plainMs: quantile(plain.samples, 0.5),
    meteredMs: quantile(metered.samples, 0.5),
    ratio: quantile(ratios, 0.5),
    growth: instrumented.length / bytes.length,
    optimised: plain.optimised() && metered.optimised(),
  };
}

async function assemble(name: string): Promise<Bytes> {
  const wabt = await loadWabt();
  const text = await readFile(new URL(`./kernels/${name}.wat`, import.meta.url), 'utf8');
  const module = wabt.parseWat(`${name}.wat`, text);
  try {
    return Uint8Array.from(module.toBinary({}).buffer);
  } finally {
    module.destroy();
  }
}

/** Both sides run as in the engine, through JSPI; each slice is given by a promise. */
function side(kernel: Kernel, bytes: Bytes, isOptimised: (run: unknown) => boolean): Side {
  const slice = BigInt(DEFAULT_LIMITS.slice);
  const refuel = new WebAssembly.Suspending(async () => slice);
  const exhausted = () => {
    throw new Error(`kernel ${kernel.name} calls too deep`);
  };
  const imports = { [HOST_MODULE]: { [HOST_FUNCTION]: refuel, [EXHAUSTED_FUNCTION]: exhausted } };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
  const functions = Object.entries(exports).filter(([, value]) => typeof value === 'function');
  const others = functions.filter(([name]) => name !== 'run');
  const { run } = exports;
  if (typeof run !== 'function') throw new Error(`kernel ${kernel.name} exports no function "run"`);
  // Where the work is in other functions, a kernel exports them and `run` itself stays cold.
  const hot = others.length > 0 ? others : functions;
  const promising = WebAssembly.promising(run);
  return {
    run: () => promising(kernel.argument),
    optimised: () => hot.every(([, value]) => isOptimised(value)),
    samples: [],
  };
}

async function warmUp(kernel: Kernel, plain: Side, metered: Side): Promise<void> {
  const start = performance.now();
  for (let round = 0; round < LEAST_WARM_UP || performance.now() - start < WARM_UP_MS; round += 1) {
    checkResult(kernel, await plain.run());
    checkResult(kernel, await metered.run());
  }
}

function renderKernels(figures: readonly KernelFigure[]): string {
  const rows = figures.map(({ name, plainMs, meteredMs, ratio, growth, optimised }) => {
    const times = `${plainMs.toFixed(2)} ms | ${meteredMs.toFixed(2)} ms`;
    return `| ${name} | ${times} | ${ratio.toFixed(2)} | ${growth.toFixed(2)} | ${optimised ? 'TurboFan' : 'mixed'} |`;
  });
  const ratios = figures.map(({ ratio }) => ratio);
  const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
  return [
    `Metered against plain V8 ${process.versions.v8}, one after the other, medians of ${ROUNDS}; counter filled`,
    `with ${DEFAULT_LIMITS.slice} fuel a slice, without end, through JSPI. "mixed": an exported function is not hot,`,
    'as it has a twin that is.',
    '',
    '| kernel | plain | metered | ratio | module size | tier |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    `Geometric mean ${mean.toFixed(2)}, maximum ${Math.max(...ratios).toFixed(2)}`,
  ].join('\n');
}

/** Megabytes of input a second. */
function speed(bytes: Bytes, work: () => void): number {
  const samples: number[] = [];
  for (let round = 0; round < SPEED_ROUNDS; round += 1) {
    const start = performance.now();
    work();
    samples.push(performance.now() - start);
  }
  return bytes.length / 1_000 / quantile(samples, 0.5);
}

async function measureSpeed(): Promise<string> {
  const bytes = await captureWabtModule();
  const output = meteredBytes(bytes);
  const size = `${(bytes.length / 1e6).toFixed(2)} MB, ${(output.length / bytes.length).toFixed(2)} times that when metered`;
  const [metering, validating, verifying] = [
    speed(bytes, () => meter(bytes, FORM)),
    speed(bytes, () => WebAssembly.validate(bytes)),
    speed(output, () => verify(output)),
  ];
  return [
    `wabt's own module (${size})`,
    '',
    '| step | MB/s |',
    '|---|---|',
    `| metering, V8's validation before it included | ${metering.toFixed(1)} |`,
    `| V8's validation alone | ${validating.toFixed(1)} |`,
    `| verification of the metered module | ${verifying.toFixed(1)} |`,
  ].join('\n');
}
