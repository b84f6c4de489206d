import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { renderPage } from './render-capabilities.ts';

const path = resolve(import.meta.dirname, '../../docs/capabilities.md');
writeFileSync(path, renderPage(readFileSync(path, 'utf8')));
