import { describe, expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import type { ForecastRecord } from '../validation/evidence/forecast-record.js';
import { forwardReturns, type MarketCloses } from './forward-returns.js';
import { findSignals } from './find-signals.js';
import { createPortfolio } from './portfolio.js';
import { replayTrades } from './trades.js';
import { studySignals } from './study-signals.js';

const DAY = 86_400_000;

/** A market of `bars` closes with a record of P(up) for each bar but the last T; `pUp` and labels as given. */
function market(close: readonly number[], T: number, pUp: readonly number[], label: (row: number) => number, foldRows = 100): { record: ForecastRecord; closes: Map<string, MarketCloses> } {
  const rows = pUp.length;
  const openTimeMs = Float64Array.from(close, (_, bar) => bar * DAY);
  const record: ForecastRecord = {
    candidate: `T${T}_X2`,
    T,
    intervalMs: DAY,
    symbols: ['A'],
    symbolIndex: new Int32Array(rows),
    openTimeMs: openTimeMs.slice(0, rows),
    fold: Int32Array.from({ length: rows }, (_, row) => Math.floor(row / foldRows)),
    labels: Int8Array.from({ length: rows }, (_, row) => label(row)),
    barrier: new Float64Array(rows).fill(0.02),
    volatility: new Float64Array(rows).fill(0.02),
    forecasts: [{ name: 'model', role: 'model', probabilities: Float64Array.from({ length: 3 * rows }, (_, i) => [0.2, 0.8 - pUp[Math.floor(i / 3)], pUp[Math.floor(i / 3)]][i % 3]) }],
  };
  return { record, closes: new Map([['A', { openTimeMs, close: Float64Array.from(close) }]]) };
}

/** A random walk; `knows` says how much of the sign of the next T bars P(up) knows. */
function walk(rows: number, T: number, knows: number, seed: number) {
  const random = createRandom(seed);
  const steps = Array.from({ length: rows + T }, () => 0.02 * random.normal());
  const close = steps.map(() => 100);
  steps.forEach((step, bar) => { close[bar] = (bar === 0 ? 100 : close[bar - 1]) * (1 + step); });
  const sums = Array.from({ length: rows }, (_, row) => steps.slice(row + 1, row + 1 + T).reduce((sum, step) => sum + step, 0));
  return market(close, T, sums.map((sum) => Math.min(0.75, Math.max(0.05, 0.4 + knows * sum + 0.05 * random.normal()))), (row) => Math.sign(sums[row]));
}

describe('studySignals', () => {
  it('enters at the close that was predicted from and leaves T bars later, by hand', () => {
    const { record, closes } = market([100, 110, 121, 121, 60.5, 121], 2, [0.1, 0.1, 0.1, 0.1], () => 1);
    const bars = forwardReturns(record, closes);
    [0.21, 0.1, -0.5, 0].forEach((value, row) => expect(bars.forwardReturn[row]).toBeCloseTo(value, 12));
    const portfolio = createPortfolio(record, closes, bars, [0, 1, 2, 3]);
    const { single, overlapping } = replayTrades(record, closes, bars, { signals: [0, 1, 2], side: 'long', costs: 0.01, portfolio });
    // the second signal comes while the first is held
    expect(single.trades.length).toBe(2);
    expect(single.trades[0]).toBeCloseTo(0.99 * 1.21 * 0.99 - 1, 12);
    expect(single.trades[1]).toBeCloseTo(0.99 * 0.5 * 0.99 - 1, 12);
    // +10 % less the cost of entering; +10 %; 0; -50 %, held throughout; the cost of leaving at the last
    [0.09, 0.1, 0, -0.5, -0.01].forEach((value, place) => expect(single.returns[place]).toBeCloseTo(value, 12));
    // half a position, then a whole, a whole, a half
    expect(overlapping.trades.length).toBe(3);
    [0.05 - 0.005, 0.1 - 0.005, 0, -0.25 - 0.005, -0.005].forEach((value, place) => expect(overlapping.returns[place]).toBeCloseTo(value, 12));
    const short = replayTrades(record, closes, bars, { signals: [2], side: 'short', costs: 0, portfolio });
    expect(short.single.trades[0]).toBeCloseTo(0.5, 12);
  });

  it('takes thresholds from earlier folds alone', () => {
    const { record } = walk(400, 5, 5, 1);
    const choice = { side: 'long', share: 0.2, isUsable: () => true } as const;
    const before = findSignals(record, choice).signals.filter((row) => row < 300);
    expect(before.length).toBeGreaterThan(10);
    expect(Math.min(...before)).toBeGreaterThanOrEqual(100);
    const probabilities = record.forecasts[0].probabilities.map((p, at) => (at >= 900 ? 1 - p : p));
    expect(findSignals({ ...record, forecasts: [{ ...record.forecasts[0], probabilities }] }, choice).signals.filter((row) => row < 300)).toEqual(before);
  });

  it('sees a planted signal and tells it from luck, and none in noise', () => {
    const { record, closes } = walk(1500, 5, 5, 3);
    const planted = studySignals(record, closes, { seed: 1, draws: 200 });
    expect(planted.upDeciles.map(({ rows }) => rows)).toEqual(Array.from({ length: 10 }, () => 150));
    expect(planted.upDeciles[9].meanForwardReturn).toBeGreaterThan(planted.upDeciles[0].meanForwardReturn + 0.05);
    const [rule] = planted.rules;
    expect(rule.single.randomPValue).toBeCloseTo(1 / 201, 12);
    expect(rule.hitRate as number).toBeGreaterThan((rule.baseRate as number) + 0.2);
    expect(rule.single.sharpeEvidence.deflated as number).toBeGreaterThan(0.99);
    expect(planted.sentence).toContain('more than random signals of the same number');
    const noise = Array.from({ length: 60 }, (_, seed) => {
      const made = walk(500, 5, 0, 100 + seed);
      return studySignals(made.record, made.closes, { seed: 1, draws: 100 }).sentence;
    });
    expect(noise.filter((sentence) => sentence.includes('no rule earned more')).length).toBeGreaterThanOrEqual(54); // 3 of 60 expected otherwise
  });

  it('random signals never win by costs: with costs alone every rule and every draw loses alike', () => {
    const flat = market(Array.from({ length: 500 }, () => 100), 5, Array.from({ length: 495 }, (_, row) => 0.2 + 0.5 * ((row * 37) % 100) / 100), () => 0);
    const study = studySignals(flat.record, flat.closes, { seed: 1, draws: 50, fee: 0.001, slippage: 0 });
    expect(study.rules[0].single.meanReturn).toBeCloseTo(0.999 * 0.999 - 1, 12);
    expect(study.rules[0].single.randomPValue).toBe(1);
    expect(study.buyAndHold).toEqual({ totalReturn: 0, sharpe: null, maxDrawdown: 0 });
  });

  it('a market that fell before rules could act makes no rule look good', () => {
    const lucky = Array.from({ length: 30 }, (_, seed) => {
      const random = createRandom(seed, 8);
      const close = [1000];
      for (let bar = 1; bar < 505; bar += 1) close.push(close[bar - 1] * (1 + 0.01 * random.normal() + (bar < 100 ? -0.01 : 0.002)));
      const made = market(close, 5, Array.from({ length: 500 }, () => random.next()), () => Math.sign(random.normal()));
      return studySignals(made.record, made.closes, { seed: 1, draws: 60 }).rules[0].single.randomPValue as number;
    });
    expect(lucky.filter((p) => p < 0.05).length).toBeLessThanOrEqual(5);
    const { record, closes } = walk(400, 5, 0, 2);
    expect(studySignals(record, new Map([['A', { openTimeMs: (closes.get('A') as MarketCloses).openTimeMs, close: Float64Array.from({ length: 405 }, (_, bar) => (bar < 50 ? 100 : 10)) }]]), { seed: 1, draws: 10 }).buyAndHold.totalReturn).toBe(0);
  });

  it('earns in a market with a gap what its trades earned, and loses no more than everything', () => {
    const { record, closes } = market([100, 110, 100, 200], 2, [0.1, 0.1], () => 1);
    const openTimeMs = Float64Array.of(0, DAY, 22 * DAY, 23 * DAY);
    const gapped = new Map([['A', { openTimeMs, close: (closes.get('A') as MarketCloses).close }]]);
    const bars = forwardReturns(record, gapped);
    const { single } = replayTrades(record, gapped, bars, { signals: [1], side: 'long', costs: 0, portfolio: createPortfolio(record, gapped, bars, [0, 1]) });
    expect([...single.returns].reduce((growth, change) => growth * (1 + change), 1) - 1).toBeCloseTo(single.trades[0], 12);
    const wild = market([100, 100, 250, 625], 2, [0.1, 0.1], () => 1);
    const wildBars = forwardReturns(wild.record, wild.closes);
    expect(replayTrades(wild.record, wild.closes, wildBars, { signals: [1], side: 'short', costs: 0, portfolio: createPortfolio(wild.record, wild.closes, wildBars, [0, 1]) }).single.trades).toEqual([-1]);
  });

  it('allows for more trials', () => {
    const { record, closes } = walk(1500, 5, 0.3, 5);
    const deflated = (otherTrials: number) => studySignals(record, closes, { seed: 1, draws: 50, otherTrials }).rules[0].single.sharpeEvidence.deflated as number;
    expect(deflated(1000)).toBeLessThan(deflated(0));
  });

  it('refuses what it cannot study', () => {
    const { record, closes } = walk(200, 5, 0, 1);
    expect(() => studySignals(record, new Map(), { seed: 1 })).toThrow('There are no closes of A');
    expect(() => studySignals({ ...record, openTimeMs: record.openTimeMs.map((time) => time + 1) }, closes, { seed: 1 })).toThrow('A has no bar at');
    expect(() => studySignals(record, closes, { seed: 1, fee: -1 })).toThrow('`fee` option of studySignals');
    expect(() => studySignals(record, closes, { seed: 1, shares: [1] })).toThrow('`shares` option of studySignals');
  });
});
