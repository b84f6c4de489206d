import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { renderPage } from './render-language.ts';

const path = resolve(import.meta.dirname, '../../../docs/language.md');
writeFileSync(path, await renderPage(readFileSync(path, 'utf8')));
