import { describe, expect, it } from 'vitest';
import { formatSearchMarkdown } from './format-search-markdown.js';
import { searchReportFixture, SITUATIONS } from './testing/search-report-fixture.js';

describe.each(SITUATIONS)('report.md, %s', (situation) => {
  const text = formatSearchMarkdown(searchReportFixture(situation));

  it('has tables with as many cells in every line as in the first', () => {
    for (const table of text.match(/(?:^\|.*\n)+/gm) ?? []) {
      const cells = table.trimEnd().split('\n').map((line) => line.replace(/\\\|/g, '').split('|').length);
      expect(new Set(cells).size).toBe(1);
    }
  });

  it('holds no markup of others and no stray value', () => {
    const prose = text.replace(/^~~~sh\n[^]*?\n~~~$/m, '').replace(/(`+)[^`].*?\1(?!`)/g, '');
    expect(prose).not.toMatch(/<[a-z/!]|(?<!\\)\[|NaN|undefined/i);
    expect(text.endsWith('\n')).toBe(true);
  });
});

it('leaves out what there is nothing of', () => {
  const headings = (text: string): readonly string[] => text.match(/^## .*/gm) ?? [];
  expect(headings(formatSearchMarkdown(searchReportFixture('all-failed')))).toEqual(['## What failed', '## How it was done', '## How to read this']);
  expect(headings(formatSearchMarkdown(searchReportFixture('single')))).not.toContain('## Skill by horizon and move');
  expect(headings(formatSearchMarkdown(searchReportFixture('failures')))).toEqual(['## Candidates', '## Skill by horizon and move', '## Baselines', '## Stability over folds', '## Reliability of the probabilities', '## Class balance', '## What failed', '## How it was done', '## How to read this']);
});

it('marks the largest skill and the measurable ones in the grid, and none of a flawed one', () => {
  const grid = (text: string): string => text.slice(text.indexOf('## Skill by horizon'), text.indexOf('## Baselines'));
  const skill = grid(formatSearchMarkdown(searchReportFixture('skill')));
  expect(skill.match(/\*\*[^*]+\*\*/g)).toEqual(['**6.0 % ✓**']);
  expect(skill.match(/\d % ✓/g)).toHaveLength(3);
  expect(grid(formatSearchMarkdown(searchReportFixture('flawed')))).not.toMatch(/✓|\*\*/);
});

it('shows the curves of those with skill, else of the best one', () => {
  const curves = (text: string): readonly string[] => text.match(/^### .*/gm) ?? [];
  expect(curves(formatSearchMarkdown(searchReportFixture('skill')))).toEqual(['### T14_X12', '### T7_X8', '### T10_X6']);
  expect(curves(formatSearchMarkdown(searchReportFixture('chance')))).toEqual(['### T10_X10']);
});
