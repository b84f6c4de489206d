/**
 * Marks text from outside as data. The number in the marker is one that the text does not use, so that
 * nothing in it can end the fence.
 */
export function fenceData(text: string): string {
  const used = new Set([...text.matchAll(/data-(\d+)/gi)].map((found) => Number(found[1])));
  let number = 0;
  while (used.has(number)) number += 1;
  return `<data-${number}>\n${text}\n</data-${number}>`;
}
