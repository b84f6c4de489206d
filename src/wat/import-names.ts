import { WattleError } from '../errors.ts';
import { importField } from './import-field.ts';
import { importedName } from './import-name.ts';
import type { HostImport } from './types.ts';

const IDENTIFIER = /^[A-Za-z_][\w-]*$/;

/** A host function as modules know it. */
export interface NamedImport {
  /** `$capability.name`. */
  readonly name: string;
  readonly item: HostImport;
  /** What imports it, without a name. */
  readonly field: string;
}

/** What host functions are called in WAT. Every body is offered the same two hundred, so each name is made once. */
export class ImportNames {
  readonly #names = new WeakMap<HostImport, readonly NamedImport[]>();
  readonly #named = new WeakMap<HostImport, NamedImport>();
  readonly #maps = new WeakMap<readonly HostImport[], ReadonlyMap<string, HostImport>>();

  /**
   * Each by its name, and with `!` behind it for the form that ends the program, which nobody is told of.
   * @throws WattleError INTERNAL for imports that cannot be named in WAT
   */
  byName(imports: readonly HostImport[]): ReadonlyMap<string, HostImport> {
    const known = this.#maps.get(imports);
    if (known !== undefined) return known;
    const named = imports.flatMap((item) => this.#namesOf(item));
    const functions = new Map(named.map(({ name, item }) => [name, item]));
    this.#maps.set(imports, functions);
    return functions;
  }

  /** One that `byName` has given. */
  named(item: HostImport): NamedImport {
    const known = this.#named.get(item);
    if (known === undefined)
      throw new WattleError('INTERNAL', `"${item.capability}.${item.name}" has no name yet`);
    return known;
  }

  #namesOf(item: HostImport): readonly NamedImport[] {
    const known = this.#names.get(item);
    if (known !== undefined) return known;
    const { capability, name } = item;
    if (!IDENTIFIER.test(capability) || !IDENTIFIER.test(name))
      throw new WattleError('INTERNAL', `"${capability}.${name}" cannot be the name of an import`);
    const ending: HostImport = Object.freeze({ ...item, ends: true, hidden: true });
    const both = [item, ending].map((each) => this.#name(each));
    this.#names.set(item, both);
    return both;
  }

  #name(item: HostImport): NamedImport {
    const named = { name: `$${item.capability}.${importedName(item)}`, item, field: importField(item) };
    this.#named.set(item, named);
    return named;
  }
}
