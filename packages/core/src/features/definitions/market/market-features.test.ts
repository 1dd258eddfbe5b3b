import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateSampleMarket } from '../../../klines/generate-sample-market.js';
import { klineCount, type KlineColumn, type Klines, sliceKlines, takeKlines } from '../../../klines/klines.js';
import { barriers } from '../../../labels/barriers.js';
import { type Candidate, parseCandidate } from '../../../labels/candidate.js';
import { computeFeatures } from '../../compute-features.js';
import { FEATURE_SETS, FEATURES } from '../../feature-registry.js';
import type { FeatureTable } from '../../feature-table.js';
import { naiveMarketFeatures } from '../../testing/naive-market-features.js';
import { warmUpBars } from '../../warm-up-bars.js';

const span = { startMs: Date.UTC(2018, 0), endMs: Date.UTC(2019, 1), interval: '1d' } as const;
const klines = generateSampleMarket({ seed: 5, ...span });
const leader = generateSampleMarket({ seed: 6, ...span });
const X = parseCandidate('T14_X8');
const V = parseCandidate('T21_V1.5');
const market = (bars: Klines, candidate: Candidate = X, leading: Klines | undefined = leader): FeatureTable => computeFeatures(bars, 'market', { candidate, leader: leading });
const columnOf = (table: FeatureTable, name: string): Float64Array => table.columns[table.names.indexOf(name)];
const last = (table: FeatureTable, name: string): number => columnOf(table, name)[table.length - 1];

/** Copies, with some columns × a factor. */
function scaled(bars: Klines, factors: { readonly [column in KlineColumn]?: number }): Klines {
  return Object.fromEntries(Object.entries(bars).map(([name, column]) => [name, column.map((value) => value * (factors[name as KlineColumn] ?? 1))])) as unknown as Klines;
}
const changed = (bars: Klines, change: (copy: Klines) => void): Klines => {
  const copy = scaled(bars, {});
  change(copy);
  return copy;
};
const prices = (factor: number) => ({ open: factor, high: factor, low: factor, close: factor });

/** The features that differ by more than the tolerance somewhere, or are missing in one only. */
function moved(ours: FeatureTable, theirs: FeatureTable, tolerance: number): readonly string[] {
  const isNear = (a: number, b: number): boolean => (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= tolerance;
  return ours.names.filter((_, i) => !ours.columns[i].every((value, row) => isNear(value, theirs.columns[i][row])));
}

describe('the set market', () => {
  it.each([X, V])('equals the formulas of the papers, window by window ($name)', (candidate) => {
    const table = market(klines, candidate);
    const naive = naiveMarketFeatures({ klines, leader, candidate });
    for (const [i, { name, lookbackBars }] of FEATURE_SETS.market.entries()) {
      for (let row = lookbackBars - 1; row < table.length; row += 1) {
        if (!(Math.abs(table.columns[i][row] - naive(name, row)) < 1e-9)) throw new Error(`${name}, row ${row}: ${table.columns[i][row]} instead of ${naive(name, row)}`);
      }
      expect(table.columns[i].subarray(0, lookbackBars - 1).every(Number.isNaN), `${name} before its look-back`).toBe(true);
    }
  });

  it('has no missing value behind its warm-up, and spreads', () => {
    const table = market(klines);
    expect(warmUpBars('market')).toBe(199);
    const flat: string[] = [];
    table.columns.forEach((column, i) => {
      const rest = column.subarray(199);
      expect(rest.some(Number.isNaN), table.names[i]).toBe(false);
      if (rest.every((value) => value === rest[0])) flat.push(table.names[i]);
    });
    expect(flat).toEqual(['hour_sin', 'hour_cos']);
  });

  it.each([X, V])('carries no price level and no amount: prices, coins and quote volume in other units change nothing ($name)', (candidate) => {
    const factor = fc.double({ min: 1e-4, max: 1e4, noNaN: true });
    const before = market(klines, candidate);
    fc.assert(
      fc.property(factor, factor, factor, (price, amount, count) => {
        const units = { ...prices(price), volume: amount, takerBuyBase: amount, quoteVolume: price * amount, takerBuyQuote: price * amount, tradeCount: count };
        const leading = scaled(leader, { ...prices(amount), quoteVolume: count, takerBuyQuote: count });
        expect(moved(market(scaled(klines, units), candidate, leading), before, 1e-9)).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  it('changes by nothing at all when prices are in units a power of two apart', () => {
    const table = market(scaled(klines, { ...prices(1024), volume: 2, takerBuyBase: 2, quoteVolume: 2048, takerBuyQuote: 2048, tradeCount: 4 }));
    expect(table.columns).toEqual(market(klines).columns);
  });

  it('does notice what is not a matter of units', () => {
    const wider = changed(klines, ({ high }) => high.forEach((value, row) => (high[row] = value * 1.01)));
    expect(last(market(wider), 'parkinson_21')).toBeGreaterThan(last(market(klines), 'parkinson_21'));
    const busier = changed(klines, ({ tradeCount }) => (tradeCount[klineCount(klines) - 1] *= 2));
    expect(last(market(busier), 'trade_count_1_30')).toBeGreaterThan(last(market(klines), 'trade_count_1_30') + 0.6);
    expect(last(market(busier), 'trade_size_1_30')).toBeLessThan(last(market(klines), 'trade_size_1_30') - 0.6);
  });

  it('measures volatility as barriers do', () => {
    const volatility = columnOf(market(klines), 'volatility_ewm');
    barriers(klines.close, V).forEach((barrier, row) => {
      if (!Number.isNaN(barrier)) expect(Math.log(barrier / (1.5 * Math.sqrt(21)))).toBeCloseTo(volatility[row], 12);
      else expect(volatility[row]).toBeNaN();
    });
    const [near, far] = [parseCandidate('T14_X4'), parseCandidate('T14_X8')].map((candidate) => columnOf(market(klines, candidate), 'barrier_distance'));
    near.slice(199).forEach((distance, row) => expect(far[199 + row] - distance).toBeCloseTo(Math.LN2, 12));
  });

  it('keeps within its bounds when a bar is odd by a factor of a million', () => {
    for (const names of [['open', 'high', 'low', 'close'], ['high', 'close'], ['low'], ['quoteVolume', 'takerBuyQuote', 'tradeCount']] as const) {
      for (const factor of [1e6, 1e-6]) {
        const odd = changed(klines, (copy) => names.forEach((name) => (copy[name][200] *= factor)));
        const table = market(odd);
        table.columns.forEach((column, i) => {
          const most = column.reduce((largest, value) => (Number.isNaN(value) ? largest : Math.max(largest, Math.abs(value))), 0);
          expect(most, table.names[i]).toBeLessThanOrEqual(/^(leader_)?volatility_(\d|ewm)|^parkinson|^garman|^yang/.test(table.names[i]) ? 10 : 5);
        });
      }
    }
  });

  it('takes bars without trades and prices that do not move as they are: missing or finite', () => {
    const idle = changed(klines, (copy) => {
      for (let row = 120; row < 290; row += 1) {
        for (const name of ['volume', 'quoteVolume', 'tradeCount', 'takerBuyBase', 'takerBuyQuote'] as const) copy[name][row] = 0;
        for (const name of ['open', 'high', 'low', 'close'] as const) copy[name][row] = 100;
      }
    });
    const table = market(idle);
    const at = (name: string, row: number): number => columnOf(table, name)[row];
    expect(table.columns.every((column) => column.every((value) => !(Math.abs(value) === Infinity)))).toBe(true);
    expect([at('taker_imbalance', 150), at('taker_imbalance_7', 150)]).toEqual([0, 0]);
    expect(at('quote_volume_1_30', 125)).toBe(-3);
    for (const name of ['volatility_21', 'momentum_7', 'range_position_30', 'efficiency_60', 'trade_size_7_60', 'illiquidity_7_60']) expect(at(name, 280), name).toBeNaN();
    // with the first trades the windows of one bar are back
    expect(at('taker_imbalance', 290)).toBe(columnOf(market(klines), 'taker_imbalance')[290]);
  });

  it('is whole again when the odd bars have left the windows', () => {
    const odd = changed(klines, (copy) => {
      for (const name of ['open', 'high', 'low', 'close', 'quoteVolume', 'takerBuyQuote', 'tradeCount'] as const) copy[name][120] *= 1e6;
    });
    const [ours, theirs] = [market(odd), market(klines)];
    for (const [i, { name, isRecursive }] of FEATURE_SETS.market.entries()) {
      expect(isRecursive || ours.columns[i].subarray(230).every((value, row) => value === theirs.columns[i][230 + row]), name).toBe(true);
    }
  });

  it('knows the leader by its open times only, and misses it where it has no bar', () => {
    const names = FEATURE_SETS.market.filter(({ needs }) => needs === 'leader').map(({ name }) => name);
    expect(names).toHaveLength(7);
    const alone = computeFeatures(klines, 'market', { candidate: X });
    for (const [i, name] of alone.names.entries()) {
      if (names.includes(name)) expect(alone.columns[i].every(Number.isNaN), name).toBe(true);
      else expect(alone.columns[i], name).toEqual(columnOf(market(klines), name));
    }
    const bars = klineCount(leader);
    const holed = takeKlines(leader, Array.from({ length: bars }, (_, row) => row).filter((row) => row !== 150));
    const table = market(klines, X, holed);
    for (const name of names) {
      const [ours, whole] = [columnOf(table, name), columnOf(market(klines), name)];
      expect(ours[150], name).toBeNaN();
      expect(ours.subarray(150 + (FEATURES.get(name)?.lookbackBars ?? 0)), name).toEqual(whole.subarray(150 + (FEATURES.get(name)?.lookbackBars ?? 0)));
    }
    expect(market(klines, X, sliceKlines(leader, 0, 0)).columns).toEqual(alone.columns);
  });

  it('sees itself as an equal when it leads itself', () => {
    const table = market(klines, X, klines);
    expect(last(table, 'leader_momentum_7')).toBe(last(table, 'momentum_7'));
    expect(last(table, 'leader_correlation_60')).toBeCloseTo(1, 9);
    expect([last(table, 'strength_against_leader_30') + 0, last(table, 'volatility_against_leader_60') + 0]).toEqual([0, 0]);
  });

  it('tells days of the week and hours apart', () => {
    const hourly = generateSampleMarket({ seed: 5, startMs: Date.UTC(2018, 0), endMs: Date.UTC(2018, 0, 15), interval: '1h' });
    const table = computeFeatures(hourly, ['weekday_sin', 'weekday_cos', 'hour_sin', 'hour_cos']);
    const places = new Set(Array.from({ length: table.length }, (_, row) => table.columns.map((column) => column[row].toFixed(6)).join(' ')));
    expect(places.size).toBe(7 * 24);
    table.columns[0].forEach((sine, row) => {
      expect(sine ** 2 + table.columns[1][row] ** 2).toBeCloseTo(1, 12);
      expect(table.columns[2][row] ** 2 + table.columns[3][row] ** 2).toBeCloseTo(1, 12);
    });
    expect(Object.is(table.columns[0][0], 0) && table.columns[1][0] === 1).toBe(true); // 2018-01-01 was a Monday
  });
});
