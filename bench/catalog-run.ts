import { openWorkshop } from '../src/composition/workshop.ts';
import { parseConfig } from '../src/config.ts';
import { ALL_RANGES } from '../src/engine/engine-limits.ts';
import { WattleError } from '../src/errors.ts';
import { sessionContext } from '../test/capabilities/session-context.ts';
import { type Figure, sample } from './measure.ts';

const RUNS = 2_000;

/** One run of a compiled catalog program on a warm worker, from arguments to decoded result. */
export async function measureCatalogRun(): Promise<Figure> {
  const { catalog, runner, engine } = await openWorkshop(parseConfig({}, ALL_RANGES));
  const program = catalog.get('word_count');
  if (program === undefined) {
    throw new WattleError(
      'CATALOG_INVALID',
      'expected the program word_count in the catalog, but it is not there',
    );
  }
  const { signal } = new AbortController();
  const context = sessionContext();
  try {
    return await sample('one run of `word_count("one two three")`, without the turn around it', RUNS, () =>
      runner.run({ program, args: ['one two three'], context, signal }),
    );
  } finally {
    await engine.stop();
  }
}
