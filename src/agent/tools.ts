import { z } from 'zod';
import type { ToolDefinition } from '../model/model.ts';

export const RUN_PROGRAM = 'run_program';
export const USE_PROGRAM = 'use_program';

/** Arguments in the order of the signature, or by the names of its parameters. */
export type CallArguments = readonly unknown[] | Readonly<Record<string, unknown>>;

/** What the model asked for, checked in its shape. */
export type ToolRequest =
  | {
      readonly tool: typeof RUN_PROGRAM;
      readonly body: string;
      readonly signature: string | null;
      readonly args: CallArguments;
      readonly title: string | null;
    }
  | { readonly tool: typeof USE_PROGRAM; readonly name: string; readonly args: CallArguments };

export type ToolParse =
  | { readonly ok: true; readonly request: ToolRequest }
  | { readonly ok: false; readonly message: string };

const ARGS = z
  .union([z.array(z.unknown()), z.record(z.string(), z.unknown())], {
    error: 'expected a list of values in the order of the signature, or an object by parameter name',
  })
  .optional()
  .describe('Values in the order of the signature, or an object by parameter name.');

const RUN_INPUT = z.strictObject({
  body: z.string().min(1).describe('The function body in WAT-plus. Never a module.'),
  signature: z
    .string()
    .optional()
    .describe(
      'What the body takes and gives, such as `(url: string, times: i32) -> string`. Default `() -> string`.',
    ),
  args: ARGS,
  title: z.string().optional().describe('What this step does, in a few words, for the person who watches.'),
});

/** No list of names: a workspace has its own, and the tools begin the prefix that is cached for all. */
const USE_INPUT = z.strictObject({
  name: z.string().describe('A program of the catalog or of the workspace.'),
  args: ARGS,
});

const MALFORMED = z.object({ malformedJson: z.string() });

/** The tools as the model sees them. Without programs in the catalog there is nothing to use. */
export function buildTools(programs: readonly string[]): readonly ToolDefinition[] {
  const run: ToolDefinition = {
    name: RUN_PROGRAM,
    description:
      'Runs a program that you write: metered, jailed, with the granted functions only. Answers status, result, debug output, fuel and time.',
    inputSchema: toJsonSchema(RUN_INPUT),
  };
  if (programs.length === 0) return [run];
  const use: ToolDefinition = {
    name: USE_PROGRAM,
    description: 'Runs a tested program of the catalog. Prefer it to writing one that does the same.',
    inputSchema: toJsonSchema(USE_INPUT),
  };
  return [run, use];
}

/** Checks what the model wrote. A message says what was expected and what came. */
export function parseToolCall(name: string, input: unknown): ToolParse {
  const malformed = MALFORMED.safeParse(input);
  if (malformed.success) {
    const got = JSON.stringify(malformed.data.malformedJson.slice(-80));
    return refuse(
      `expected the arguments of ${name} as one complete JSON object; it broke off or is not JSON at ${got}`,
    );
  }
  if (name === RUN_PROGRAM) return parseRun(input);
  if (name === USE_PROGRAM) return parseUse(input);
  return refuse(`expected the tool ${RUN_PROGRAM} or ${USE_PROGRAM}, got ${JSON.stringify(name)}`);
}

function parseRun(input: unknown): ToolParse {
  const parsed = RUN_INPUT.safeParse(input);
  if (!parsed.success) return refuse(describeIssues(RUN_PROGRAM, parsed.error));
  const { body, signature = null, args = [], title = null } = parsed.data;
  return { ok: true, request: { tool: RUN_PROGRAM, body, signature, args, title } };
}

function parseUse(input: unknown): ToolParse {
  const parsed = USE_INPUT.safeParse(input);
  if (!parsed.success) return refuse(describeIssues(USE_PROGRAM, parsed.error));
  const { name, args = [] } = parsed.data;
  return { ok: true, request: { tool: USE_PROGRAM, name, args } };
}

function refuse(message: string): ToolParse {
  return { ok: false, message };
}

function describeIssues(tool: string, error: z.ZodError): string {
  const issues = error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  return `The arguments of ${tool} do not fit: ${issues.join('; ')}`;
}

function toJsonSchema(schema: z.ZodType): Readonly<Record<string, unknown>> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema);
  return rest;
}
