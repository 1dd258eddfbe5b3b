import { describe, expect, it } from 'vitest';
import { checkKlines } from './check-klines.js';
import { generateSampleMarket, SAMPLE_START_MS } from './generate-sample-market.js';
import { createKlines, type KlineColumn, type Klines, takeKlines } from './klines.js';

const DAY = 86_400_000;
const clean = (): Klines => takeKlines(generateSampleMarket({ seed: 5, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + 60 * DAY }), Array.from({ length: 60 }, (_, i) => i));
const edited = (row: number, values: Partial<Record<KlineColumn, number>>): Klines => {
  const klines = clean();
  for (const [column, value] of Object.entries(values)) klines[column as KlineColumn][row] = value;
  return klines;
};

describe('checkKlines', () => {
  it('finds nothing in clean bars', () => {
    expect(checkKlines(clean())).toMatchObject({
      rows: 60, interval: '1d', firstOpenMs: SAMPLE_START_MS, lastOpenMs: SAMPLE_START_MS + 59 * DAY, hasOrderFlow: true,
      missingBars: 0, gapCount: 0, usable: true, reasons: [], warnings: [], lastBar: { unfinished: false },
    });
  });

  it('lists gaps', () => {
    const report = checkKlines(takeKlines(clean(), [0, 1, 2, 5, 6, 8, 9]));
    expect(report).toMatchObject({ missingBars: 3, gapCount: 2, usable: true });
    expect(report.gaps[0]).toEqual({ fromMs: SAMPLE_START_MS + 3 * DAY, toMs: SAMPLE_START_MS + 4 * DAY, missingBars: 2 });
    expect(report.warnings).toEqual(['3 bars missing in 2 gaps']);
  });

  it('tells repeated rows from restated ones and from rows out of order', () => {
    const klines = takeKlines(clean(), [0, 1, 1, 2, 3, 2, 4]);
    klines.volume[5] *= 1.001;
    klines.quoteVolume[5] *= 1.001;
    expect(checkKlines(klines)).toMatchObject({ duplicates: { count: 1, rows: [2] }, restated: { count: 1, rows: [5] }, outOfOrder: { count: 1, rows: [5] }, missingBars: 0, usable: true });
  });

  it.each([
    ['contradictions', { high: 1 }, false],
    ['contradictions', { low: 1e6 }, false],
    ['contradictions', { close: 1e6 }, false],
    ['takerAboveVolume', { takerBuyBase: 1e9, takerBuyQuote: 1e9 * 10_000 }, false],
    ['quoteMismatch', { quoteVolume: 1e12 }, false],
    ['quoteMismatch', { takerBuyQuote: 5 }, false],
    ['longBars', { closeTimeMs: SAMPLE_START_MS + 12 * DAY }, false],
    ['shortBars', { closeTimeMs: SAMPLE_START_MS + 10 * DAY + 5 }, true],
    ['offGrid', { openTimeMs: SAMPLE_START_MS + 10 * DAY + 14_000 }, true],
    ['zeroVolume', { volume: 0, quoteVolume: 0, takerBuyBase: 0, takerBuyQuote: 0, tradeCount: 0 }, true],
    ['missingFlow', { tradeCount: Number.NaN }, true],
  ] as const)('finds %s in a bar with %j', (finding, values, usable) => {
    const report = checkKlines(edited(10, values));
    expect(report[finding]).toEqual({ count: 1, rows: [10] });
    expect(report.usable).toBe(usable);
    expect((usable ? report.warnings : report.reasons).length).toBeGreaterThan(0);
  });

  it('finds bars that have not closed by the clock that it is given', () => {
    const now = SAMPLE_START_MS + 58.5 * DAY;
    expect(checkKlines(clean()).openBars).toEqual({ count: 0, rows: [] });
    expect(checkKlines(clean(), { serverTimeMs: now })).toMatchObject({ openBars: { count: 2, rows: [58, 59] }, usable: true, warnings: ['2 bars not closed yet (left out when the file is read)'] });
  });

  it('lets rounding pass', () => {
    const klines = clean();
    expect(checkKlines(edited(10, { high: Math.max(klines.open[10], klines.close[10]) * (1 - 1e-9) }))).toMatchObject({ contradictions: { count: 0 }, usable: true });
  });

  it('knows a coin-margined dump by its quote volume', () => {
    const klines = clean();
    klines.quoteVolume.forEach((_, row) => (klines.quoteVolume[row] = (klines.volume[row] * 100) / klines.close[row]));
    expect(checkKlines(klines)).toMatchObject({ quoteMismatch: { count: 60 }, usable: false });
  });

  it('takes the hour at which most bars open for the grid', () => {
    const klines = clean();
    for (const column of ['openTimeMs', 'closeTimeMs'] as const) klines[column].forEach((time, row) => (klines[column][row] = time + 5 * 3_600_000));
    expect(checkKlines(klines)).toMatchObject({ offGrid: { count: 0 }, gridOffsetMs: 5 * 3_600_000 });
  });

  it('has no use for no bars, or bars without an interval', () => {
    expect(checkKlines(createKlines(0))).toMatchObject({ usable: false, reasons: ['there is no bar'] });
    const uneven = clean();
    uneven.openTimeMs.forEach((_, row) => (uneven.openTimeMs[row] = SAMPLE_START_MS + row * row * 1234));
    uneven.closeTimeMs.fill(Number.NaN);
    expect(checkKlines(uneven)).toMatchObject({ interval: '', usable: false });
  });
});
