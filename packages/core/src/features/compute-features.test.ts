import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKlines, klineAt, klineCount, type KlineColumn, KLINE_COLUMNS, type Klines, sliceKlines } from '../klines/klines.js';
import { parseCandidate } from '../labels/candidate.js';
import { computeFeatures } from './compute-features.js';
import { FEATURES } from './feature-registry.js';
import { createFeatureStream } from './feature-stream.js';

const DAY_MS = 86_400_000;
const candidate = parseCandidate('T14_V1.5');

/** Any bars at all: zeros, spikes, missing and infinite values among them. */
const anyBars = fc
  .array(fc.array(fc.oneof({ weight: 20, arbitrary: fc.double({ min: 0, max: 1e6, noNaN: true }) }, fc.constantFrom(0, Number.NaN, Infinity, 1e21)), { minLength: 10, maxLength: 10 }), { minLength: 1, maxLength: 130 })
  .map((rows) => {
    const klines = createKlines(rows.length);
    rows.forEach((values, row) => {
      KLINE_COLUMNS.forEach((column, i) => (klines[column][row] = column === 'openTimeMs' ? row * DAY_MS : values[i - 1]));
    });
    return klines;
  });
const isComplete = (klines: Klines): boolean => KLINE_COLUMNS.every((column) => klines[column].some((value) => !Number.isNaN(value)));

function usualBars(length: number): Klines {
  const klines = createKlines(length);
  for (let row = 0; row < length; row += 1) {
    const volume = 100 + 50 * Math.sin(row);
    const share = 0.5 + 0.1 * Math.sin(3 * row);
    const [open, close] = [100 + 10 * Math.cos(row - 1.1), 100 + 10 * Math.cos(row)];
    const [high, low] = [Math.max(open, close) + (row % 3), Math.min(open, close) - (row % 5)];
    const bar: Partial<Record<KlineColumn, number>> = { openTimeMs: row * DAY_MS, open, high, low, close, volume, quoteVolume: 100 * volume, tradeCount: 50 + (row % 7), takerBuyBase: volume * share, takerBuyQuote: 100 * volume * share };
    for (const [column, value] of Object.entries(bar)) klines[column as KlineColumn][row] = value;
  }
  return klines;
}

/** The market is its own leader, so that what is missing in one is missing in both. */
const column = (klines: Klines, name: string): number[] => [...computeFeatures(klines, [name], { candidate, leader: klines }).columns[0]];

describe('computeFeatures', () => {
  it('has the bits of a stream, from whichever bar the stream goes on', () => {
    fc.assert(
      fc.property(anyBars.filter(isComplete), anyBars, fc.nat(), fc.constantFrom('flow', 'market'), (klines, leader, pick, features) => {
        const table = computeFeatures(klines, features, { candidate, leader });
        const start = pick % klineCount(klines);
        const stream = createFeatureStream(features, { history: sliceKlines(klines, 0, start), leaderHistory: leader, candidate });
        expect(stream.names).toEqual(table.names);
        for (let row = start; row < klineCount(klines); row += 1) {
          const values = stream.push(klineAt(klines, row), row < klineCount(leader) ? klineAt(leader, row) : undefined);
          table.columns.forEach((values_, i) => expect(values[i]).toBe(values_[row]));
        }
      }),
    );
  });

  it('is finite or missing, whatever comes in', () => {
    fc.assert(
      fc.property(anyBars.filter(isComplete), anyBars, fc.constantFrom('flow', 'market'), (klines, leader, features) => {
        for (const values of computeFeatures(klines, features, { candidate, leader }).columns) expect(values.every((value) => !(Math.abs(value) === Infinity))).toBe(true);
      }),
    );
  });

  it.each([...FEATURES.values()].filter((definition) => !definition.isRecursive))('$name forgets all but its $lookbackBars bars', ({ name, lookbackBars, inputs }) => {
    const klines = usualBars(300);
    const before = column(klines, name);
    expect(before.findIndex((value) => !Number.isNaN(value))).toBe(lookbackBars - 1);
    const bad = 130;
    for (const input of inputs) klines[input][bad] = Number.NaN;
    const last = bad + lookbackBars - 1;
    column(klines, name).forEach((value, row) => {
      // between the first and the last row that see it, those that read the ends of their window only may not
      if (row === bad || row === last) expect(value).toBeNaN();
      else if (row < bad || row > last || !Number.isNaN(value)) expect(value).toBe(before[row]);
    });
  });

  it.each([...FEATURES.values()].filter((definition) => definition.isRecursive))('$name goes on after a missing bar', ({ name, lookbackBars }) => {
    const klines = usualBars(430);
    const before = column(klines, name);
    const bad = 210;
    klines.close[bad] = Number.NaN;
    const after = column(klines, name);
    expect(after[bad]).toBeNaN();
    expect(after.slice(bad + 2).some(Number.isNaN)).toBe(false);
    const scale = Math.max(...before.filter((value) => !Number.isNaN(value)).map(Math.abs));
    expect(Math.abs(after[bad + lookbackBars] - before[bad + lookbackBars]) / scale).toBeLessThan(0.05);
    expect(Math.abs(after[429] - before[429]) / scale).toBeLessThan(0.001); // 0.97^219 is 0.1 %
  });

  it('handles a bar without trades', () => {
    const klines = usualBars(4);
    for (const name of ['volume', 'quoteVolume', 'tradeCount', 'takerBuyBase', 'takerBuyQuote'] as const) klines[name][2] = 0;
    expect(column(klines, 'taker_buy_base_ratio')[2]).toBe(0);
    expect(column(klines, 'number_of_trades_chg1').slice(2)).toEqual([-1, Number.NaN]);
  });

  it('refuses klines without the order flow it needs, and serves the baseline', () => {
    const klines = usualBars(60);
    klines.takerBuyBase.fill(Number.NaN);
    expect(() => computeFeatures(klines, 'flow')).toThrowError(expect.objectContaining({ code: 'BAD_DATA', message: expect.stringContaining('no takerBuyBase'), hint: expect.stringContaining("'baseline'") }));
    expect(computeFeatures(klines, 'baseline').length).toBe(60);
  });

  it('makes an empty table of no bars', () => {
    expect(computeFeatures(createKlines(0), 'flow')).toMatchObject({ length: 0 });
  });
});
