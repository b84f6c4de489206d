/** The first balanced JSON object in a text that may have other words around it, or null. */
export function extractJson(text: string): unknown {
  for (let start = text.indexOf('{'); start >= 0; start = text.indexOf('{', start + 1)) {
    const end = findClosingBrace(text, start);
    const value = end === null ? null : parseObject(text.slice(start, end + 1));
    if (value !== null) return value;
  }
  return null;
}

/** Braces inside strings do not count, nor do quotes that are escaped. */
function findClosingBrace(text: string, start: number): number | null {
  let depth = 0;
  let inString = false;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (inString && character === '\\') index += 1;
    else if (character === '"') inString = !inString;
    else if (!inString && character === '{') depth += 1;
    else if (!inString && character === '}') depth -= 1;
    if (depth === 0) return index;
  }
  return null;
}

function parseObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
