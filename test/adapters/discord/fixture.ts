import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIInteraction, GatewayMessageCreateDispatchData } from 'discord.js';

/** The `d` of an event, spelled as the gateway spells it. */
export function messageFixture(name: `message-${string}`): GatewayMessageCreateDispatchData {
  return read(name);
}

export function interactionFixture(name: `interaction-${string}`): APIInteraction {
  return read(name);
}

function read(name: string) {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', `${name}.json`), 'utf8'));
}
