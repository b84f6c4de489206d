import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js';

export const ASK_COMMAND = 'ask';
export const ASK_TEXT_OPTION = 'text';

/** Every command of the bot. Registering them replaces whatever commands the application had. */
export const COMMANDS: RESTPutAPIApplicationCommandsJSONBody = [
  {
    type: ApplicationCommandType.ChatInput,
    name: ASK_COMMAND,
    description: 'Ask Wattle a question or give it something to do',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: ASK_TEXT_OPTION,
        description: 'What you would like to know or have done',
        required: true,
      },
    ],
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  },
];
