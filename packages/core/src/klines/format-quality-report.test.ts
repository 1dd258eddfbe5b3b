import { describe, expect, it } from 'vitest';
import { checkKlines } from './check-klines.js';
import { explainFindings } from './explain-findings.js';
import { formatQualityReport } from './format-quality-report.js';
import { generateSampleMarket, SAMPLE_START_MS } from './generate-sample-market.js';
import { createKlines, takeKlines } from './klines.js';

const market = generateSampleMarket({ seed: 5, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + 20 * 86_400_000 });

describe('formatQualityReport', () => {
  it('says so when all is well', () => {
    expect(formatQualityReport(checkKlines(market), { fileName: 'bars.csv' })).toBe(
      'bars.csv: 20 bars of 1d, 2018-01-01 00:00Z to 2018-01-20 00:00Z\n  nothing missing, repeated or contradictory\n  usable',
    );
  });

  it('names gaps, and rows as they stand in the file', () => {
    const klines = takeKlines(market, [0, 1, 1, 5, 6, 7, 8]);
    klines.high[4] = 1;
    expect(formatQualityReport(checkKlines(klines), { firstRow: 2 }).split('\n')).toEqual([
      '7 bars of 1d, 2018-01-01 00:00Z to 2018-01-09 00:00Z',
      '  missing bars                            3   in 1 gap',
      '      2018-01-03 00:00Z to 2018-01-05 00:00Z (3)',
      '  rows that repeat an earlier row         1   row 4',
      '  contradicting prices                    1   row 6',
      '  quote volume that does not fit          1   row 6',
      expect.stringMatching(/^ {2}NOT usable: 1 bar with contradicting prices/),
    ]);
  });

  it('explains below the table', () => {
    const klines = takeKlines(market, [0, 1, 1, 2, 3]);
    const report = checkKlines(klines);
    expect(formatQualityReport(report, { explanations: explainFindings(report, { klines }) })).toContain('\n  usable\n\nRows that repeat an earlier row (note)\n');
  });

  it('shortens long lists', () => {
    const klines = takeKlines(market, Array.from({ length: 20 }, (_, i) => i));
    klines.low.fill(1e9);
    expect(formatQualityReport(checkKlines(klines))).toContain('rows 1, 2, 3, 4, 5, 6, …');
    expect(formatQualityReport(checkKlines(createKlines(0)))).toContain('no bars');
  });
});
