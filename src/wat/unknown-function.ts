import type { Advice } from './advice.ts';
import { alternatives, listed, nearest } from './nearest.ts';
import { formFor, otherNames } from './other-names.ts';
import type { HostImport } from './types.ts';

/** What to say of a call of a function that is not offered. `offered` is keyed by `$capability.name`. */
export function adviseOnFunction(name: string, offered: ReadonlyMap<string, HostImport>): Advice {
  if (!name.startsWith('$'))
    return {
      message: `call needs the name of a function, got "${name}"`,
      hint: offered.has(`$${name}`)
        ? `write $${name}`
        : (nearHint(`$${name}`, offered) ?? 'a name begins with $'),
    };
  const capability = name.slice(1).split('.')[0] ?? '';
  const siblings = [...offered.values()].filter((known) => known.capability === capability && !known.hidden);
  const message = `unknown function "${name}"`;
  const own = name.slice(capability.length + 2);
  if (siblings.some(({ byGrant }) => byGrant?.includes(own) === true))
    return { message: `${message}: capability "${capability}" is not granted`, hint: pureHint(siblings) };
  if (siblings.length > 0) {
    const hint =
      nearHint(name, offered) ?? `${capability} has ${listed(siblings.map((known) => known.name))}`;
    return { message, hint };
  }
  return {
    message: name.includes('.') ? `${message}: no capability "${capability}" is granted` : message,
    hint:
      nearHint(name, offered) ??
      kinHint(name, offered) ??
      ungrantedHint(capability, own, offered) ??
      grantedHint(offered),
  };
}

/** What to say of `(kv.gat ...)`, which has no function of that name behind it. */
export function adviseOnCall(word: string, offered: ReadonlyMap<string, HostImport>): Advice {
  const { message, hint } = adviseOnFunction(`$${word}`, offered);
  const [capability = '', own = ''] = word.split('.');
  const form = formFor(capability, own);
  if (form !== null) return { message: message.replaceAll('$', ''), hint: `write ${form}` };
  return { message: message.replaceAll('$', ''), hint: hint.replaceAll('$', '') };
}

/** Functions that are called so themselves, in whatever capability. */
export function functionsNamed(own: string, offered: ReadonlyMap<string, HostImport>): readonly string[] {
  const shown = [...offered.values()].filter(({ name, hidden }) => name === own && hidden !== true);
  return shown.map(({ capability, name }) => `${capability}.${name}`);
}

/** `get`, `name(a: i32, b: string)` and so on, as a hint on how to call. */
export function describeImport({ capability, name, params }: HostImport): string {
  const listed = params.map((param) => `${param.name}: ${param.type}`).join(', ');
  return `$${capability}.${name} takes (${listed})`;
}

function nearHint(name: string, offered: ReadonlyMap<string, HostImport>): string | null {
  const own = name.slice(name.lastIndexOf('.') + 1).replace('$', '');
  const shown = [...offered].filter(([, { hidden }]) => hidden !== true).map(([key]) => key);
  const prefix = name.slice(0, name.indexOf('.') + 1);
  // With a capability in front that is not there, it is that one which is meant.
  const elsewhere = prefix === '' || shown.some((it) => it.startsWith(prefix));
  const sameName = elsewhere ? functionsNamed(own, offered).map((known) => `$${known}`) : [];
  const meant = otherNames(prefix.slice(1, -1), own).map((other) => `$${other}`);
  const known = meant.filter((other) => offered.has(other));
  const longer = shown.filter((known) => known.startsWith(name));
  const near = [...new Set([...known, ...longer, ...sameName, ...nearest(name, shown)])].slice(0, 3);
  return near.length === 0 ? null : `did you mean ${alternatives(near)}?`;
}

/** `time.now`, of a capability that has more than what is granted. */
function pureHint(siblings: readonly HostImport[]): string {
  const names = siblings.map(({ capability, name }) => `${capability}.${name}`);
  return `without a grant there are ${listed(names)}`;
}

/** `kv_channel.get`, where only `kv` is granted. */
function kinHint(name: string, offered: ReadonlyMap<string, HostImport>): string | null {
  const [capability = '', own = ''] = name.slice(1).split('.');
  const kin = offered.get(`$${capability.split('_')[0]}.${own}`);
  return kin === undefined || kin.hidden === true ? null : `granted is ${kin.capability}.${kin.name}`;
}

/** `date.now`, for what ours calls `time.now`, which is there with a grant only. */
function ungrantedHint(
  capability: string,
  own: string,
  offered: ReadonlyMap<string, HostImport>,
): string | null {
  const meant = otherNames(capability, own).find((other) => {
    const [kin = '', name = ''] = other.split('.');
    return [...offered.values()].some((known) => known.capability === kin && known.byGrant?.includes(name));
  });
  return meant === undefined ? null : `it is called ${meant} here, which has to be granted`;
}

function grantedHint(offered: ReadonlyMap<string, HostImport>): string {
  const shown = [...offered.values()].filter(({ hidden }) => hidden !== true);
  const names = [...new Set(shown.map(({ capability }) => capability))];
  return names.length === 0 ? 'no capability is granted' : `granted are ${listed(names)}`;
}
