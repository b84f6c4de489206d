import { compare, type Plan } from './compare.ts';
import { lookUp, PEERS, versionIn } from './field.ts';
import { renderComparison, renderPresence } from './report.ts';
import { wattle } from './wattle.ts';
import { WORKLOADS } from './workloads.ts';

/** The comparison, in a process of its own: isolated-vm needs a Node.js that was started without its snapshot. */
const PLAN: Plan = {
  rounds: 15,
  warmUpMs: 400,
  blockRuns: 200,
  blockMs: 40,
  now: () => performance.now(),
};

const own = await versionIn(new URL('../../', import.meta.url));
const presences = await Promise.all(PEERS.map((peer) => lookUp(peer.package)));
const present = new Set(presences.flatMap((presence) => ('version' in presence ? [presence.package] : [])));
const peers = PEERS.filter((peer) => present.has(peer.package)).flatMap((peer) => peer.contenders);

const parts = [renderPresence([{ package: 'wattle', version: own ?? 'unknown' }, ...presences])];
for (const workload of WORKLOADS) {
  parts.push(renderComparison(workload.name, await compare([wattle, ...peers], workload, PLAN)));
}
process.stdout.write(parts.join('\n\n'));
