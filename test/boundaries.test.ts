import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Which folder or file may import which, types included; a folder may always import itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/errors.ts': [],
  'src/io.ts': [],
  'src/log.ts': ['src/config'],
  'src/config.ts': ['src/config', 'src/budget/prices.ts'],
  // What a table of prices is stands where it is used.
  'src/config': ['src/budget/prices.ts'],
  'src/wat': [],
  'src/engine': ['src/wat/types.ts', 'src/wat/status.ts', 'src/wat/import-name.ts'],
  'src/budget': ['src/model/model.ts'],
  'src/capabilities': [
    'src/budget/port.ts',
    'src/engine/port.ts',
    'src/engine/status.ts',
    'src/wat/types.ts',
    // What the language's forms call reads and writes its wire format.
    'src/wat/wire.ts',
    'src/wat/signature.ts',
  ],
  'src/catalog': ['src/wat', 'src/engine'],
  'src/model': [],
  'src/agent': [
    'src/budget',
    'src/model/model.ts',
    'src/model/single-answer.ts',
    'src/model/thinking.ts',
    'src/engine/port.ts',
    'src/engine/status.ts',
    // What stands for a run that a budget has no fuel for.
    'src/engine/never-began.ts',
    'src/catalog/port.ts',
    'src/catalog/saved-program.ts',
    'src/capabilities/capability.ts',
    'src/wat',
  ],
  'src/chat': [],
  'src/store': [],
  'src/host': [
    'src/budget',
    'src/agent/port.ts',
    'src/agent/events.ts',
    'src/chat',
    'src/store',
    'src/model/model.ts',
    'src/engine/port.ts',
    'src/capabilities/capability.ts',
    // What a program is as text, for the store's sake.
    'src/catalog/port.ts',
    'src/catalog/saved-program.ts',
  ],
  'src/cli': ['src'],
  'src/composition': ['src'],
  adapters: ['src/chat'],
};

/** Packages that only the named places may import, so that their types stay behind our own. */
const CONFINED: Readonly<Record<string, readonly string[]>> = {
  '@slack/': ['adapters/slack'],
  'discord.js': ['adapters/discord'],
  '@anthropic-ai/sdk': ['src/model'],
  wabt: ['src/wat'],
  keyv: ['src/store'],
  '@keyv/': ['src/store'],
  'node:sqlite': ['src/store'],
  pino: ['src/log.ts'],
  'smol-toml': ['src/catalog'],
  'ipaddr.js': ['src/capabilities'],
  re2js: ['src/capabilities'],
  'temporal-polyfill': ['src/capabilities'],
  htmlparser2: ['src/capabilities'],
};

/** Its own files, and from the other tests what stands in for the outside. */
const EVALUATION = [
  'test/eval',
  'test/capabilities/http-server.ts',
  'test/capabilities/open-capability.ts',
  'test/capabilities/session-context.ts',
  'test/model/messages-server.ts',
];

/** Shared by all: it imports nothing and holds only the error type. */
const SHARED = ['src/errors.ts'];

interface Import {
  readonly file: string;
  readonly target: string;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
  return specifiers.map((specifier) => ({
    file,
    target: specifier.startsWith('.') ? relative(root, resolve(root, dirname(file), specifier)) : specifier,
  }));
}

function isWithin(path: string, places: readonly string[]): boolean {
  return places.some((place) => path === place || path.startsWith(`${place}/`));
}

const files = [...sourceFiles('src'), ...sourceFiles('adapters')];
const imports = files.flatMap(importsOf);

describe('the import arrows', () => {
  it.each(Object.entries(MAY_IMPORT))('%s imports only what the design allows', (folder, allowed) => {
    const wrong = imports
      .filter(({ file }) => isWithin(file, [folder]))
      .filter(({ target }) => isWithin(target, ['src', 'adapters', 'test', 'bench', 'catalog']))
      .filter(({ target }) => !isWithin(target, [folder, ...allowed, ...SHARED]));
    expect(wrong).toEqual([]);
  });

  it('have a rule for every source but the entry', () => {
    const ruled = [...Object.keys(MAY_IMPORT), 'src/main.ts'];
    expect(files.filter((file) => !isWithin(file, ruled) && !file.endsWith('.d.ts'))).toEqual([]);
  });

  it('keeps the platforms apart', () => {
    const wrong = imports.filter(({ file, target }) => {
      const [, own] = file.split('/');
      return file.startsWith('adapters/') && target.startsWith('adapters/') && target.split('/')[1] !== own;
    });
    expect(wrong).toEqual([]);
  });

  it('imports adapters and the command line from src/main.ts only', () => {
    const wrong = imports
      .filter(({ file }) => file.startsWith('src/') && file !== 'src/main.ts')
      .filter(
        ({ file, target }) =>
          target.startsWith('adapters/') || (target.startsWith('src/cli/') && !file.startsWith('src/cli/')),
      );
    expect(wrong).toEqual([]);
  });

  it('lets the evaluation import the sources and a few parts of their tests', () => {
    const wrong = sourceFiles('test/eval')
      .flatMap(importsOf)
      .filter(({ target }) => isWithin(target, ['adapters', 'test', 'bench', 'catalog']))
      .filter(({ target }) => !isWithin(target, EVALUATION));
    expect(wrong).toEqual([]);
  });

  it.each(Object.entries(CONFINED))('imports %s in its own place only', (name, places) => {
    const wrong = imports
      .filter(({ target }) => target === name || target.startsWith(name.endsWith('/') ? name : `${name}/`))
      .filter(({ file }) => !isWithin(file, places));
    expect(wrong).toEqual([]);
  });
});

describe('the sources', () => {
  it('read the environment and end the process in src/main.ts only', () => {
    const wrong = files
      .filter((file) => file !== 'src/main.ts')
      .filter((file) => /process\.(env|exit)\b/.test(readFileSync(join(root, file), 'utf8')));
    expect(wrong).toEqual([]);
  });

  it('mock no modules in the tests', () => {
    const wrong = sourceFiles('test').filter((file) =>
      /\bvi\.(do)?[mM]ock\(/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });
});
