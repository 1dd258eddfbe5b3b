import { describe, expect, it } from 'vitest';
import { generateSampleMarket } from '../klines/generate-sample-market.js';
import { createKlines, type Klines, sliceKlines } from '../klines/klines.js';
import { parseCandidate } from '../labels/candidate.js';
import { analyzeWarmUp } from './analyze-warm-up.js';
import type { FeatureDefinition } from './feature-definition.js';

const market = generateSampleMarket({ seed: 3, startMs: Date.UTC(2018, 0), endMs: Date.UTC(2021, 0), interval: '1d' });

/** Closes 3, 1, 3, 1, … */
function alternating(bars: number): Klines {
  const klines = createKlines(bars);
  klines.close.forEach((_, bar) => (klines.close[bar] = bar % 2 === 0 ? 3 : 1));
  return klines;
}

const feature = (more: Partial<FeatureDefinition>): FeatureDefinition => ({
  name: 'own',
  formula: 'this test',
  inputs: ['close'],
  lookbackBars: 1,
  isRecursive: false,
  unit: 'none',
  source: 'this test',
  create: () => (bar) => bar.close,
  ...more,
});

/** Forgets half with every bar: with x = ±1 in turn its size is 2/3, and from n bars alone it is off by 2/3 × 0.5^n. */
const halving = feature({
  name: 'halving',
  isRecursive: true,
  lookbackBars: 41,
  create: () => {
    let state = 0;
    return (bar) => (state = state / 2 + bar.close - 2);
  },
});

/** Mean of the last 10 closes. */
const tenBars = (lookbackBars: number): FeatureDefinition =>
  feature({
    name: 'ten',
    lookbackBars,
    create: () => {
      const closes: number[] = [];
      return (bar) => {
        closes.push(bar.close);
        return closes.length < 10 ? Number.NaN : closes.slice(-10).reduce((sum, close) => sum + close, 0) / 10;
      };
    },
  });

describe('analyzeWarmUp', () => {
  it('measures a memory that is known: half of it is gone with every bar', () => {
    const { features, warnings, startUpBars } = analyzeWarmUp(alternating(400), [halving], { startUpBars: [10, 1, 20, 60] });
    expect(startUpBars).toEqual([1, 10, 20, 60]);
    expect(features[0].scale).toBeCloseTo(2 / 3, 9);
    expect(features[0].value).toBeCloseTo(-2 / 3, 9);
    [1, 10, 20].forEach((bars, i) => expect(features[0].deviations[i] / 0.5 ** bars).toBeCloseTo(1, 6));
    expect(features[0].deviations[3]).toBeLessThan(1e-15);
    // 0.5^29 is 1.9e-9, 0.5^30 is 0.93e-9
    expect(features[0].settledFromBars).toBe(30);
    expect(warnings).toEqual([]);
  });

  it('warns of a recursive feature that is declared too short', () => {
    const { features, warnings } = analyzeWarmUp(alternating(400), [{ ...halving, lookbackBars: 4 }]);
    expect(features[0]).toMatchObject({ lookbackBars: 4, declaredBars: 4, settledFromBars: 30 });
    expect(warnings).toEqual(['halving still moves by 6.3 % of its scale at its declared warm-up of 4 bars; it settles from 30 bars on.']);
    expect(analyzeWarmUp(alternating(400), [{ ...halving, lookbackBars: 5 }]).warnings).toEqual([]); // 3.1 %
  });

  it('a window is settled when it is full, and one that is declared too short is named', () => {
    const right = analyzeWarmUp(market, [tenBars(10)]);
    expect(right.features[0]).toMatchObject({ settledFromBars: 10, deviationAtDeclared: 0, deviations: [0, 0, 0, 0] });
    expect(right.startUpBars).toEqual([50, 100, 199, 399]); // 999 is more than half of the bars
    expect(right.warnings).toEqual([]);
    expect(analyzeWarmUp(market, [tenBars(9)]).warnings).toEqual(['ten has no value with its declared warm-up of 9 bars; it settles from 10 bars on.']);
    const short = feature({
      name: 'sum2',
      create: () => {
        let previous = 0;
        return (bar) => {
          const sum = bar.close + previous;
          previous = bar.close;
          return sum;
        };
      },
    });
    expect(analyzeWarmUp(market, [short]).warnings[0]).toMatch(/^sum2 still moves by [\d.]+ % of its scale at its declared warm-up of 1 bars; it settles from 2 bars on\.$/);
  });

  it('what never forgets does not settle', () => {
    const create: FeatureDefinition['create'] = () => {
      let sum = 0;
      return (bar) => (sum += bar.close);
    };
    const total = feature({ name: 'total', isRecursive: true, create });
    const { features, warnings } = analyzeWarmUp(alternating(100), [total]);
    expect(features[0].settledFromBars).toBeNull();
    expect(warnings[0]).toContain('it does not settle within the bars tried');
  });

  it('of the registered features only the exponential ones move once their look-back is there', () => {
    const { features, warnings } = analyzeWarmUp(market, 'flow');
    for (const { isRecursive, lookbackBars, settledFromBars, deviations, deviationAtDeclared } of features) {
      if (isRecursive) {
        // (13/14)^279 and (25/27)^269 are 1e-9
        expect(settledFromBars).toBeGreaterThan(200);
        expect(settledFromBars).toBeLessThan(340);
        expect(deviations[0]).toBeGreaterThan(deviations[1]);
        expect(deviationAtDeclared).toBeGreaterThan(deviations[0]);
      } else {
        expect(settledFromBars).toBe(lookbackBars);
        expect(deviations).toEqual([0, 0, 0, 0]);
      }
    }
    expect(features.filter(({ isRecursive }) => isRecursive).map((each) => each.feature)).toEqual(['rsi_14', 'macd_hist']);
    expect(warnings.every((warning) => /^(rsi_14|macd_hist) /.test(warning))).toBe(true);
  });

  it('of the set market too, for a candidate and with a leader', () => {
    const leader = generateSampleMarket({ seed: 4, startMs: Date.UTC(2018, 0), endMs: Date.UTC(2021, 0), interval: '1d' });
    const { features, warnings } = analyzeWarmUp(market, 'market', { candidate: parseCandidate('T14_V1.5'), leader, startUpBars: [200, 500] });
    for (const { feature, isRecursive, lookbackBars, settledFromBars, deviations } of features) {
      expect(deviations[0], feature).toBeLessThan(isRecursive ? 0.05 : 1e-9);
      if (!isRecursive) expect(settledFromBars ?? 0, feature).toBeLessThanOrEqual(lookbackBars);
    }
    const needed = features.filter(({ isRecursive, lookbackBars, settledFromBars }) => !isRecursive && settledFromBars !== lookbackBars);
    expect(needed.map(({ feature, settledFromBars }) => [feature, settledFromBars])).toEqual([]);
    expect(warnings.filter((warning) => !warning.startsWith('volatility_ewm still'))).toEqual([]);
  });

  it('holds the set baseline to the bar that its training begins with', () => {
    const { features } = analyzeWarmUp(market, 'baseline');
    expect(features.map(({ declaredBars }) => declaredBars)).toEqual([22, 7, 21, 22, 22, 2]);
  });

  it('says what it could not measure', () => {
    const hole = sliceKlines(market, 0, 60);
    const holed = { ...hole, close: hole.close.slice() };
    holed.close[59] = Number.NaN;
    const { features, warnings } = analyzeWarmUp(holed, ['ma7']);
    expect(features[0]).toMatchObject({ value: Number.NaN, settledFromBars: null, deviations: [] });
    expect(warnings).toEqual(['ma7 has no value in the last row, so its warm-up was not measured.']);
    expect(analyzeWarmUp(sliceKlines(market, 0, 13), ['ma7']).warnings).toEqual(['ma7 declares a warm-up of 7 bars, for which at least 14 bars are needed.']);
    expect(() => analyzeWarmUp(sliceKlines(market, 0, 1), ['ma7'])).toThrow('`klines` option of analyzeWarmUp must be at least 2 bars. Got 1.');
    expect(() => analyzeWarmUp(market, ['ma7'], { startUpBars: [5001] })).toThrow('`startUpBars` option of analyzeWarmUp must be a list of integers from 1 to 5000. Got 5001.');
    expect(() => analyzeWarmUp(market, ['ma7'], { startUpBars: [0] })).toThrow('Got 0.');
    expect(() => analyzeWarmUp(market, ['nothing'])).toThrow('nothing');
  });
});
