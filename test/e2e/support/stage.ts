import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Bot, startBot } from './bot.ts';
import { type OutsideWorld, startOutsideWorld } from './outside-world.ts';
import { GUARD_MODEL, MODEL, type Script, type ScriptedModel, startScriptedModel } from './scripted-model.ts';

/** Everything around the bot but the platform. All of it ends with the test. */
export interface Stage {
  readonly model: ScriptedModel;
  readonly world: OutsideWorld;
  /** Starts Wattle as a process; a second start finds the data of the first. */
  start(environment: Readonly<Record<string, string>>): Promise<Bot>;
}

export const ON_CALL = JSON.stringify({ on_call: { name: 'Grace Hopper', until: 'Friday' } });

export async function setStage(script: Script): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'wattle-e2e-'));
  const model = await startScriptedModel(script);
  const world = await startOutsideWorld({ '/on-call.json': ON_CALL });
  onTestFinished(async () => {
    await Promise.all([model.stop(), world.stop()]);
    await rm(folder, { recursive: true });
  });
  return {
    model,
    world,
    async start(environment) {
      const bot = await startBot({
        folder,
        environment: {
          ANTHROPIC_API_KEY: 'sk-ant-end-to-end',
          ANTHROPIC_BASE_URL: model.baseUrl,
          MODEL,
          GUARD_MODEL,
          HTTP_LOOPBACK_PORTS: String(world.port),
          ...environment,
        },
      });
      onTestFinished(async () => {
        await bot.stop();
      });
      return bot;
    },
  };
}
