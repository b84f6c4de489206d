import type { Setting } from './setting.ts';

/** The `.env.example` that these settings make. */
export function renderEnvExample(settings: readonly Setting<unknown>[]): string {
  const entries = settings.map((setting) => {
    const hint = setting.fallback === '' ? '' : ` Default: ${setting.fallback}.`;
    return `# ${setting.about}${hint}\n# Expected: ${setting.expected}.\n${setting.name}=\n`;
  });
  return `# Copy this file to .env and fill in what you need. All of it is optional; empty means the default.\n\n${entries.join('\n')}`;
}

/** The README's table of settings. */
export function renderSettingsTable(settings: readonly Setting<unknown>[]): string {
  const rows = settings.map(
    ({ name, about, fallback }) => `| \`${name}\` | ${about} | ${fallback === '' ? '' : `\`${fallback}\``} |`,
  );
  return ['| variable | what it does | default |', '|---|---|---|', ...rows].join('\n');
}
