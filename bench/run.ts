import { cpus } from 'node:os';
import { measureAssembling } from './assemble.ts';
import { measureCatalogRun } from './catalog-run.ts';
import { measureCold } from './cold.ts';
import { measureFairness } from './fairness.ts';
import { renderFigures } from './measure.ts';
import { measureMetering } from './metering.ts';
import { measurePeers } from './peers.ts';
import { measureRuns } from './runs.ts';
import { measureStop } from './stop.ts';
import { measureTurns } from './turn-latency.ts';
import { measureTurnOverhead } from './turn-overhead.ts';
import { measureWaiting } from './waiting.ts';

/** What `npm run bench -- NAME` measures; without a name, all of them. */
const GROUPS: Readonly<Record<string, () => Promise<string>>> = {
  turns: async () => renderFigures(await measureTurns()),
  overhead: measureTurnOverhead,
  'catalog-run': async () => renderFigures([await measureCatalogRun()]),
  runs: measureRuns,
  assemble: measureAssembling,
  cold: measureCold,
  stop: measureStop,
  fairness: measureFairness,
  waiting: measureWaiting,
  metering: measureMetering,
  peers: measurePeers,
};

const [wanted] = process.argv.slice(2);
const groups = Object.entries(GROUPS).filter(([name]) => wanted === undefined || name === wanted);
if (groups.length === 0) {
  throw new Error(`expected one of ${Object.keys(GROUPS).join(', ')}, but got ${wanted}`);
}

const processors = cpus();
process.stdout.write(`Node ${process.version}, ${processors.length} x ${processors[0]?.model.trim()}\n`);
for (const [name, measure] of groups) process.stdout.write(`\n## ${name}\n\n${await measure()}\n`);
