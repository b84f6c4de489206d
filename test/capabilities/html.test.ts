import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostValue } from '../../src/engine/port.ts';
import { openPure } from './open-capability.ts';

const get = (name: string, ...args: HostValue[]) => openPure().get(`html.${name}`, ...args);
const value = (name: string, ...args: HostValue[]) => openPure().value(`html.${name}`, ...args);

const PAGE = `<!DOCTYPE html>
<html><head><title>A &amp; B
 page</title><style>p { color: red }</style><script>if (a < b) document.write("<p>no</p>")</script></head>
<body><nav><a href="/home">Home</a> <a href="#top">Top</a></nav>
<h1>Head<em>line</em></h1>
<p>First   paragraph,<br>second line &ndash; &eacute;&#x1f600;</p><p>Next
 <a href='b.html?x=1&amp;y=2' title="a>b">the <b>link</b></a>.</p>
<ul><li>one</li><li>two <ol><li>x<li>y</ol></ul>
<pre>  keep
    this</pre>
<table><caption>T</caption><tr><th>Name<th>Age</tr><tr><td>Ada</td><td> 36 </td></tr><tr><td colspan=2>all</table>
<noscript>switch it on</noscript><svg><title>shape</title><text>t</text></svg><p hidden>end`;

describe('html.to_text', () => {
  it('gives a page as it reads', () => {
    expect(get('to_text', PAGE)).toBe(
      [
        'Home Top',
        '',
        'Headline',
        '',
        'First paragraph,',
        'second line – é😀',
        '',
        'Next the link.',
        '',
        '- one',
        '- two',
        '  1. x',
        '  2. y',
        '',
        '  keep',
        '    this',
        '',
        'T',
        'Name | Age',
        'Ada | 36',
        'all',
      ].join('\n'),
    );
  });

  it.each([
    ['', ''],
    ['plain', 'plain'],
    ['a < b & c > d', 'a < b & c > d'],
    ['a<b>c</i></b>d', 'acd'],
    ['<p>a</p><p></p><p></p><p>b', 'a\n\nb'],
    ['<p>un<closed', 'un'],
    ['<!-- <p>x</p> -->a', 'a'],
    ['a<div hidden>b<div>c</div></div>d', 'ad'],
    ['a<span style="color: red; display:none">b</span>c', 'ac'],
    ['a<section style="VISIBILITY : hidden"><p>b</section>c', 'ac'],
    ['<div>a<span hidden>b</div>c', 'a\nc'],
    ['a<span style="background: url(display:none.png)">b</span>c', 'abc'],
    ['a<p hidden>b<p>c', 'a\n\nc'],
    ['<ul><li hidden>a<li>b</ul>c', '- b\n\nc'],
    ['a<br hidden>b', 'a\nb'],
    ['&#0;&#xD800;&#x110000;&nope;', '\ufffd\ufffd\ufffd&nope;'],
    ['<script>a', ''],
    ['<div>a<div>b</div>c</div>', 'a\nb\nc'],
    ['a <b> b</b> c', 'a b c'],
    ['a<b> b </b>c', 'a b c'],
  ])('of %j is %j', (html, text) => {
    expect(get('to_text', html)).toBe(text);
  });

  it('gives any plain text back, once it is escaped', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '<', '>', '&', ';', '"', "'", 'é', '😀') }),
        (text) => {
          expect(get('to_text', get('escape', text) ?? '')).toBe(text);
        },
      ),
    );
  });
});

describe('html.title', () => {
  it('gives the first title in one line', () => {
    expect(get('title', PAGE)).toBe('A & B page');
    expect(get('title', '<p>x<TITLE>late</TITLE>')).toBe('late');
  });

  it('answers ENOENT without one', () => {
    expect(openPure().call('html.title', '<p>x')).toMatchObject({ ok: false, status: 'ENOENT' });
  });
});

describe('html.links', () => {
  it('gives texts and addresses, without those on the page', () => {
    expect(value('links', PAGE)).toEqual([
      { text: 'Home', url: '/home' },
      { text: 'the link', url: 'b.html?x=1&y=2' },
    ]);
  });

  it('makes addresses whole by the address of the page, or its own base', () => {
    const page =
      '<a href=x>1</a><a href="//b.example/y">2</a><a href="javascript:alert(1)">3</a><a>4</a><a href=":::">5';
    expect(value('links', page, 'https://a.example/d/')).toEqual([
      { text: '1', url: 'https://a.example/d/x' },
      { text: '2', url: 'https://b.example/y' },
      { text: '5', url: 'https://a.example/d/:::' },
    ]);
    expect(value('links', '<base href="https://c.example/"><a href=x>1', 'https://a.example')).toEqual([
      { text: '1', url: 'https://c.example/x' },
    ]);
  });

  it.each(['https://a.example/', ''])(
    'leaves out links that are no http, https or mailto, of base %j',
    (base) => {
      const schemes = [
        'java&#10;script:x',
        ' \u0001javascript:x',
        'data:text/html,x',
        'VBScript:x',
        'file:///etc',
        'tel:1',
      ];
      const page = schemes.map((href) => `<a href="${href}">no</a>`).join('');
      expect(value('links', `${page}<a href="mailto:a@b.example">write</a>`, base)).toEqual([
        { text: 'write', url: 'mailto:a@b.example' },
      ]);
    },
  );

  it('refuses a base that is no address', () => {
    expect(openPure().call('html.links', '', 'a.example')).toMatchObject({ ok: false, status: 'EPARSE' });
  });
});

describe('html.tables', () => {
  it('gives rows of texts, what spans columns in the first of them', () => {
    expect(value('tables', PAGE)).toEqual([
      [
        ['Name', 'Age'],
        ['Ada', '36'],
        ['all', ''],
      ],
    ]);
  });

  it('gives a table inside another on its own', () => {
    const page = '<table><tr><td>a<table><tr><td>in</table>b<td>c</table><table><td>last';
    expect(value('tables', page)).toEqual([[['ab', 'c']], [['in']], [['last']]]);
  });

  it('tells a cell that goes on over rows in each of them', () => {
    const page =
      '<table><tr><th>City<th>Year<th>Pop<tr><td rowspan=2>Berlin<td>2020<td rowspan=3>3.6<tr><td>2021<tr><td>Rome<td>2021<tr><td>x</table>';
    expect(value('tables', page)).toEqual([
      [
        ['City', 'Year', 'Pop'],
        ['Berlin', '2020', '3.6'],
        ['Berlin', '2021', '3.6'],
        ['Rome', '2021', '3.6'],
        ['x'],
      ],
    ]);
  });

  it('parts words where the page does, and leaves out what it does not show', () => {
    const page =
      '<table><tr><td>f<b>oo</b>, b<br>ar<td><p>a</p><p>b</p><td><span hidden>x</span>y</tr></table><div hidden><table><tr><td>z</table></div>';
    expect(value('tables', page)).toEqual([[['foo, b ar', 'a b', 'y']]]);
  });

  it('is bounded in cells', () => {
    const row = `<tr>${'<td colspan=100>'.repeat(10)}`;
    expect(openPure().call('html.tables', `<table>${row.repeat(50)}`).ok).toBe(true);
    expect(openPure().call('html.tables', `<table>${row.repeat(201)}`)).toMatchObject({ status: 'EBOUND' });
  });
});

describe('xml', () => {
  const FEED = `<?xml version="1.0"?><!DOCTYPE rss><rss version="2.0"><channel><title>News</title>
    <item><title><![CDATA[A <b> & c]]></title><link>https://a.example/1</link><category>x</category><category>y</category></item>
    <item id="2"><title>B &amp; C</title><dc:creator>Ada</dc:creator><empty/></item></channel></rss>`;

  it('elements gives all of one name', () => {
    expect(openPure().value('xml.elements', FEED, 'item')).toEqual([
      { title: 'A <b> & c', link: 'https://a.example/1', category: ['x', 'y'] },
      { '@id': '2', title: 'B & C', 'dc:creator': 'Ada', empty: '' },
    ]);
    expect(openPure().value('xml.elements', FEED, 'title')).toEqual(['News', 'A <b> & c', 'B & C']);
    expect(openPure().value('xml.elements', FEED, 'entry')).toEqual([]);
  });

  it('parse gives the whole as an object', () => {
    expect(openPure().value('xml.parse', '<a x="1"> t <b/><b>2</b><c><d>3</d></c></a>')).toEqual({
      a: { '@x': '1', b: ['', '2'], c: { d: '3' }, '#text': 't' },
    });
  });

  it('parse passes over what may stand around the root', () => {
    const head = '\ufeff<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x "y"><!ELEMENT a ANY>]>\n<!-- c -->';
    expect(openPure().value('xml.parse', `${head}<a>1</a>\n<!-- end -->\n`)).toEqual({ a: '1' });
  });

  it.each([
    ['<a>', '<a> is not closed'],
    ['<a></b>', 'expected </a>, got </b>'],
    ['<a><b></a>', 'expected </b>, got </a>'],
    ['</a>', 'expected an element, got </a>'],
    ['<a/><b/>', 'expected the end after the root, got <b>'],
    ['<a/> tail', 'expected an element around "tail"'],
    ['no XML', 'expected an element around "no XML"'],
    ['', 'expected XML, got ""'],
  ])('parse refuses %j', (text, message) => {
    expect(openPure().call('xml.parse', text)).toEqual({ ok: false, status: 'EPARSE', message });
  });

  it('elements closes what stands open where an outer element ends, and at the end', () => {
    expect(openPure().value('xml.elements', '<a><b>1</c><d>2</a>', 'b')).toEqual([{ d: '2', '#text': '1' }]);
    expect(openPure().value('xml.elements', '<a><i>1</i><i>2', 'i')).toEqual(['1', '2']);
  });

  it.each<[string, HostValue[], string]>([
    ['elements', ['<a/>', ''], 'EBOUND'],
    ['parse', ['<a>'.repeat(101)], 'EBOUND'],
    ['elements', ['<a>'.repeat(101), 'b'], 'EBOUND'],
    ['elements', ['<a/>'.repeat(100_001), 'a'], 'EBOUND'],
  ])('%s of %j fails with %s', (name, args, status) => {
    expect(openPure().call(`xml.${name}`, ...args)).toMatchObject({ ok: false, status });
  });
});

describe('the bounds of html', () => {
  it.each(['html.to_text', 'html.title', 'html.links', 'html.tables', 'xml.elements', 'xml.parse'])(
    '%s refuses a text of too many pieces',
    (name) => {
      const args = name === 'xml.elements' ? ['a'] : [];
      const call = (pairs: number) => openPure().call(name, '<p>x'.repeat(pairs), ...args);
      expect(call(150_001)).toEqual({
        ok: false,
        status: 'EBOUND',
        message: expect.stringContaining('more than 300000 tags, attributes and pieces of text'),
      });
      expect(JSON.stringify(call(150_000))).not.toContain('more than 300000');
    },
  );

  // What quadratic readers choke on; 4 MB each.
  it.each([
    '<',
    '<a>',
    '<a href="',
    '<table><tr><td>',
    '<b></i>',
    '&amp;',
    '<!--',
    '<li>',
    '<a b ',
    '<p><ul><li>',
  ])('reads %j over and over in bounded time', (unit) => {
    const page = unit.repeat(Math.floor(4_000_000 / unit.length));
    const began = performance.now();
    for (const name of ['to_text', 'title', 'links', 'tables']) openPure().call(`html.${name}`, page);
    openPure().call('xml.elements', page, 'a');
    // Far above what it takes, so that only work without bounds fails.
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});
