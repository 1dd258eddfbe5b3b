import { expect, it } from 'vitest';
import { escapeMarkdown, markdownCode } from './escape-markdown.js';

it('keeps names as they are and turns markup into text', () => {
  expect(escapeMarkdown('T21_X8.5 is 3.1 % better')).toBe('T21_X8.5 is 3.1 % better');
  expect(escapeMarkdown('_a_ **b** `c` [d](e) <f> &amp; g|h ~~i~~ \\')).toBe('\\_a\\_ \\*\\*b\\*\\* \\`c\\` \\[d\\](e) &lt;f&gt; &amp;amp; g\\|h \\~\\~i\\~\\~ \\\\');
});

it('starts no heading, list or rule', () => {
  for (const text of ['# a', '- a', '+ a', '1. a', '2) a', '===', '---']) expect(escapeMarkdown(text).startsWith('&#8203;')).toBe(true);
  expect(escapeMarkdown('2880 bars')).toBe('2880 bars');
  expect(escapeMarkdown('a\n# b')).toBe('a # b');
});

it('fences code by more backticks than it holds', () => {
  expect(markdownCode('a.csv')).toBe('`a.csv`');
  expect(markdownCode('a`b``c')).toBe('``` a`b``c ```');
  expect(markdownCode('a|b')).toBe('`a\\|b`');
});
