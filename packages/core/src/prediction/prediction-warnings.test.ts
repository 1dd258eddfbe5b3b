import { describe, expect, it } from 'vitest';
import type { BundleCandidate, BundleMeta } from '../bundle/bundle-meta.js';
import { type AsOfFacts, bundleWarnings, candidateWarnings, isFairForecast } from './prediction-warnings.js';

const DAY = 86_400_000;
const cutOff = Date.UTC(2025, 0, 31);

function metaOf(synthetic: boolean): BundleMeta {
  const driftReference = { rows: 100, features: [{ name: 'rsi_14', missingShare: 0, quantiles: [10, 20, 30, 40, 50, 55, 60, 65, 70, 80, 90] }] };
  return { data: { synthetic }, training: { cutOff: new Date(cutOff).toISOString() }, driftReference, candidates: [] } as unknown as BundleMeta;
}

function factsOf(change: Partial<AsOfFacts> = {}): AsOfFacts {
  const openTimeMs = cutOff + 5 * DAY;
  return { openTimeMs, intervalMs: DAY, lookbackOpenTimeMs: Float64Array.of(openTimeMs - 2 * DAY, openTimeMs - DAY, openTimeMs), featureValue: () => 50, ...change };
}

describe('bundleWarnings', () => {
  it('is silent when there is nothing to say', () => {
    expect(bundleWarnings(metaOf(false), factsOf())).toEqual([]);
  });

  it('says synthetic, first of all', () => {
    expect(bundleWarnings(metaOf(true), factsOf())[0]).toMatch(/^Synthetic prices/);
  });

  it('says how old the model is after a quarter', () => {
    expect(bundleWarnings(metaOf(false), factsOf({ openTimeMs: cutOff + 90 * DAY }))).toEqual([]);
    expect(bundleWarnings(metaOf(false), factsOf({ openTimeMs: cutOff + 91 * DAY }))).toEqual(['The model has seen nothing later than 2025-01-31, 91 days before this bar.']);
  });

  it('counts the bars that are missing in the look-back', () => {
    expect(bundleWarnings(metaOf(false), factsOf({ lookbackOpenTimeMs: Float64Array.of(0, DAY, 4 * DAY) }))).toEqual(['2 of the bars that the features look back on are missing.']);
  });

  it.each([
    [9, 'rsi_14 = 9 lies below every training row (smallest 10).'],
    [91, 'rsi_14 = 91 lies above every training row (largest 90).'],
    [Number.NaN, 'The feature rsi_14 is missing.'],
  ])('names a feature that is %d', (value, warning) => {
    expect(bundleWarnings(metaOf(false), factsOf({ featureValue: () => value }))).toEqual([warning]);
  });
});

describe('candidateWarnings', () => {
  const candidate = (window: 'forward' | 'trailing'): BundleCandidate => ({ labelOptions: { window, tieBreak: 'first-touch', touch: 'close' }, lastOpenTime: new Date(cutOff - 2 * DAY).toISOString() }) as unknown as BundleCandidate;

  it('tells a memory from a forecast', () => {
    const at = (openTimeMs: number): string[] => candidateWarnings(metaOf(false), candidate('forward'), factsOf({ openTimeMs }));
    expect(at(cutOff)).toEqual([]);
    expect(at(cutOff - DAY)).toEqual(['Training labels have looked at bars after this one: the answer is no fair forecast.']);
    expect(at(cutOff - 2 * DAY)).toEqual(['This bar was among the training rows: the answer is a memory, not a forecast.']);
    expect([cutOff, cutOff - DAY, cutOff - 2 * DAY].map((time) => isFairForecast({ warnings: at(time) }))).toEqual([true, false, false]);
  });

  it('marks trailing labels as flawed', () => {
    expect(candidateWarnings(metaOf(false), candidate('trailing'), factsOf())[0]).toContain('trailing labels');
  });
});

describe('a bundle of several markets', () => {
  const iso = (timeMs: number): string => new Date(timeMs).toISOString();
  const meta = { ...metaOf(false), symbols: [{ symbol: 'AAAUSDT' }, { symbol: 'BBBUSDT' }] } as unknown as BundleMeta;
  const candidate = { labelOptions: { window: 'forward', tieBreak: 'first-touch', touch: 'close' }, lastOpenTime: iso(cutOff - 2 * DAY), symbols: [{ symbol: 'AAAUSDT', lastOpenTime: iso(cutOff - 2 * DAY) }, { symbol: 'BBBUSDT', lastOpenTime: iso(cutOff - 20 * DAY) }] } as unknown as BundleCandidate;

  it('says that a market was not seen, and whose class shares it gets', () => {
    expect(bundleWarnings(meta, factsOf({ symbol: 'BBBUSDT' }))).toEqual([]);
    expect(bundleWarnings(meta, factsOf({ symbol: 'CCCUSDT' }))).toEqual(['CCCUSDT was not among the markets that the model was trained on (AAAUSDT, BBBUSDT): it is answered with the class shares of all of them, and its scores are theirs.']);
  });

  it('calls an answer a memory only where the very market was trained on, and fair only after all of training', () => {
    const at = (symbol: string, openTimeMs: number): string => candidateWarnings(meta, candidate, factsOf({ symbol, openTimeMs })).join();
    expect(at('AAAUSDT', cutOff - 2 * DAY)).toContain('a memory, not a forecast');
    expect(at('BBBUSDT', cutOff - 20 * DAY)).toContain('a memory, not a forecast');
    expect(at('BBBUSDT', cutOff - 19 * DAY)).toContain('looked at bars after this one');
    expect(at('CCCUSDT', cutOff - 200 * DAY)).toContain('other markets at this time');
    expect(isFairForecast({ warnings: [at('CCCUSDT', cutOff - DAY)] })).toBe(false);
    for (const symbol of ['AAAUSDT', 'BBBUSDT', 'CCCUSDT']) expect(at(symbol, cutOff)).toBe('');
  });

  it('says what of the leading market is missing', () => {
    const told = (lastOpenTimeMs: number | null): readonly string[] => bundleWarnings(metaOf(false), factsOf({ leader: { symbol: 'BTCUSDT', lastOpenTimeMs } }));
    expect(told(cutOff + 5 * DAY)).toEqual([]);
    expect(told(cutOff + 4 * DAY)).toEqual(['The bars of BTCUSDT, which some features follow, end on 2025-02-04, before this bar.']);
    expect(told(null)[0]).toContain('were not at hand');
    const features = [{ name: 'leader_momentum_7', missingShare: 0.3, quantiles: Array.from({ length: 11 }, (_, i) => i) }];
    const led = { ...meta, leader: { symbol: 'AAAUSDT', fingerprint: '' }, driftReference: { rows: 9, features } };
    const missing = (symbol: string, lastOpenTimeMs: number | null): readonly string[] => bundleWarnings(led, factsOf({ symbol, featureValue: () => Number.NaN, leader: symbol === 'AAAUSDT' ? undefined : { symbol: 'AAAUSDT', lastOpenTimeMs } }));
    expect(missing('AAAUSDT', null)).toEqual([]);
    expect(missing('BBBUSDT', null)).toHaveLength(1);
    expect(missing('BBBUSDT', cutOff + 5 * DAY)).toEqual(['The feature leader_momentum_7 is missing.']);
  });
});

it('judges features that depend on the candidate by the rows of that candidate', () => {
  const features = [{ name: 'rsi_14', missingShare: 0, quantiles: Array.from({ length: 11 }, (_, i) => i) }];
  const candidate = { labelOptions: { window: 'forward', tieBreak: 'first-touch', touch: 'close' }, lastOpenTime: new Date(0).toISOString(), boundFeatures: features } as unknown as BundleCandidate;
  const meta = { ...metaOf(false), candidates: [candidate] };
  expect(bundleWarnings(meta, factsOf({ featureValue: () => 95 }))).toEqual([]);
  expect(candidateWarnings(meta, candidate, factsOf({ featureValue: (_, asked) => (asked === candidate ? 11 : 5) }))).toEqual(['rsi_14 = 11 lies above every training row (largest 10).']);
});
