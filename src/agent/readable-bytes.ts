/** Characters of decoded bytes that may be none, for a text in which something else stands too. */
const MOST_BROKEN = 0.1;
const BROKEN = /[\ufffd\p{Cn}\p{Co}[\p{Cc}--[\t\n\r]]]/gv;

/** Whether decoded bytes are a text and not what comes of bytes that never were one. */
export function isReadable(text: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(text)) return false;
  const broken = text.match(BROKEN)?.length ?? 0;
  return broken <= text.length * MOST_BROKEN;
}
