import { sharedKv } from '../capabilities/kv.ts';
import { WattleError } from '../errors.ts';

/** What one conversation stores there, others read: nothing for a program that nobody has looked at. */
const NOT_BY_DEFAULT: ReadonlySet<string> = new Set(sharedKv.map(({ name }) => name));

/**
 * The capabilities that programs written by the model are granted: those that the setting names, or all but
 * the wider scopes of `kv`. Throws CONFIG_INVALID for a name that is none.
 */
export function modelGrants(setting: readonly string[] | null, names: readonly string[]): readonly string[] {
  if (setting === null) return names.filter((name) => !NOT_BY_DEFAULT.has(name));
  const unknown = setting.filter((name) => !names.includes(name));
  if (unknown.length === 0) return setting;
  const message = `MODEL_GRANTS: expected capabilities out of ${names.join(', ')}; got ${unknown.join(', ')}`;
  throw new WattleError('CONFIG_INVALID', message);
}
