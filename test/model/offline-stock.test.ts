import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/loader.ts';
import { describeOffline } from '../../src/composition/offline-program.ts';
import { matchRequest } from '../../src/model/offline-match.ts';

const { catalog } = await loadCatalog(new URL('../../catalog/', import.meta.url));
const programs = catalog.list().map(describeOffline);

describe('matchRequest on the stock catalog', () => {
  it('finds the program and arguments of every example phrase', () => {
    const wanted = programs.flatMap(({ name, says }) =>
      says.map(({ text, args }) => ({
        text,
        call: { name, args: args.map((arg) => (typeof arg === 'bigint' ? Number(arg) : arg)) },
      })),
    );
    expect(wanted.length).toBeGreaterThan(200);
    const found = wanted.map(({ text }) => ({ text, call: matchRequest(text, programs) }));
    expect(found).toEqual(wanted);
  });

  it.each([
    'should we close the poll?',
    'who closed the poll?',
    'close the poll?',
    'standup summary',
    'should I mark todo 3 as done?',
    'todo 3 is done?',
    'I vote for ramen?',
    'sort these: banana, apple',
    'what is the capital of France?',
    'fetch https://a.example and https://b.example',
    'what is vote 1',
    'what is 15 of 80',
    '80 minus 15%',
    'is 15% of 80 more than 10?',
    // Words that only some programs share, or that one knows by its description alone
    'what time is it',
    'list my files',
    'pick a random name from Anna, Ben, Carl',
    'give me a number between 1 and 100',
    'give me a random number between 1 and 10',
    'is 97 a fibonacci number',
    'how many weekends between 2026-01-01 and 2026-03-01',
    // Numbers that have another part in the sentence than their parameter has
    'increase 80 by 15%',
    '100 minus 15%',
    'how much is 15% more than 80',
    'prime numbers up to 20',
    'fibonacci numbers up to 100',
    'sum of 1 to 10',
    'what is the percentage change between 50 and 75',
    'what is 100 increased by 15%',
    // Words that are no value of that kind
    'what day is it tomorrow',
    'what time is it in the meeting',
    '10 kg in pounds and ounces',
    'extract emails from "a@b.c and d@e.f"',
    'extract links from https://example.com',
    // A text that is elsewhere, or no text to work on
    'word count of https://example.com',
    'how long is lunch',
    'what changed from Monday to Tuesday',
    'how many words are in Hamlet',
    'write it backwards',
    'what is it in base64',
    'sort the lines by length',
    'reverse the list a, b, c',
    'how many words should an abstract have?',
    'reverse "abc" twice',
    'read note Plan and tell me what you think',
    // Nothing to keep
    'remember that A is B and that C is D',
    'remember that the password is not swordfish',
    'add 1.5 to the tally of tea',
    'add everything above to the todo list',
    'add what Ada said to the todo list',
    'todo: ?',
    'todo: what is this list for?',
    // About a thing, and no request for one
    'what is a uuid',
    'what are polls',
    'tell me about uuids',
  ])('calls nothing for: %s', (text) => {
    expect(matchRequest(text, programs)).toBeNull();
  });

  it.each([
    ['how many days between 2026-01-01 and 2026-12-31', 'days_between', ['2026-01-01', '2026-12-31']],
    ['loan of 200,000 at 4% for 360 months', 'calculate_loan', [200_000, 4, 360]],
    ['format this json {"a":1}', 'json_format', ['{"a":1}']],
    ['sum 1, 2, 3', 'sum_numbers', ['1, 2, 3']],
    ['word count of hello world', 'word_count', ['hello world']],
    ['title of https://a.example', 'page_title', ['https://a.example']],
    ['generate a uuid', 'uuid', []],
    ['sha256 of hello', 'hash_text', ['hello', 'sha256']],
    ['poll results', 'poll_result', []],
    ['vote 2', 'poll_vote', ['2']],
    ['5 miles in km', 'unit_convert', [5, 'miles', 'km']],
    ['add milk to the todo list', 'todo_add', ['milk']],
    ['remind me to call Ada on 2026-12-01', 'remind_add', ['call Ada', '2026-12-01']],
    ['roll a d20', 'roll_dice', ['d20']],
    ['what day is 2026-11-22', 'weekday_of', ['2026-11-22']],
    ['todo: call Ada!', 'todo_add', ['call Ada!']],
    ['what is 15% of 80', 'percent_of', [15, 80]],
    ['15 % of 80', 'percent_of', [15, 80]],
    ['how much is 7.5 percent of 1,200?', 'percent_of', [7.5, 1_200]],
    ["What's 20% of 50?", 'percent_of', [20, 50]],
    ['calculate 20% of 50', 'percent_of', [20, 50]],
    ['how many percent is 17 of 40', 'percentage', [17, 40]],
    ['what percent of 80 is 15?', 'percentage', [15, 80]],
    [
      'check https://a.example and https://b.example',
      'http_status_check',
      ['https://a.example, https://b.example'],
    ],
    ['compound interest on 250 with 3% over 2 years', 'compound_interest', [250, 3, 2]],
    ['choose between pizza and pasta', 'pick_random', ['pizza, pasta']],
    ['pick someone: Anna, Ben or Carl', 'pick_random', ['Anna, Ben or Carl']],
    ['todo: buy milk and then tell me', 'todo_add', ['buy milk and then tell me']],
    ['shuffle Anna, Ben and Carl', 'shuffle_list', ['Anna, Ben and Carl']],
    ['what is the sum of 12 and 30?', 'sum_numbers', ['12 and 30']],
    ['url encode https://a.example/?q=b c', 'url_encode', ['https://a.example/?q=b c']],
    ['how long is "lunch break"?', 'text_statistics', ['lunch break']],
    ['how many words are in "Hamlet"?', 'word_count', ['Hamlet']],
    ['what changed from "a" to "b"?', 'text_diff', ['a', 'b']],
    ['extract \\d+ from a1b2', 'extract_matches', ['\\d+', 'a1b2']],
    ['percent change from 80 to 92', 'percent_change', [80, 92]],
    ['is 97 a prime number?', 'prime_check', [97]],
    ['what day is July 4, 2027?', 'weekday_of', ['July 4, 2027']],
    ['give me a uuid', 'uuid', []],
  ])('reads every part of: %s', (text, name, args) => {
    expect(matchRequest(text, programs)).toEqual({ name, args });
  });
});
