import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createSettings } from '../../src/config/settings.ts';
import { renderEnvExample } from '../../src/config/settings-text.ts';
import { ALL_RANGES } from '../../src/engine/engine-limits.ts';

const root = resolve(import.meta.dirname, '../..');
const settings = Object.values(createSettings(ALL_RANGES));

/** `npx vitest run test/config -u` writes the file anew. */
describe('.env.example', () => {
  it('is what the settings make of it', async () => {
    await expect(renderEnvExample(settings)).toMatchFileSnapshot(resolve(root, '.env.example'));
  });

  it('names every setting once and leaves it empty', () => {
    const parsed = { ...parseEnv(renderEnvExample(settings)) };
    expect(parsed).toEqual(Object.fromEntries(settings.map(({ name }) => [name, ''])));
  });
});
