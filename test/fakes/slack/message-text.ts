/** A typed text as Slack sends it on: escaped, and with web addresses made into links. */
export function asSent(typed: string): string {
  return escapeText(typed).replace(/https?:\/\/[^\s"'<>`)\]]+/g, (url) => `<${url}>`);
}

/** A text of the Web API as a person reads it. */
export function asRead(text: string): string {
  return text
    .replace(/<(?:https?:\/\/|mailto:)[^<>|]*\|([^<>]*)>/g, '$1')
    .replace(/<(https?:\/\/[^<>|]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** True for a text with which Slack would notify more than the people in it. Stricter than Slack. */
export function notifiesEveryone(text: string): boolean {
  return (
    /<!(?:channel|here|everyone|subteam\^)/i.test(text) || /(?<!\w)@(?:channel|here|everyone)\b/i.test(text)
  );
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
