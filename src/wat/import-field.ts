import { importedName } from './import-name.ts';
import type { HostImport, HostType } from './types.ts';

/** The field of a module that imports a host function; `own` is the name that the module gives it, if any. */
export function importField(item: HostImport, own = ''): string {
  const { capability, params } = item;
  const takes = typeList(
    'param',
    params.map(({ type }) => watType(type)),
  );
  return `(import "${capability}" "${importedName(item)}" (func${own}${takes}${typeList('result', resultTypes(item))}))`;
}

function resultTypes({ result, ends }: HostImport): readonly string[] {
  if (ends) return result === 'none' ? [] : [watType(result)];
  return [result === 'none' ? 'i32' : watType(result), 'i32'];
}

function typeList(word: 'param' | 'result', types: readonly string[]): string {
  return types.length === 0 ? '' : ` (${word} ${types.join(' ')})`;
}

function watType(type: HostType): 'i32' | 'i64' | 'f64' {
  return type === 'i64' || type === 'f64' ? type : 'i32';
}
