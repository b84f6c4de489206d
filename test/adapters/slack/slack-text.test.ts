import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSlackText, escapeSlackText, withoutMention } from '../../../adapters/slack/slack-text.ts';

describe('decodeSlackText', () => {
  it.each([
    ['&lt;b&gt; &amp;amp; &amp;lt;', '<b> &amp; &lt;'],
    ['<https://a.org/x?y=1&amp;z=2>', 'https://a.org/x?y=1&z=2'],
    ['<https://a.org|the page>', '[the page](https://a.org)'],
    ['<http://example.com|example.com>', 'example.com'],
    ['<mailto:a@b.org|a@b.org>', 'a@b.org'],
    ['<@U1> and <@U2|ada>', '@U1 and @ada'],
    ['<#C1|general>, <#C2>', '#general, #C2'],
    ['<!here> <!subteam^S1|@ops> <!subteam^S2>', '@here @ops @S2'],
    ['<!date^1700000000^{date_short}|14 Nov 2023>', '14 Nov 2023'],
    ['http_get("<http://127.0.0.1:8080/data.json>")', 'http_get("http://127.0.0.1:8080/data.json")'],
    ['(i32.const 1) ;; a | b', '(i32.const 1) ;; a | b'],
  ])('reads %s', (sent, typed) => {
    expect(decodeSlackText(sent)).toBe(typed);
  });

  it('gives back every text that was escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => decodeSlackText(escapeSlackText(text)) === text),
    );
  });
});

describe('withoutMention', () => {
  it.each([
    ['<@U1> hello', 'hello'],
    ['<@U1|wattle>: hello', ': hello'],
    ['hey <@U1> you', 'hey you'],
    ['hey <@U1>', 'hey'],
    ['one\n<@U1> two', 'one\ntwo'],
    ['<@U1><@U1> twice', 'twice'],
    ['<@U12> another', '<@U12> another'],
  ])('takes the mention out of %j', (text, rest) => {
    expect(withoutMention(text, 'U1')).toBe(rest);
  });
});
