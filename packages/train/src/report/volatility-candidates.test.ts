// What a report says of barriers in units of volatility, in both of its renderings.
import { expect, it } from 'vitest';
import { formatSearchHtml } from './format-search-html.js';
import { formatSearchMarkdown } from './format-search-markdown.js';
import { searchReportFixture } from './testing/search-report-fixture.js';

const report = searchReportFixture('volatility');
const plain = (markup: string): string => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

it('report.md has a table of each kind of move, the size of the barriers and the meaning of an expected move', () => {
  const text = formatSearchMarkdown(report);
  expect(text).toMatch(/\| Bars +\| +X = 8 % +\| +X = 10 % +\|/);
  expect(text).toMatch(/\| Bars +\| +V = 1 +\| +V = 1\.5 +\| +V = 2 +\|/);
  expect(text).toContain('Its barrier was 12.3 % or less at half of the test bars, 13.6 % on average.');
  expect(text).toContain('**Expected move**');
  expect(formatSearchMarkdown(searchReportFixture('no-skill'))).not.toMatch(/xpected move|Its barrier/);
});

it('report.html says the same', () => {
  const text = plain(formatSearchHtml(report));
  expect(text).toContain('move 8 % move 10 %');
  expect(text).toContain('the expected move 1.5 expected moves 2 expected moves');
  expect(text).toContain('Within 14 bars: does the price first fall by 1.5 expected moves, first rise by 1.5 expected moves, or neither? Its barrier was 12.3 % or less at half of the test bars');
  expect(text).toContain('Expected move T14_V1.5 asks for');
});
