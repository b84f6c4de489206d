import { cpus } from 'node:os';
import { measureCatalogRun } from './catalog-run.ts';
import { renderFigures } from './measure.ts';
import { measureTurns } from './turn-latency.ts';

const figures = [...(await measureTurns()), await measureCatalogRun()];
const processors = cpus();
process.stdout.write(
  `Node ${process.version}, ${processors.length} x ${processors[0]?.model.trim()}\n\n${renderFigures(figures)}\n`,
);
