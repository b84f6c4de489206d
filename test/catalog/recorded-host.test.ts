import { describe, expect, it } from 'vitest';
import type { RecordedCall } from '../../src/catalog/port.ts';
import { createRecordedHost } from '../../src/catalog/recorded-host.ts';
import type { HostAnswer, HostCall } from '../../src/engine/port.ts';

const REAL = { names: ['core', 'kv'], imports: () => [] };

const FETCH: RecordedCall = {
  call: 'http.get',
  args: ['https://a.example/'],
  answer: { ok: true, value: 'page' },
};
const STORE: RecordedCall = { call: 'kv.set', answer: { ok: true, value: null } };

async function play(
  recorded: readonly RecordedCall[],
  calls: readonly HostCall[],
): Promise<{ answers: readonly HostAnswer[]; complaints: readonly string[] }> {
  const host = createRecordedHost(REAL, recorded);
  const answer = host.capabilities.open([], null, new AbortController().signal);
  const answers: HostAnswer[] = [];
  for (const call of calls) answers.push(await answer(call));
  return { answers, complaints: host.complaints() };
}

function call(capability: string, name: string, ...args: HostCall['args']): HostCall {
  return { capability, name, args };
}

describe('createRecordedHost', () => {
  it('gives the recorded answers in turn and has nothing to complain about', async () => {
    const { answers, complaints } = await play(
      [FETCH, STORE],
      [call('http', 'get', 'https://a.example/'), call('kv', 'set', 'key', 'any')],
    );
    expect(answers).toEqual([FETCH.answer, STORE.answer]);
    expect(complaints).toEqual([]);
  });

  it('fails and complains about a call that was not recorded', async () => {
    const { answers, complaints } = await play([], [call('kv', 'get', 'key')]);
    expect(answers).toEqual([
      { ok: false, status: 'EREMOTE', message: 'call 1: kv.get("key") was not recorded' },
    ]);
    expect(complaints).toEqual(['call 1: kv.get("key") was not recorded']);
  });

  it('complains about another function than the recorded one', async () => {
    const { complaints } = await play([STORE], [call('kv', 'get', 'key')]);
    expect(complaints).toEqual(['call 1: expected kv.set as recorded, got kv.get("key")']);
  });

  it('complains about other arguments than the recorded ones', async () => {
    const { complaints } = await play([FETCH], [call('http', 'get', 'https://b.example/')]);
    expect(complaints).toEqual([
      'call 1: expected http.get("https://a.example/") as recorded, got http.get("https://b.example/")',
    ]);
  });

  it('complains about each answer that no call asked for', async () => {
    const { complaints } = await play([FETCH, STORE, STORE], [call('http', 'get', 'https://a.example/')]);
    expect(complaints).toEqual([
      'the recorded answer of kv.set was not asked for',
      'the recorded answer of kv.set was not asked for',
    ]);
  });
});
