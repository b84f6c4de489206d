import { readReply } from '../../src/agent/reply.ts';
import type { ToolParse } from '../../src/agent/tools.ts';
import type { Model, ModelOutcome, ModelRequest, Usage } from '../../src/model/model.ts';
import type { Attempt } from './score-attempt.ts';

/** A model with what it wrote on record. */
export interface WatchedModel extends Model {
  /** The programs that it handed in, in order. */
  readonly attempts: readonly Attempt[];
  /** What it was told of each, in order; the last may have no answer yet. */
  readonly observations: readonly string[];
  /** How often it was asked. */
  readonly steps: number;
  readonly usage: Pick<Usage, 'inputTokens' | 'outputTokens'>;
}

/** Notes the programs in a model's replies, and what the agent then tells it of them. */
export function watchModel(model: Model): WatchedModel {
  const attempts: Attempt[] = [];
  const observations: string[] = [];
  const usage = { inputTokens: 0, outputTokens: 0 };
  let steps = 0;
  return {
    name: model.name,
    attempts,
    observations,
    usage,
    get steps() {
      return steps;
    },
    async *stream(request) {
      steps += 1;
      observations.push(...observationsIn(request).slice(observations.length));
      const outcome = yield* model.stream(request);
      if (!outcome.ok) return outcome;
      attempts.push(...attemptsIn(outcome));
      usage.inputTokens += totalInput(outcome.usage);
      usage.outputTokens += outcome.usage.outputTokens;
      return outcome;
    },
  };
}

function observationsIn({ messages }: ModelRequest): string[] {
  return messages.flatMap(({ role, content }) =>
    role === 'assistant'
      ? []
      : content.flatMap((block) => (block.type === 'tool-result' ? [block.text] : [])),
  );
}

function totalInput({ inputTokens, cacheReadTokens, cacheWriteTokens }: Usage): number {
  return inputTokens + cacheReadTokens + cacheWriteTokens;
}

function attemptsIn(outcome: Extract<ModelOutcome, { ok: true }>): Attempt[] {
  const reply = readReply(outcome);
  return reply.kind === 'calls' ? reply.calls.flatMap(({ parse }) => toAttempt(parse)) : [];
}

/** A call of a catalog program is no program of the author's. */
function toAttempt(parse: ToolParse): Attempt[] {
  if (!parse.ok) return [{ kind: 'unreadable', reason: parse.message }];
  const { request } = parse;
  if (request.tool !== 'run_program') return [];
  return [{ kind: 'program', body: request.body, signature: request.signature }];
}
