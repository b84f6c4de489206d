#!/usr/bin/env node
import { fileURLToPath } from 'node:url';

// Plain JavaScript on purpose: an older Node cannot even read the TypeScript sources,
// and it has to be able to say so.
const REQUIRED_MAJOR = 24;
const major = Number.parseInt(process.versions.node, 10);

if (major < REQUIRED_MAJOR) {
  process.stderr.write(
    `wattle: needs Node ${REQUIRED_MAJOR} or newer, but ${process.execPath} is ${process.version}.\n` +
      'Run `npm ci` in this folder and start it with `npm start`, `npm run wattle -- ...` or `npx wattle ...`\n' +
      `(they use the Node that npm installed here), or install Node ${REQUIRED_MAJOR} from https://nodejs.org.\n`,
  );
  process.exitCode = 2;
} else {
  // Keeps compiled sources beside the packages, which shortens every start but the first.
  const { enableCompileCache } = await import('node:module');
  enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/wattle', import.meta.url)));
  const { main } = await import('../src/main.ts');
  await main();
}
