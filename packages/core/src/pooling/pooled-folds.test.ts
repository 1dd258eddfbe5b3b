import { describe, expect, it } from 'vitest';
import { defaultEvaluationPlan } from '../validation/splits/default-evaluation-plan.js';
import { walkForwardFolds } from '../validation/splits/walk-forward-folds.js';
import { pooledFolds } from './pooled-folds.js';
import { DAY_MS, samplePool } from './testing/sample-pool.js';

const blocks = (folds: ReturnType<typeof pooledFolds>): number[][] => folds.map(({ trainStartIx, trainEndIx, testStartIx, testEndIx }) => [trainStartIx, trainEndIx, testStartIx, testEndIx]);
// two markets at times 10, 20, …, 60; the second lacks 10 and 40
const rows = Int32Array.of(0, 1, 1, 2, 2, 3, 4, 4, 5, 5);
const openTimeMs = Float64Array.from(rows, (position) => 10 * (position + 1));

describe('pooledFolds', () => {
  it('cuts at times, and takes all markets of a time together', () => {
    expect(blocks(pooledFolds({ rows, openTimeMs }, 1, { initTrainBars: 2, refitEveryBars: 2 }))).toEqual([[0, 2, 3, 5], [0, 5, 6, 9]]);
    expect(blocks(pooledFolds({ rows, openTimeMs }, 1, { firstTestMs: 35, refitEveryBars: 1 }))).toEqual([[0, 4, 5, 5], [0, 5, 6, 7], [0, 7, 8, 9]]);
    expect(blocks(pooledFolds({ rows, openTimeMs }, 1, { firstTestMs: 40, refitEveryBars: 3, window: 2 }))).toEqual([[1, 4, 5, 9]]);
  });

  it('is for one market what the plans of one market are', () => {
    const alone = samplePool([{ symbol: 'A', seed: 1 }]);
    const count = alone.rows.length;
    expect(pooledFolds(alone, 5)).toEqual(defaultEvaluationPlan(count, 5));
    expect(pooledFolds(alone, 5, { initTrainBars: 100, refitEveryBars: 63 })).toEqual(walkForwardFolds(count, { initTrain: 100, refitEvery: 63 }));
    expect(pooledFolds(alone, 5, { initTrainBars: 100, refitEveryBars: 63, window: 80 })).toEqual(walkForwardFolds(count, { initTrain: 100, refitEvery: 63, window: 'sliding', trainWindow: 80 }));
  });

  it('has eight blocks over the newer half unless told', () => {
    const pooled = samplePool([{ symbol: 'A', seed: 1 }, { symbol: 'B', seed: 2, lacks: (bar) => bar < 200 }]);
    const folds = pooledFolds(pooled, 5);
    expect(folds).toHaveLength(8);
    expect(pooledFolds(pooled, 5, { firstTestMs: Date.UTC(2018, 0, 1) + 300 * DAY_MS })).toHaveLength(8);
    expect(folds[7].testEndIx).toBe(pooled.rows.length - 1);
  });

  it('says when there is nothing to train on or to test', () => {
    expect(() => pooledFolds({ rows, openTimeMs }, 1, { firstTestMs: 10 })).toThrow('No labelled row lies before the first test, 1970-01-01.');
    expect(() => pooledFolds({ rows, openTimeMs }, 1, { firstTestMs: 61 })).toThrow('No labelled row lies at or after the first test');
    expect(() => pooledFolds({ rows, openTimeMs }, 1, { initTrainBars: 6, refitEveryBars: 1 })).toThrow('make no fold');
    expect(() => pooledFolds({ rows, openTimeMs }, 1, { initTrainBars: 1, firstTestMs: 20 })).toThrow('given without firstTestMs');
    expect(() => pooledFolds({ rows: Int32Array.of(1, 0), openTimeMs: Float64Array.of(1, 0) }, 1, { initTrainBars: 1 })).toThrow('Row 1 is before row 0');
    expect(() => pooledFolds({ rows, openTimeMs }, 1, { initTrainBars: 1, refitEveryBars: 0 })).toThrow('refitEvery');
  });
});
