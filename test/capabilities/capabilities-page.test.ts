import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderPage } from './render-capabilities.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/capabilities.md'), 'utf8');

describe('docs/capabilities.md', () => {
  it('has every function as it is', () => {
    expect(page, 'write it anew with: node test/capabilities/write-capabilities.ts').toBe(renderPage(page));
  });
});
