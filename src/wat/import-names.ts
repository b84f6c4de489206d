import { WattleError } from '../errors.ts';
import type { HostImport } from './types.ts';

const IDENTIFIER = /^[A-Za-z_][\w-]*$/;

/** What host functions are called in WAT. Every body is offered the same two hundred, so each name is made once. */
export class ImportNames {
  readonly #names = new WeakMap<HostImport, string>();
  readonly #maps = new WeakMap<readonly HostImport[], ReadonlyMap<string, HostImport>>();

  /** @throws WattleError INTERNAL for imports that cannot be named in WAT */
  byName(imports: readonly HostImport[]): ReadonlyMap<string, HostImport> {
    const known = this.#maps.get(imports);
    if (known !== undefined) return known;
    const functions = new Map(imports.map((item) => [this.#nameOf(item), item]));
    this.#maps.set(imports, functions);
    return functions;
  }

  #nameOf(item: HostImport): string {
    const known = this.#names.get(item);
    if (known !== undefined) return known;
    const { capability, name } = item;
    if (!IDENTIFIER.test(capability) || !IDENTIFIER.test(name))
      throw new WattleError('INTERNAL', `"${capability}.${name}" cannot be the name of an import`);
    const own = `$${capability}.${name}`;
    this.#names.set(item, own);
    return own;
  }
}
