import type { ModelFailureCode } from './model.ts';

/** What a service says of an error, beside what its status and its type mean. */
export interface ToldError {
  /** Absent in the middle of a stream. */
  readonly status: number | undefined;
  readonly type: string | null;
  readonly errorCode: string | null;
  readonly message: string;
}

/** What the API's stable codes mean, where that is not what their status says. */
const BY_ERROR_CODE: ReadonlyMap<string, ModelFailureCode> = new Map<string, ModelFailureCode>([
  ['contract_spend_limit_reached', 'spend-limit'],
  ['enforced_spend_limit_reached', 'spend-limit'],
  ['linked_organization_spend_limit_reached', 'spend-limit'],
  ['linked_organization_billing_unavailable', 'spend-limit'],
  ['ramp_limit_exceeded', 'rate-limited'],
  ['request_body_too_large_after_decoding', 'context-too-long'],
  ['organization_on_hold', 'auth'],
  ['cmek_context_unavailable', 'server-error'],
  ['cmek_key_unreachable', 'server-error'],
]);

interface Words {
  readonly pattern: RegExp;
  readonly statuses: ReadonlySet<number | undefined>;
  readonly code: ModelFailureCode;
}

/** What has no code of its own, in the words of the API and of llama.cpp, vLLM, SGLang, Ollama and LM Studio. */
const IN_WORDS: readonly Words[] = [
  {
    pattern:
      /(?:prompt|input|request) is too (?:long|large)|context[ _]?(?:window|limit|length|size)|maximum model length/i,
    statuses: new Set([undefined, 400, 413, 422, 500]),
    code: 'context-too-long',
  },
  {
    pattern: /credit balance is too low|reached your [\w ]*usage limits/i,
    statuses: new Set([undefined, 400, 403, 429]),
    code: 'spend-limit',
  },
];

/** Undefined where nothing but the status tells what it is. */
export function toldCode({ status, type, errorCode, message }: ToldError): ModelFailureCode | undefined {
  const known = errorCode === null ? undefined : BY_ERROR_CODE.get(errorCode);
  // A code that is not known is as none.
  if (known !== undefined) return known;
  const said = `${type ?? ''} ${message}`;
  return IN_WORDS.find(({ pattern, statuses }) => statuses.has(status) && pattern.test(said))?.code;
}

/** Whether the same request would fail once more for the same reason. */
export function staysSo(error: ToldError): boolean {
  const code = error.status === 402 ? 'spend-limit' : toldCode(error);
  return code === 'spend-limit' || code === 'context-too-long';
}
