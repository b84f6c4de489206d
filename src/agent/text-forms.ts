import { isAtUse, parseAtUse } from './at-use.ts';
import { LiteralReader } from './literal-reader.ts';
import { RUN_PROGRAM, type ToolParse, USE_PROGRAM } from './tools.ts';

const CALL_START = /^[ \t]*ToolCall::Wat\(/gm;
const FENCE = /^[ \t]*(?:`{3,}|~{3,})/gm;
const CALL =
  /^[ \t]*ToolCall::Wat\(\s*(`{3,})wat[ \t]*\r?\n([\s\S]*?)\r?\n[ \t]*\1\s*(?:signature:[ \t]*([^\r\n]+)\r?\n\s*)?(?:args:[ \t]*(\([^\r\n]*)\r?\n\s*)?\)/m;

/**
 * The call that a reply without native tools holds, or null where it is an answer. A program stands in
 * `ToolCall::Wat(`, a fence, optional `signature:` and `args: (...)` lines, `)`; a catalog call is a reply
 * of one line, `@use name(args)`.
 */
export function readTextForm(text: string): ToolParse | null {
  if (isAtUse(text) && !text.trim().includes('\n')) return readUse(text);
  const starts = [...text.matchAll(CALL_START)]
    .map(({ index }) => index)
    .filter((index) => !isFenced(text, index));
  const [start] = starts;
  if (start === undefined) return null;
  if (starts.length > 1) {
    return {
      ok: false,
      message: `Expected one ToolCall::Wat( in a reply, got ${starts.length}; send one at a time`,
    };
  }
  return readProgram(text.slice(start));
}

/** Whether a place lies in a code fence: a reply may show the form without meaning it. */
function isFenced(text: string, index: number): boolean {
  return [...text.slice(0, index).matchAll(FENCE)].length % 2 === 1;
}

function readUse(text: string): ToolParse {
  const use = parseAtUse(text);
  if (!use.ok) return use;
  return { ok: true, request: { tool: USE_PROGRAM, name: use.name, args: use.args } };
}

function readProgram(text: string): ToolParse {
  const found = CALL.exec(text);
  const body = found?.[2];
  if (body === undefined) {
    return {
      ok: false,
      message: 'Expected ToolCall::Wat( then a fenced block that begins with ```wat, then )',
    };
  }
  const signature = found?.[3]?.trim().replace(/^`(.*)`$/, '$1') ?? null;
  const reader = new LiteralReader(found?.[4] ?? '()', 1);
  const args = reader.readList(')');
  if (reader.problem !== null) {
    const { expected, offset } = reader.problem;
    return { ok: false, message: `Expected ${expected} at character ${offset + 1} of the args` };
  }
  return { ok: true, request: { tool: RUN_PROGRAM, body, signature, args, title: null } };
}
