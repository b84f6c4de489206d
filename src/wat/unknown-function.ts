import { alternatives, listed, nearest } from './nearest.ts';
import type { HostImport } from './types.ts';
import type { Advice } from './unknown-instruction.ts';

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
  const siblings = [...offered.values()].filter((known) => known.capability === capability);
  const message = `unknown function "${name}"`;
  if (siblings.length > 0) {
    const hint =
      nearHint(name, offered) ?? `${capability} has ${listed(siblings.map((known) => known.name))}`;
    return { message, hint };
  }
  return {
    message: name.includes('.') ? `${message}: no capability "${capability}" is granted` : message,
    hint: nearHint(name, offered) ?? grantedHint(offered),
  };
}

/** `get`, `name(a: i32, b: string)` and so on, as a hint on how to call. */
export function describeImport({ capability, name, params }: HostImport): string {
  const listed = params.map((param) => `${param.name}: ${param.type}`).join(', ');
  return `$${capability}.${name} takes (${listed})`;
}

function nearHint(name: string, offered: ReadonlyMap<string, HostImport>): string | null {
  const own = name.slice(name.lastIndexOf('.') + 1).replace('$', '');
  const sameName = [...offered].filter(([, known]) => known.name === own).map(([key]) => key);
  const near = [...new Set([...nearest(name, offered.keys()), ...sameName])].slice(0, 3);
  return near.length === 0 ? null : `did you mean ${alternatives(near)}?`;
}

function grantedHint(offered: ReadonlyMap<string, HostImport>): string {
  const names = [...new Set([...offered.values()].map((known) => known.capability))];
  return names.length === 0 ? 'no capability is granted' : `granted are ${listed(names)}`;
}
