import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrainingRows } from '../dataset/training-rows.js';
import { foldPositions } from '../validation/walk-forward/fold-data.js';
import { findLeaks } from '../validation/splits/find-leaks.js';
import { purgedKFold } from '../validation/splits/purged-k-fold.js';
import { type PoolPart, poolRows } from './pool-rows.js';
import { pooledFolds } from './pooled-folds.js';
import { sampleParts } from './testing/sample-pool.js';

/** A market with bars at the given times; every bar has a row but the last T. */
function partOf(symbol: string, times: readonly number[], T: number): PoolPart {
  const bars = Array.from({ length: Math.max(0, times.length - T) }, (_, bar) => bar);
  const rows: TrainingRows = {
    features: { names: ['x'], columns: [Float64Array.from(bars, (bar) => times[bar] * 10)], length: bars.length },
    labels: Int8Array.from(bars, (bar) => (bar % 3) - 1),
    rows: Int32Array.from(bars),
    openTimeMs: Float64Array.from(bars, (bar) => times[bar]),
    spanEnd: Int32Array.from(bars, (bar) => bar + T),
  };
  return { symbol, rows, openTimeMs: times, barrier: times.map((time) => time / 100), volatility: times.map((time) => time / 1000) };
}

describe('poolRows', () => {
  it('sorts by time, then by market, and counts bars on one calendar', () => {
    // B lacks time 2 and begins later: its label of one bar, from 1, ends at 3
    const pooled = poolRows([partOf('A', [0, 1, 2, 3], 1), partOf('B', [1, 3, 4], 1)]);
    expect(pooled.symbols).toEqual(['A', 'B']);
    expect(Array.from(pooled.openTimeMs)).toEqual([0, 1, 1, 2, 3]);
    expect(Array.from(pooled.symbolIndex)).toEqual([0, 0, 1, 0, 1]);
    expect(Array.from(pooled.rows)).toEqual([0, 1, 1, 2, 3]);
    expect(Array.from(pooled.spanEnd)).toEqual([1, 2, 3, 3, 4]);
    expect(Array.from(pooled.labels)).toEqual([-1, 0, -1, 1, 0]);
    expect(Array.from(pooled.features.columns[0])).toEqual([0, 10, 10, 20, 30]);
    expect(Array.from(pooled.barrier)).toEqual([0, 0.01, 0.01, 0.02, 0.03]);
    expect(Array.from(pooled.volatility)).toEqual([0, 0.001, 0.001, 0.002, 0.003]);
  });

  it('refuses a market twice, other features, and rows that are not the market\'s bars', () => {
    const part = partOf('A', [0, 1, 2], 1);
    const other: PoolPart = { ...part, symbol: 'B', rows: { ...part.rows, features: { ...part.rows.features, names: ['y'] } } };
    expect(() => poolRows([part, part])).toThrow('The market A is there twice.');
    expect(() => poolRows([part, other])).toThrow('The features of B are not those of A.');
    expect(() => poolRows([])).toThrow('`parts`');
    expect(() => poolRows([{ ...part, openTimeMs: [5, 6, 7] }])).toThrow('Row 0 of A is bar 0');
    expect(() => poolRows([{ ...part, openTimeMs: [0, 2, 1] }])).toThrow(/Row 1 of A|in the order of time/);
    expect(() => poolRows([{ ...part, barrier: [1] }])).toThrow('one `barrier` per bar of A. Got 1 for 3 bars');
  });

  it('has the rows of one market as they are', () => {
    const [part] = sampleParts([{ symbol: 'A', seed: 1 }]);
    const pooled = poolRows([part]);
    expect(pooled.features).toEqual(part.rows.features);
    expect(pooled.rows).toEqual(part.rows.rows);
    expect(pooled.spanEnd).toEqual(part.rows.spanEnd);
    expect(pooled.labels).toEqual(part.rows.labels);
  });
});

const markets = fc.record({
  T: fc.integer({ min: 1, max: 4 }),
  times: fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 8, maxLength: 40 }), { minLength: 1, maxLength: 4 }),
  embargoBars: fc.integer({ min: 0, max: 3 }),
});

describe('pooled splits', () => {
  it('let no training label of any market reach into the test, whatever bars the markets have', () => {
    fc.assert(
      fc.property(markets, ({ T, times, embargoBars }) => {
        const parts = times.map((some, i) => partOf(`M${i}`, some.slice().sort((a, b) => a - b), T));
        const pooled = poolRows(parts);
        const folds = pooledFolds(pooled, T, { initTrainBars: 3, refitEveryBars: 2 });
        // the oracle goes by times: when each row's label ends on its own market
        const endOf = (row: number): number => {
          const { openTimeMs } = parts[pooled.symbolIndex[row]];
          const bar = Array.from(openTimeMs).indexOf(pooled.openTimeMs[row]);
          return openTimeMs[bar + T];
        };
        for (const fold of folds) {
          let split;
          try {
            split = foldPositions(fold, pooled, { embargoBars });
          } catch {
            continue; // nothing left to train on
          }
          const firstTestMs = Math.min(...Array.from(split.test, (row) => pooled.openTimeMs[row]));
          for (const row of split.training) expect(endOf(row)).toBeLessThan(firstTestMs);
          expect(findLeaks({ train: split.training, test: split.test }, pooled)).toEqual([]);
          // rows of one time stand on one side
          expect(pooled.openTimeMs[fold.trainEndIx]).toBeLessThan(pooled.openTimeMs[fold.testStartIx]);
        }
        const tested = folds.flatMap(({ testStartIx, testEndIx }) => Array.from({ length: testEndIx - testStartIx + 1 }, (_, i) => testStartIx + i));
        expect(tested).toEqual(Array.from({ length: tested.length }, (_, i) => pooled.rows.length - tested.length + i));
      }),
    );
  });

  it('keep purged k-fold clean although its blocks may part rows of one time', () => {
    fc.assert(
      fc.property(markets, fc.integer({ min: 2, max: 5 }), ({ T, times, embargoBars }, folds) => {
        const pooled = poolRows(times.map((some, i) => partOf(`M${i}`, some.slice().sort((a, b) => a - b), T)));
        fc.pre(pooled.rows.length >= folds);
        let splits;
        try {
          splits = purgedKFold(pooled, { folds, embargoBars });
        } catch {
          return; // a fold without training rows
        }
        for (const split of splits) expect(findLeaks(split, pooled)).toEqual([]);
      }),
    );
  });
});
