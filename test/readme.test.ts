import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { manifest } from '../adapters/slack/manifest.ts';
import { createSettings } from '../src/config/settings.ts';
import { renderSettingsTable } from '../src/config/settings-text.ts';
import { ALL_RANGES } from '../src/engine/engine-limits.ts';

const readme = readFileSync(resolve(import.meta.dirname, '../README.md'), 'utf8');

describe('the README', () => {
  it('has the table of settings as they are', () => {
    expect(readme).toContain(renderSettingsTable(Object.values(createSettings(ALL_RANGES))));
  });

  it('has the manifest that the Slack adapter needs', () => {
    const [, json = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
    expect(JSON.parse(json)).toEqual(manifest());
  });

  it('says nothing that is still to be filled in', () => {
    expect(readme).not.toContain('@@');
  });
});
