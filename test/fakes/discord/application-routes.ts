import { z } from 'zod';
import { toApiUser } from './people.ts';
import { answer, type Routes, refuseField } from './route.ts';
import type { DiscordWorld } from './world.ts';

type ApplicationRoute =
  | 'GET /gateway/bot'
  | 'GET /users/@me'
  | 'GET /oauth2/applications/@me'
  | 'GET /applications/:application/commands'
  | 'PUT /applications/:application/commands';

/** A registered slash command. */
export interface FakeCommand {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

const commandForm = z.array(
  z.looseObject({
    name: z.string().regex(/^[-_'\p{L}\p{N}]{1,32}$/u),
    description: z.string().min(1).max(100),
    options: z
      .array(z.looseObject({ name: z.string().min(1).max(32), description: z.string().min(1).max(100) }))
      .max(25)
      .optional(),
  }),
);

export interface ApplicationSetting {
  readonly applicationId: string;
  /** Address of the gateway; known once the server listens. */
  gatewayUrl(): string;
}

/** Who the bot is, where its gateway is, and its commands. */
export class Application {
  readonly #world: DiscordWorld;
  readonly #setting: ApplicationSetting;
  #commands: readonly FakeCommand[] = [];

  constructor(world: DiscordWorld, setting: ApplicationSetting) {
    this.#world = world;
    this.#setting = setting;
  }

  get commands(): readonly FakeCommand[] {
    return this.#commands;
  }

  routes(): Pick<Routes, ApplicationRoute> {
    const { bot } = this.#world;
    const { applicationId, gatewayUrl } = this.#setting;
    return {
      'GET /gateway/bot': () => {
        const session_start_limit = {
          total: 1000,
          remaining: 999,
          reset_after: 86_400_000,
          max_concurrency: 1,
        };
        return answer({ url: gatewayUrl(), shards: 1, session_start_limit });
      },
      'GET /users/@me': () => answer(toApiUser(bot)),
      'GET /oauth2/applications/@me': () =>
        answer({ id: applicationId, name: bot.name, bot_public: false, flags: 0 }),
      'GET /applications/:application/commands': () => answer(this.#commands),
      'PUT /applications/:application/commands': ({ body }) => {
        const form = commandForm.safeParse(body);
        if (!form.success) {
          const [issue] = form.error.issues;
          return refuseField(issue?.path.join('.') ?? 'body', 'BASE_TYPE_BAD', issue?.message ?? 'bad value');
        }
        this.#commands = form.data.map((command) => ({ ...command, id: this.#idOf(command.name) }));
        this.#world.events.emit('change');
        return answer(this.#commands);
      },
    };
  }

  /** A command that is registered again under its name stays the same command. */
  #idOf(name: string): string {
    return this.#commands.find((command) => command.name === name)?.id ?? this.#world.newId();
  }
}
