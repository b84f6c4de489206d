import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

interface LockedPackage {
  readonly hasInstallScript?: boolean;
}

function readJson(file: string) {
  return JSON.parse(readFileSync(resolve(root, file), 'utf8'));
}

describe('the set-up', () => {
  it('runs no install script but that of node', () => {
    const packages: Record<string, LockedPackage> = readJson('package-lock.json').packages;
    const scripted = Object.keys(packages).filter((path) => packages[path]?.hasInstallScript);
    expect(scripted).toEqual(['node_modules/node']);
    expect(readJson('package.json').allowScripts).toEqual({ node: true, 'better-sqlite3': false });
  });

  it('pins every package', () => {
    const { dependencies, devDependencies } = readJson('package.json');
    const versions: string[] = Object.values({ ...dependencies, ...devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });
});
