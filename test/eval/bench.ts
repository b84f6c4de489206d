import { openWorkshop, type Workshop } from '../../src/composition/workshop.ts';
import { parseConfig } from '../../src/config.ts';
import { ALL_RANGES } from '../../src/engine/engine-limits.ts';

/** The workshop as it is without any setting, whatever the environment holds. */
export function openPlainWorkshop(): Promise<Workshop> {
  return openWorkshop(parseConfig({}, ALL_RANGES));
}
