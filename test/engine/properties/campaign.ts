import { AGREEMENT } from './agreement.ts';
import { BUDGETS } from './budgets.ts';
import { DEPTHS } from './depths.ts';
import { ENGINE_MUTANTS } from './engine-mutants.ts';
import { EVERY_CHANGE } from './every-change.ts';
import { MODULE_FORM } from './module-form.ts';
import { MUTATIONS } from './mutations.ts';
import type { NamedProperty, Settings } from './named-property.ts';

/**
 * Tries every property for as long as wanted: `node test/engine/properties/campaign.ts CASES SEED`, so many
 * cases each. Ends with exit code 1 when one does not hold.
 */
async function campaign(settings: Settings): Promise<boolean> {
  const properties = [
    ...AGREEMENT,
    ...BUDGETS,
    ...DEPTHS,
    ...MODULE_FORM,
    ...MUTATIONS,
    ENGINE_MUTANTS,
    EVERY_CHANGE,
  ];
  let held = true;
  for (const property of properties) held = (await tried(property, settings)) && held;
  return held;
}

async function tried({ name, check }: NamedProperty, settings: Settings): Promise<boolean> {
  const start = performance.now();
  try {
    const spread = await check(settings);
    const seconds = ((performance.now() - start) / 1_000).toFixed(1);
    const detail = spread === undefined ? '' : ` ${JSON.stringify(spread)}`;
    process.stdout.write(`holds, in ${seconds} s: ${name}${detail}\n`);
    return true;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    process.stdout.write(`FAILS: ${name}\n${error.message}\n${error.cause ?? ''}\n`);
    return false;
  }
}

const [runs = '10000', seed = '1'] = process.argv.slice(2);
const held = await campaign({ numRuns: Number(runs), seed: Number(seed) });
process.exitCode = held ? 0 : 1;
