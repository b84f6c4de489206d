const WORD = /[\p{L}\p{N}\p{M}'’]+/gu;

/** Each word with a capital first letter and the rest small. */
export function titleCase(text: string): string {
  return text.replace(WORD, (word) => {
    const [first = ''] = word;
    return first.toUpperCase() + word.slice(first.length).toLowerCase();
  });
}
