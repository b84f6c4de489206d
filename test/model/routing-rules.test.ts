import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/loader.ts';
import { describeOffline } from '../../src/composition/offline-program.ts';
import type { ModelMessage } from '../../src/model/model.ts';
import { MAXIMUM_CONVERSATION, ROUTING_RULES, simpleBecause } from '../../src/model/routing-rules.ts';

const { catalog } = await loadCatalog(new URL('../../catalog/', import.meta.url));
const programs = catalog.list().map(describeOffline);

const said = (text: string): ModelMessage => ({ role: 'user', content: [{ type: 'text', text }] });
const reasonFor = (text: string): string | null => simpleBecause([said(text)], programs);

describe('the rules of routing', () => {
  it.each(
    ROUTING_RULES.flatMap(({ name, examples, match }) => examples.map((text) => ({ name, text, match }))),
  )('$name holds for: $text', ({ text, match }) => {
    expect(match(text, programs)).not.toBeNull();
    expect(reasonFor(text)).not.toBeNull();
  });
});

describe('simpleBecause', () => {
  it.each([
    ['fetch https://example.com/', 'the program http_get does it'],
    ['Please fetch https://example.com/', 'the program http_get does it'],
    ['what is 15% of 80?', 'the program percent_of does it'],
    ['close the poll', 'the program poll_close does it'],
    ['What did I note about the Berlin office?', 'one look-up'],
    ['what have we saved on parking', 'one look-up'],
    ['What do you know about my sister?', 'one look-up'],
    ['Remind me what I noted about the release', 'one look-up'],
    ['Could you show me my notes about onboarding?', 'one look-up'],
    ['look up the wifi password in our notes', 'one look-up'],
    ["tl;dr https://example.com/long-read please, it's long", 'one fetch'],
    ['Summarise https://example.com/news in three points', 'one fetch'],
    ["What's on https://example.com/menu today?", 'one fetch'],
    ['hey, look at https://status.example.com', 'one fetch'],
    // The words of an address are none of the request.
    ['give me the news of https://example.com/compare?if=all&then=x today', 'one fetch'],
  ])('says of %s: %s', (text, reason) => {
    expect(reasonFor(text)).toBe(reason);
  });

  it.each([
    '',
    'Hi!',
    'Plan our offsite in Lisbon.',
    'Write a poem about notes.',
    'How could we organise our notes?',
    'Why did I note that about the office?',
    'What did I note about the office, and does it agree with https://example.com/?',
    'What did I note about the office? Then write it to the channel.',
    'What did I note about each office?',
    'Compare my notes about Berlin and Lisbon',
    'Read https://example.com/a and https://example.com/b and tell me which is newer',
    'Summarise https://example.com/news daily',
    'Summarise https://example.com/news and post it to the channel',
    'Fetch https://example.com/data.json, calculate the mean',
    'If https://example.com is down, tell me why',
    'Get https://example.com/prices\nand make a table',
    `Summarise https://example.com/news ${'very '.repeat(80)}briefly`,
  ])('sees no simple request in: %s', (text) => {
    expect(reasonFor(text)).toBeNull();
  });

  it('sees none behind a conversation that is too long for a small model', () => {
    const simple = 'What did I note about the Berlin office?';
    const behind = (length: number): readonly ModelMessage[] => [
      said('x'.repeat(length)),
      { role: 'assistant', content: [{ type: 'text', text: 'Yes.' }] },
      said(simple),
    ];
    const empty = JSON.stringify(behind(0)).length;
    expect(simpleBecause(behind(MAXIMUM_CONVERSATION - empty), programs)).toBe('one look-up');
    expect(simpleBecause(behind(MAXIMUM_CONVERSATION - empty + 1), programs)).toBeNull();
  });

  it('looks at what the person said last', () => {
    const messages = [said('Plan our offsite.'), said('close the poll')];
    expect(simpleBecause(messages, programs)).toBe('the program poll_close does it');
    const answered: ModelMessage = { role: 'assistant', content: [{ type: 'text', text: 'Yes.' }] };
    expect(simpleBecause([said('close the poll'), answered], programs)).toBeNull();
  });

  it('answers soon whatever it is given', () => {
    const texts = ['what did i note '.repeat(5_000), 'fetch https://'.repeat(5_000), 'a '.repeat(50_000)];
    for (const text of texts) expect(reasonFor(text)).toBeNull();
  });
});
