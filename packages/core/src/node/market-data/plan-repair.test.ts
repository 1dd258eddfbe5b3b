import { describe, expect, it } from 'vitest';
import { generateSampleMarket, SAMPLE_START_MS } from '../../klines/generate-sample-market.js';
import { type Klines, type KlineColumn, klineCount, takeKlines } from '../../klines/klines.js';
import { checkKlines } from '../../klines/check-klines.js';
import { confirmFindings } from './confirm-findings.js';
import { type KlinesManifest, MANIFEST_SCHEMA } from './klines-manifest.js';
import { monthFingerprints } from './month-fingerprints.js';
import { planRepair, type RepairPlan } from './plan-repair.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T0 = SAMPLE_START_MS;
const nowMs = T0 + 300 * DAY;
const market = (bars: number): Klines => generateSampleMarket({ seed: 3, interval: '1h', startMs: T0, endMs: T0 + bars * HOUR });
const without = (klines: Klines, isGone: (row: number) => boolean): Klines => takeKlines(klines, Array.from({ length: klineCount(klines) }, (_, row) => row).filter((row) => !isGone(row)));
const plan = (klines: Klines, manifest?: KlinesManifest): RepairPlan => planRepair({ klines, intervalMs: HOUR, nowMs, manifest });
const spansOf = (made: RepairPlan): (number | string)[][] => made.spans.map(({ fromMs, toMs, reasons }) => [(fromMs - T0) / HOUR, (toMs - T0) / HOUR, ...reasons]);
const edited = (klines: Klines, row: number, values: Partial<Record<KlineColumn, number>>): Klines => {
  for (const [column, value] of Object.entries(values)) klines[column as KlineColumn][row] = value;
  return klines;
};
function manifestOf(klines: Klines, facts: Partial<KlinesManifest> = {}): KlinesManifest {
  return {
    schema: MANIFEST_SCHEMA, source: 'rest', symbol: 'BTCUSDT', interval: '1h', synthetic: false, rows: klineCount(klines), sha256: '', gaps: [], restated: [],
    first_open: new Date(klines.openTimeMs[0]).toISOString(), last_open: new Date(klines.openTimeMs[klineCount(klines) - 1]).toISOString(), months: monthFingerprints(klines), ...facts,
  };
}

describe('planRepair', () => {
  it('has nothing to do for whole klines', () => {
    expect(plan(market(500), manifestOf(market(500)))).toEqual({ spans: [], needsRewrite: false });
  });

  it('fetches gaps and odd bars again, as one where a request holds both', () => {
    const klines = edited(without(market(3000), (row) => row >= 100 && row < 103), 797, { high: 1 });
    expect(klines.openTimeMs[797]).toBe(T0 + 800 * HOUR);
    expect(spansOf(plan(klines))).toEqual([[100, 801, 'missing bars', 'contradicting prices', 'quote volume that does not fit']]);
    expect(spansOf(plan(without(market(3000), (row) => row === 100 || row === 2000)))).toEqual([[100, 101, 'missing bars'], [2000, 2001, 'missing bars']]);
  });

  it.each([
    [{ closeTimeMs: T0 + 10 * HOUR + 5 }, 'bars that close early'],
    [{ closeTimeMs: T0 + 12 * HOUR }, 'bars that close late'],
    [{ takerBuyBase: 1e9, takerBuyQuote: 1e13 }, 'taker buys above volume'],
    [{ quoteVolume: 1e12 }, 'quote volume that does not fit'],
    [{ tradeCount: Number.NaN }, 'empty order-flow cells'],
    [{ openTimeMs: T0 + 10 * HOUR + 14_000 }, 'opens off the grid'],
  ])('fetches a bar with %j', (values, reason) => {
    const [first, ...others] = spansOf(plan(edited(market(100), 10, values)));
    expect(others).toEqual([]);
    expect(first.slice(0, 2)).toEqual([10, 11]);
    expect(first).toContain(reason);
  });

  it('fetches both bars between which one opens too early', () => {
    expect(spansOf(plan(edited(market(100), 10, { openTimeMs: T0 + 10 * HOUR - 14_000 })))).toEqual([[9, 11, 'opens off the grid', 'bars that close late']]);
  });

  it('fetches a bar that two rows tell differently, and only rewrites order and repetition', () => {
    const twice = takeKlines(market(50), [0, 2, 1, 1, ...Array.from({ length: 47 }, (_, i) => i + 3)]);
    expect(plan(twice)).toEqual({ spans: [], needsRewrite: true });
    expect(plan(edited(twice, 3, { tradeCount: 7 }))).toMatchObject({ needsRewrite: true, spans: [{ fromMs: T0 + HOUR, toMs: T0 + 2 * HOUR, reasons: ['rows that restate an earlier bar'] }] });
  });

  it('fetches a last bar that looks unfinished, and bars that have not closed', () => {
    const klines = market(60);
    const quiet = edited(klines, 59, { volume: klines.volume[59] / 100, quoteVolume: klines.quoteVolume[59] / 100, takerBuyBase: klines.takerBuyBase[59] / 100, takerBuyQuote: klines.takerBuyQuote[59] / 100, tradeCount: 1, high: klines.open[59], low: klines.open[59], close: klines.open[59] });
    quiet.quoteVolume[59] = quiet.volume[59] * quiet.open[59];
    quiet.takerBuyQuote[59] = quiet.takerBuyBase[59] * quiet.open[59];
    expect(spansOf(plan(quiet))).toEqual([[59, 60, 'a last bar that looks unfinished']]);
    expect(spansOf(planRepair({ klines: market(60), intervalMs: HOUR, nowMs: T0 + 59 * HOUR + 1 }))).toEqual([[59, 60, 'bars that have not closed yet']]);
  });

  it('fetches a month whose bars are other than those stored, as far as the store reached', () => {
    const stored = market(40 * 24);
    const manifest = manifestOf(stored);
    expect(spansOf(plan(edited(market(40 * 24), 5, { tradeCount: 1 }), manifest))).toEqual([[0, 31 * 24, 'bars of 2018-01 other than those that were stored']]);
    const cut = spansOf(plan(without(market(40 * 24), (row) => row >= 35 * 24), manifest));
    expect(cut).toEqual([[31 * 24, 40 * 24, 'bars of 2018-02 other than those that were stored']]);
    expect(spansOf(plan(without(market(40 * 24), (row) => row >= 31 * 24), manifest))).toEqual(cut);
    const beheaded = without(market(40 * 24), (row) => row < 48);
    expect(spansOf(plan(beheaded, manifest))).toEqual([[0, 31 * 24, 'bars of 2018-01 other than those that were stored']]);
    expect(spansOf(plan(beheaded, manifestOf(beheaded)))).toEqual([]);
    expect(plan(stored, { ...manifest, months: { ...manifest.months, nonsense: '' } }).spans).toEqual([]);
    expect(planRepair({ klines: stored, intervalMs: HOUR, nowMs, manifest: { ...manifest, months: {} }, isVouchedFor: true }).spans).toEqual([]);
  });

  it('misses nothing though a report lists a thousand rows', () => {
    const klines = market(6000);
    const everyOther = without(klines, (row) => row % 2 === 1);
    const report = checkKlines(everyOther, { intervalMs: HOUR });
    expect(report.gaps.length).toBeLessThan(report.gapCount);
    const fetched = planRepair({ klines: everyOther, intervalMs: HOUR, nowMs, report }).spans;
    expect(fetched.at(-1)?.toMs).toBe(T0 + 5998 * HOUR);
  });

  it('refuses a length that no interval has', () => {
    expect(() => planRepair({ klines: market(10), intervalMs: 7, nowMs })).toThrow('intervalMs');
  });
});

describe('confirmFindings', () => {
  const short = { closeTimeMs: T0 + 10 * HOUR + 5 };
  const klines = edited(without(market(3000), (row) => (row >= 20 && row < 22) || row === 2500), 10, short);

  it('after a repair that changed nothing the next has nothing to do', () => {
    const first = plan(klines, manifestOf(klines));
    expect(spansOf(first)).toEqual([[10, 22, 'bars that close early', 'missing bars'], [2500, 2501, 'missing bars']]);
    const facts = confirmFindings({ klines, intervalMs: HOUR, fetched: first.spans, manifest: manifestOf(klines) });
    expect(facts).toEqual({
      gaps: [{ from: '2018-01-01T20:00:00.000Z', to: '2018-01-01T21:00:00.000Z', bars: 2, confirmed: true }, { from: '2018-04-15T04:00:00.000Z', to: '2018-04-15T04:00:00.000Z', bars: 1, confirmed: true }],
      confirmed: [{ from: '2018-01-01T10:00:00.000Z', to: '2018-01-01T10:00:00.000Z' }],
    });
    expect(plan(klines, manifestOf(klines, facts))).toEqual({ spans: [], needsRewrite: false });
  });

  it('confirms only what was asked for, and keeps what was confirmed', () => {
    const once = confirmFindings({ klines, intervalMs: HOUR, fetched: [{ fromMs: T0, toMs: T0 + 21 * HOUR }] });
    expect(once.gaps.map(({ confirmed }) => confirmed)).toEqual([undefined, undefined]);
    expect(once.confirmed).toHaveLength(1);
    const twice = confirmFindings({ klines, intervalMs: HOUR, fetched: [{ fromMs: T0 + 20 * HOUR, toMs: T0 + 30 * HOUR }], manifest: once });
    expect(twice.gaps.map(({ confirmed }) => confirmed)).toEqual([true, undefined]);
    expect(twice.confirmed).toEqual(once.confirmed);
    expect(confirmFindings({ klines: market(3000), intervalMs: HOUR, fetched: [], manifest: twice })).toEqual({ gaps: [] });
  });

  it('an edit of a confirmed bar is found by its month', () => {
    const manifest = manifestOf(klines, confirmFindings({ klines, intervalMs: HOUR, fetched: [{ fromMs: T0, toMs: nowMs }] }));
    const touched = takeKlines(klines, Array.from({ length: klineCount(klines) }, (_, row) => row));
    expect(spansOf(plan(edited(touched, 10, { tradeCount: 3 }), manifest))).toEqual([[0, 31 * 24, 'bars of 2018-01 other than those that were stored']]);
  });

  it('writes months by the calendar', () => {
    const months = [0, 1, 3].map((month) => Date.UTC(2024, month, 1));
    const bars = generateSampleMarket({ seed: 1, startMs: T0, endMs: T0 + 3 * DAY });
    months.forEach((time, i) => edited(bars, i, { openTimeMs: time, closeTimeMs: Date.UTC(2024, new Date(time).getUTCMonth() + 1, 1) - (i === 1 ? 1000 : 1) }));
    expect(confirmFindings({ klines: bars, intervalMs: 30 * DAY, fetched: [{ fromMs: 0, toMs: nowMs * 2 }] })).toEqual({
      gaps: [{ from: '2024-03-01T00:00:00.000Z', to: '2024-03-01T00:00:00.000Z', bars: 1, confirmed: true }],
      confirmed: [{ from: '2024-02-01T00:00:00.000Z', to: '2024-02-01T00:00:00.000Z' }],
    });
  });
});
