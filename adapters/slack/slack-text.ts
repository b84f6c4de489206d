/** One construct of Slack's own: a token in angle brackets, or an escaped character. */
const CONSTRUCT = /<([^<>]*)>|&(?:amp|lt|gt);/g;

const ESCAPES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** Takes the mention of one user out, with the space that it leaves behind. */
export function withoutMention(text: string, userId: string): string {
  const mention = new RegExp(`( ?)<@${userId}(?:\\|[^<>]*)?>( ?)`, 'g');
  return text
    .replace(mention, (_whole, before: string, after: string) => (before && after ? ' ' : ''))
    .trim();
}

/** Slack's markup as a person typed it: links, mentions and escapes undone. */
export function decodeSlackText(text: string): string {
  return text.replace(CONSTRUCT, (whole: string, token: string | undefined) =>
    token === undefined ? (ESCAPES[whole] ?? whole) : readToken(token),
  );
}

/** `&`, `<` and `>` as Slack wants them, so that a text can hold no control sequence. */
export function escapeSlackText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function readToken(token: string): string {
  const bar = token.indexOf('|');
  const target = decodeSlackText(bar < 0 ? token : token.slice(0, bar));
  const label = bar < 0 ? '' : decodeSlackText(token.slice(bar + 1));
  if (target.startsWith('@') || target.startsWith('#')) return target[0] + (label || target.slice(1));
  if (target.startsWith('!')) return readSpecial(target.slice(1), label);
  return readLink(target, label);
}

/** `!here`, `!subteam^S1|@team`, `!date^1700000000^{date}|yesterday`. */
function readSpecial(target: string, label: string): string {
  const [kind = '', id = ''] = target.split('^');
  if (kind === 'date') return label;
  const name = label || id || kind;
  return name.startsWith('@') ? name : `@${name}`;
}

/** Slack turns `example.com` and `a@b.org` into links by itself; those read as they were typed. */
function readLink(target: string, label: string): string {
  const typed = target.replace(/^(?:https?:\/\/|mailto:|tel:)/, '');
  if (label === '' || label === target) return target;
  return label === typed ? label : `[${label}](${target})`;
}
