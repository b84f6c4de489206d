import type { ProgramDefinition } from '../catalog/port.ts';
import type { OfflineProgram } from '../model/offline.ts';
import { formatType } from '../wat/signature.ts';

/** Grants by which a program can look, but not change anything, as long as it does not post. */
const READ_ONLY: ReadonlySet<string> = new Set(['ai', 'http', 'random', 'time']);
const POSTS = /\bhttp\.post\b/;

/** A catalog program as the offline model needs to know it. */
export function describeOffline(program: ProgramDefinition): OfflineProgram {
  const { name, description, signature, grants, body, examples } = program;
  return {
    name,
    description,
    topic: topicOf(grants),
    writes: POSTS.test(body) || grants.some((grant) => !READ_ONLY.has(grant)),
    params: signature.params.map((param) => ({ name: param.name, type: formatType(param.type) })),
    says: examples.flatMap(({ says, args }) => (says === null ? [] : [{ text: says, args }])),
  };
}

function topicOf(grants: readonly string[]): string {
  if (grants.includes('http')) return 'The web';
  if (grants.includes('kv_channel')) return 'In this channel';
  if (grants.some((grant) => grant.startsWith('kv') || grant === 'fs')) return 'Things to keep';
  if (grants.includes('random')) return 'Chance';
  return 'Texts, numbers and dates';
}
