import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderLimitsTable } from '../../src/cli/limits-table.ts';
import { createSettings } from '../../src/config/settings.ts';
import { ALL_RANGES } from '../../src/engine/engine-limits.ts';

const path = resolve(import.meta.dirname, '../../docs/limits.md');
const page = readFileSync(path, 'utf8');
const settings = new Set(Object.values(createSettings(ALL_RANGES)).map(({ name }) => name));

describe('docs/limits.md', () => {
  it('has the table of limits as they are', () => {
    expect(page).toContain(renderLimitsTable(settings));
  });

  it('names the settings that exist', () => {
    const named = [...page.matchAll(/`([A-Z][A-Z_]+[A-Z])`/g)].map(([, name]) => name);
    const statuses = ['ENOMEM', 'EBOUND', 'ETRFM'];
    expect(named).toEqual(
      expect.arrayContaining(['FUEL', 'MEMORY_PAGES', 'DEADLINE', 'WORKERS', 'TOTAL_MEMORY']),
    );
    for (const name of named) expect([...settings, ...statuses]).toContain(name);
  });

  it('links to pages that exist', () => {
    const links = [...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(existsSync(resolve(dirname(path), link)), link).toBe(true);
  });
});
