import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

interface LockedPackage {
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
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

  it('locks the packages of every platform, without which npm ci refuses to begin', () => {
    const packages: Record<string, LockedPackage> = readJson('package-lock.json').packages;
    const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies),
    );
    const locked = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
    expect(wanted.filter((name) => !locked.has(name))).toEqual([]);
  });

  it('pins every package', () => {
    const { dependencies, devDependencies } = readJson('package.json');
    const versions: string[] = Object.values({ ...dependencies, ...devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });
});
