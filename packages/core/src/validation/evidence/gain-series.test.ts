import { describe, expect, it } from 'vitest';
import { lossGains } from '../skill/block-bootstrap.js';
import { rowLogLosses } from '../metrics/probability-scores.js';
import { forecastOf, type ForecastRecord, type RecordedForecast } from './forecast-record.js';
import { gainSeries, meanOver, shareOfLoss, testGains, viewRecord } from './gain-series.js';
import { knowsStretch, madeRecord, type MadeRecordOptions, noisyTouch } from './testing/made-record.js';

const lossesOf = (record: ForecastRecord, name: string): Float64Array => rowLogLosses(record.labels, (forecastOf(record, name) as RecordedForecast).probabilities);

/** In how many of `runs` records the interval of the gain holds 0, when model and baseline are equally good. */
function held(runs: number, make: Omit<MadeRecordOptions, 'seed' | 'forecasts'>): number {
  let count = 0;
  for (let seed = 0; seed < runs; seed += 1) {
    const record = madeRecord({ ...make, seed, forecasts: { model: noisyTouch(0), 'class-shares': noisyTouch(1) } });
    const test = testGains(lossGains(lossesOf(record, 'model'), lossesOf(record, 'class-shares')), viewRecord(record));
    if (test !== null && test.low <= 0 && test.high >= 0) count += 1;
  }
  return count / runs;
}

describe('gainSeries', () => {
  it('is what a hand computes, with unequal numbers of markets', () => {
    const record = madeRecord({ seed: 1, times: 3, symbols: ['A', 'B'], starts: [0, 1], forecasts: { model: knowsStretch } });
    // five rows at three times, mean 3; sums less 3 a row: 1 - 3, 5 - 6, 9 - 6 (2 + 3, then 4 + 5); scale 3 / 5
    const series = gainSeries(Float64Array.of(1, 2, 3, 4, 5), viewRecord(record));
    expect(Array.from(series)).toEqual([3 - 1.2, 3 - 0.6, 3 + 1.8].map((x) => expect.closeTo(x, 12) as unknown));
  });

  it('is the mean of each time where all markets are there', () => {
    const record = madeRecord({ seed: 1, times: 2, symbols: ['A', 'B'], forecasts: { model: knowsStretch } });
    expect(Array.from(gainSeries(Float64Array.of(1, 2, 3, 8), viewRecord(record)))).toEqual([1.5, 5.5]);
  });

  it('a market that begins later makes no trend of a gain that is the same everywhere', () => {
    const record = madeRecord({ seed: 1, times: 100, symbols: ['A', 'B', 'C'], starts: [0, 50, 50], forecasts: { model: knowsStretch } });
    const series = gainSeries(new Float64Array(record.labels.length).fill(0.25), viewRecord(record));
    expect(new Set(series)).toEqual(new Set([0.25]));
  });

  it('the interval of two equally good forecasts holds 0 in about 95 of 100, though markets move together', () => {
    const share = held(200, { times: 500, symbols: ['A', 'B', 'C', 'D', 'E', 'F'], common: 0.8 });
    expect(share).toBeGreaterThanOrEqual(0.92);
    expect(share).toBeLessThanOrEqual(0.99);
  }, 60_000);

  it('and also where markets begin at different times', () => {
    const share = held(200, { times: 500, symbols: ['A', 'B', 'C', 'D', 'E', 'F'], starts: [0, 0, 100, 200, 300, 400], common: 0.8 });
    expect(share).toBeGreaterThanOrEqual(0.92);
    expect(share).toBeLessThanOrEqual(0.99);
  }, 60_000);

  it('a share of the loss is at most all of it', () => {
    const record = madeRecord({ seed: 1, times: 100, forecasts: { model: knowsStretch } });
    const view = viewRecord(record);
    const gains = new Float64Array(view.rows.length).fill(0.5);
    expect(meanOver(gains, view)).toBe(0.5);
    expect(shareOfLoss(gains, { gain: 0.5, pValue: 0, low: -0.2, high: 3 }, 2, view)).toMatchObject({ skill: 0.25, interval: [-0.1, 1], rows: 300 });
  });
});
