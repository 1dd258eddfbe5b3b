import { expect, it } from 'vitest';
import { escapeHtml, html } from './html.js';

it('escapes text in elements and attributes, and leaves markup of its own alone', () => {
  expect(escapeHtml(`<a href="x" b='y'>&amp;`)).toBe('&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;');
  const inner = html`<b>${'1 < 2'}</b>`;
  expect(html`<p title="${'"><script>'}">${inner}${[inner, 'a&b', 3, null, false, undefined, ['c']]}</p>`.markup).toBe('<p title="&quot;&gt;&lt;script&gt;"><b>1 &lt; 2</b><b>1 &lt; 2</b>a&amp;b3c</p>');
});

it('shows what would steer the direction of reading', () => {
  expect(html`<i>${'\u202eabc\u0000'}</i>`.markup).toBe('<i>&lt;U+202E&gt;abc&lt;U+0000&gt;</i>');
});
