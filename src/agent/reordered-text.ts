const OVERRIDE = /([\u202d\u202e])([^\u202c\n\r\u2029]*)/g;
const RIGHT_TO_LEFT =
  '\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}\\p{Script=Adlam}';
/** What an override turns round. Digits alone run left to right also in texts that do not. */
const TURNED_LEFT = new RegExp(`[[\\p{L}\\p{Nd}]--[${RIGHT_TO_LEFT}]]{2}`, 'v');
const TURNED_RIGHT = new RegExp(`[${RIGHT_TO_LEFT}]{2}`, 'v');

/**
 * Whether an override shows words in another order than they are read in. Embeddings, isolates and marks, as texts in
 * Arabic or Hebrew need them, do not, nor does an override round what runs in its direction anyway.
 */
export function isReordered(text: string): boolean {
  for (const [, override, span = ''] of text.matchAll(OVERRIDE)) {
    const turned = override === '\u202e' ? TURNED_LEFT : TURNED_RIGHT;
    if (turned.test(span)) return true;
  }
  return false;
}
