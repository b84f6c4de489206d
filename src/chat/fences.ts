/** A fenced code block of a Markdown text, as offsets into the text. */
export interface Fence {
  /** Where the opening line begins. */
  readonly start: number;
  readonly contentStart: number;
  /** Where the closing line begins; the end of the text when nothing closes the block. */
  readonly contentEnd: number;
  /** Right after the closing marker. */
  readonly end: number;
  /** The opening line: indentation, marker and info string. */
  readonly opener: string;
  /** The indentation and marker that close it. */
  readonly closer: string;
}

// Indentation is unlimited, unlike in CommonMark, because a block in a nested list is a fence too.
const MARKER_LINE = /^([ \t]*)(`{3,}|~{3,})(.*)$/gm;

interface MarkerLine {
  readonly index: number;
  readonly line: string;
  readonly indent: string;
  readonly marker: string;
  readonly info: string;
}

/** Finds the fenced code blocks of a Markdown text, in order. */
export function findFences(text: string): Fence[] {
  const fences: Fence[] = [];
  let opening: MarkerLine | null = null;
  for (const line of markerLines(text)) {
    if (opening === null) {
      if (opens(line)) opening = line;
    } else if (closes(line, opening)) {
      fences.push(fence(opening, line.index, line.index + line.line.trimEnd().length, text));
      opening = null;
    }
  }
  if (opening !== null) fences.push(fence(opening, text.length, text.length, text));
  return fences;
}

function markerLines(text: string): MarkerLine[] {
  return [...text.matchAll(MARKER_LINE)].map((match) => {
    const [line, indent = '', marker = '', info = ''] = match;
    return { index: match.index, line, indent, marker, info };
  });
}

function opens({ marker, info }: MarkerLine): boolean {
  return marker.startsWith('~') || !info.includes('`');
}

function closes({ marker, info }: MarkerLine, opening: MarkerLine): boolean {
  return marker.startsWith(opening.marker) && info.trim() === '';
}

function fence(opening: MarkerLine, contentEnd: number, end: number, text: string): Fence {
  const lineEnd = text.indexOf('\n', opening.index);
  return {
    start: opening.index,
    contentStart: lineEnd === -1 ? text.length : lineEnd + 1,
    contentEnd,
    end,
    opener: opening.line.trimEnd(),
    closer: opening.indent + opening.marker,
  };
}
