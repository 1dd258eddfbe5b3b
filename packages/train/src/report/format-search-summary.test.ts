import { describe, expect, it } from 'vitest';
import { formatSearchSummary } from './format-search-summary.js';
import { HOSTILE, searchReportFixture, SITUATIONS } from './testing/search-report-fixture.js';

describe.each(SITUATIONS)('%s', (situation) => {
  it('fits 120 columns, and steers no terminal', () => {
    const lines = formatSearchSummary(searchReportFixture(situation)).split('\n');
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
    expect(lines.join('')).not.toMatch(/\p{Cc}|\p{Cf}|NaN|undefined/u);
  });
});

it('puts flaws and warnings before the table, the verdict after it, failures last', () => {
  const order = (text: string, ...parts: readonly string[]): void => {
    const places = parts.map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  };
  order(formatSearchSummary(searchReportFixture('failures')), '! 12 bars have no trades', 'candidate ', 'No measurable skill.', '2 candidates failed:', '  T7_X15: Fold 3', '    Leave this candidate away');
  order(formatSearchSummary(searchReportFixture('flawed')), '! These scores are an artefact, not skill.', '! The labels look back', 'candidate ');
  order(formatSearchSummary(searchReportFixture('synthetic')), 'SAMPLEUSDT 1d (synthetic)', '! Synthetic prices', 'candidate ', 'Measurable skill: all 20 candidates.');
});

it('breaks the table in two rather than the lines, when names are long', () => {
  const report = searchReportFixture('second-stage');
  const text = formatSearchSummary({ ...report, candidates: report.candidates.map((candidate) => ({ ...candidate, name: `${candidate.name}_with_a_long_name` })) });
  expect(text.split('\n').every((line) => line.length <= 120)).toBe(true);
  expect(text.match(/^candidate /gm)).toHaveLength(2);
});

it('does not say a warning twice', () => {
  const report = searchReportFixture('synthetic');
  const text = formatSearchSummary({ ...report, warnings: ['Synthetic prices: nothing real.', 'Synthetic prices: nothing real.'] });
  expect(text.match(/Synthetic prices/g)).toHaveLength(1);
  expect(formatSearchSummary(searchReportFixture('hostile'))).not.toContain(HOSTILE);
});
