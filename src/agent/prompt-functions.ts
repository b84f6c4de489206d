import type { HostImport, HostParam, HostType } from '../wat/types.ts';

/** What a group of functions is about, where its lines do not say it. */
const ABOUT: Readonly<Record<string, string>> = {
  http: 'hosts that are not allowed answer EACCESS; get and post fail with EREMOTE from status 400 on',
  kv: "this conversation's own keys",
  kv_channel: "the channel's keys",
  kv_user: "the person's keys",
  kv_workspace: "the workspace's keys",
  chat: '{id, name} of who asks',
  fs: "the workspace's files",
  ai: 'a small model without tools',
  array:
    'push, insert, remove, pop change the array, the others make a new one; key picks a member of each item',
  time: 'ms since 1970; yyyy-MM-dd HH:mm; units ms second minute hour day week month year',
  regex: 'RE2; replaces all',
  string: 'positions in characters, negative from the end; replaces all',
};

/** How a type is written; text, the usual one, is left out. */
const TYPES: Readonly<Record<HostType | 'none', string>> = {
  string: '',
  json: 'json',
  value: 'json',
  i32: 'int',
  i64: 'long',
  f64: 'num',
  bool: 'bool',
  bytes: 'bytes',
  wire: 'bytes',
  none: 'none',
};

/**
 * The granted functions without what the language has a form for, a line for each group. Groups with the
 * same functions share a line, and so do functions with the same parameters and result.
 */
export function describeFunctions(imports: readonly HostImport[]): string {
  const shown = imports.filter(({ hidden, form }) => hidden !== true && form === undefined);
  const groups = [...Map.groupBy(shown, ({ capability }) => capability)].map(([name, functions]) => ({
    name,
    list: describeGroup(functions),
  }));
  const lines = [...Map.groupBy(groups, ({ list }) => list)].map(([list, alike]) => {
    const names = alike.map(({ name }) => (ABOUT[name] === undefined ? name : `${name} (${ABOUT[name]})`));
    return `${names.join(', ')}: ${list}`;
  });
  return `## Functions

Written group.name: (string.upper $x). int is i32, long i64, num f64; what has no type is text, none is no value at all. Parameters behind ? may be left out.

${lines.join('\n')}`;
}

function describeGroup(functions: readonly HostImport[]): string {
  const alike = Map.groupBy(functions, describeTypes);
  return [...alike].map(([types, same]) => `${same.map(({ name }) => name).join(' ')}${types}`).join(' ');
}

/** `(text width:int ? fill):json` */
function describeTypes({ params, result }: HostImport): string {
  const optional = params.findIndex((param) => param.default !== undefined);
  const words = params.map(describeParam);
  if (optional >= 0) words.splice(optional, 0, '?');
  return `(${words.join(' ')})${result === 'string' ? '' : `:${TYPES[result]}`}`;
}

function describeParam({ name, type }: HostParam): string {
  return TYPES[type] === '' ? name : `${name}:${TYPES[type]}`;
}
