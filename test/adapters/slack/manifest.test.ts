import { describe, expect, it } from 'vitest';
import { BOT_EVENTS, BOT_SCOPES, manifest } from '../../../adapters/slack/manifest.ts';

describe('manifest', () => {
  it('asks for every scope and event in use', () => {
    expect(manifest()).toMatchObject({
      oauth_config: { scopes: { bot: BOT_SCOPES.map(({ name }) => name) } },
      settings: {
        socket_mode_enabled: true,
        event_subscriptions: { bot_events: BOT_EVENTS.map(({ name }) => name) },
      },
    });
  });

  it('lets people write direct messages', () => {
    const app_home = { messages_tab_enabled: true, messages_tab_read_only_enabled: false };
    expect(manifest()).toMatchObject({ features: { app_home } });
  });

  it('makes the app an agent, which may show that it is at work', () => {
    expect(BOT_SCOPES).toContainEqual(expect.objectContaining({ name: 'assistant:write', required: false }));
    const description = /^.{1,300}$/;
    expect(manifest()).toMatchObject({
      features: { agent_view: { agent_description: expect.stringMatching(description) } },
    });
  });

  it('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(manifest()))).toEqual(manifest());
  });
});
