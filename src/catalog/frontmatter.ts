/** Starts each line of the header: a WAT line comment, so that the file as a whole stays WAT. */
const PREFIX = ';;|';

/** A program file taken apart. Lines keep their numbers: the TOML's are the file's, and so are the body's. */
export interface ProgramText {
  /** The header without its prefixes, or null when the file does not begin with one. */
  readonly toml: string | null;
  /** The file with the lines of the header left blank. */
  readonly body: string;
}

/** What the prefix takes away from a header line, to turn a column of the TOML into one of the file. */
export const PREFIX_COLUMNS = PREFIX.length;

/** The header is the unbroken run of `;;|` lines at the very top of the file. */
export function splitProgramText(text: string): ProgramText {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => !line.startsWith(PREFIX));
  const header = end === -1 ? lines : lines.slice(0, end);
  if (header.length === 0) return { toml: null, body: lines.join('\n') };
  const blank = header.map(() => '');
  return {
    toml: header.map((line) => line.slice(PREFIX.length)).join('\n'),
    body: [...blank, ...lines.slice(header.length)].join('\n'),
  };
}
