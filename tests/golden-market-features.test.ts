// The set `market` on real bars: each value against its formula computed the slow way from its whole window, Bitcoin leading the others.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { analyzeWarmUp, checkLookAhead, computeFeatures, FEATURE_SETS, klineCount, type Klines, parseCandidate, parseKlinesCsv, sliceKlines } from '@forecastlab/core';
import { expect, it } from 'vitest';
import { naiveMarketFeatures } from '../packages/core/src/features/testing/naive-market-features.js';
import { describeShared, readBytes, sharedPath } from './support/shared.js';

const TOLERANCE = 1e-9;
/** Rows of each market: spread over its years. */
const EVERY = 29;

function readKlines(name: string): Klines {
  const path = sharedPath('data/binance', name);
  return parseKlinesCsv(path.endsWith('.gz') ? readBytes(path) : readFileSync(path), { fileName: basename(path) }).klines;
}

describeShared('the set market on real bars', () => {
  const leader = readKlines('BTCUSDT_1d_forecastlab.csv');

  it.each([
    ['ETHUSDT_1d_12col.csv', 'T14_X8'],
    ['XRPUSDT_1d_12col.csv.gz', 'T14_V1.5'],
  ])('equals its formulas: %s, %s', (file, name) => {
    const klines = readKlines(file);
    const candidate = parseCandidate(name);
    const table = computeFeatures(klines, 'market', { candidate, leader });
    const naive = naiveMarketFeatures({ klines, leader, candidate });
    let compared = 0;
    let largest = 0;
    for (const [i, feature] of FEATURE_SETS.market.entries()) {
      for (let row = 200; row < table.length; row += EVERY) {
        const [ours, theirs] = [table.columns[i][row], naive(feature.name, row)];
        expect(Number.isNaN(ours), `${feature.name}, row ${row}`).toBe(Number.isNaN(theirs));
        if (Number.isNaN(ours)) continue;
        compared += 1;
        largest = Math.max(largest, Math.abs(ours - theirs));
      }
    }
    console.log(`golden market features, ${file}: ${compared} values compared, largest deviation ${largest.toExponential(2)}`);
    expect(largest).toBeLessThan(TOLERANCE);
    expect(compared).toBeGreaterThan(5000);
  });

  it('does not look ahead, nor at the future of the leader', () => {
    const klines = readKlines('LTCUSDT_1d_12col.csv.gz');
    const newest = sliceKlines(klines, klineCount(klines) - 800);
    const report = checkLookAhead({ klines: newest, leader, features: 'market', candidate: parseCandidate('T14_V1'), cuts: 5 });
    expect(report).toMatchObject({ ok: true, violations: [] });
  });

  it.each([['ETHUSDT_1d_12col.csv'], ['BNBUSDT_1d_12col.csv.gz'], ['XRPUSDT_1d_12col.csv.gz']])('has settled where its slow volatility is declared to: %s', (file) => {
    for (const name of ['T14_X8', 'T14_V1.5']) {
      const { warnings } = analyzeWarmUp(readKlines(file), 'market', { candidate: parseCandidate(name), startUpBars: [50] });
      expect(warnings.filter((warning) => !warning.startsWith('volatility_ewm still'))).toEqual([]);
    }
  });

  it('says much the same of markets whose prices are thousands apart', () => {
    const [bitcoin, ada] = [leader, readKlines('ADAUSDT_1d_12col.csv.gz')].map((klines) => computeFeatures(klines, 'market', { candidate: parseCandidate('T14_X8'), leader }));
    const median = (values: Float64Array): number => values.filter((value) => !Number.isNaN(value)).sort()[Math.floor(values.length / 2)];
    for (const [i, name] of bitcoin.names.entries()) expect(Math.abs(median(bitcoin.columns[i]) - median(ada.columns[i])), name).toBeLessThan(1.2);
  });
});
