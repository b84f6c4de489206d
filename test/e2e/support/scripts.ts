import { FETCH_AND_REMEMBER, RECALL } from './programs.ts';
import type { Script, ScriptedReply } from './scripted-model.ts';

/** The model calls `run_program`. */
export function program(
  input: Readonly<Record<string, unknown>>,
  args: readonly unknown[] = [],
): ScriptedReply {
  return { tool: 'run_program', input: { ...input, args } };
}

/** Asks for the on-call name once and recalls it in later turns. */
export function onCallScript(urlOf: () => string): Script {
  return {
    reply(said) {
      if (said.includes('who is on call')) return program(FETCH_AND_REMEMBER, [urlOf()]);
      if (said.includes('who was it')) return program(RECALL);
      return {
        text: said.includes('Grace Hopper') ? 'It is **Grace Hopper**.' : `I could not find out: ${said}`,
      };
    },
  };
}
