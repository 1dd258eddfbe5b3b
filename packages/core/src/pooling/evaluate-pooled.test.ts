import { describe, expect, it } from 'vitest';
import { possibleShares } from '../validation/baselines/baselines.js';
import { forecastOf } from '../validation/evidence/forecast-record.js';
import { logLoss } from '../validation/metrics/probability-scores.js';
import { foldPositions } from '../validation/walk-forward/fold-data.js';
import { parseCandidate } from '../labels/candidate.js';
import { evaluatePooled } from './evaluate-pooled.js';
import type { PooledModel } from './pooled-evaluation.js';
import type { PooledRows } from './pooled-rows.js';
import { pooledFolds } from './pooled-folds.js';
import { marketOfPool } from './select-pooled.js';
import { DAY_MS, samplePool } from './testing/sample-pool.js';

const LOGISTIC: PooledModel = { modelKind: 'logistic', seed: 1 };
const evaluate = (rows: PooledRows, more: Partial<Parameters<typeof evaluatePooled>[0]> = {}) =>
  evaluatePooled({ candidate: parseCandidate('T5_X6'), intervalMs: DAY_MS, rows, folds: pooledFolds(rows, 5, { refitEveryBars: 60 }), model: LOGISTIC, ...more });

describe('evaluatePooled', () => {
  const pooled = samplePool([{ symbol: 'A', seed: 1 }, { symbol: 'B', seed: 2, lacks: (bar) => bar > 100 && bar < 130 }, { symbol: 'C', seed: 3, lacks: (bar) => bar < 330 }]);

  it('records every test row once, with the model and all baselines', async () => {
    const record = await evaluate(pooled);
    const first = pooledFolds(pooled, 5, { refitEveryBars: 60 })[0].testStartIx;
    expect(record.openTimeMs).toEqual(pooled.openTimeMs.slice(first));
    expect(record.symbolIndex).toEqual(pooled.symbolIndex.slice(first));
    expect(record.labels).toEqual(pooled.labels.slice(first));
    expect(record.forecasts.map(({ name, role }) => `${name} ${role}`)).toEqual(['model model', 'class-shares baseline', 'recent-shares baseline', 'volatility baseline', 'volatility-recipe baseline']);
    for (const { probabilities } of record.forecasts) {
      for (let row = 0; row < record.labels.length; row += 1) {
        const [a, b, c] = probabilities.subarray(3 * row, 3 * row + 3);
        expect(Math.min(a, b, c)).toBeGreaterThan(0);
        expect(a + b + c).toBeCloseTo(1, 9);
      }
    }
  });

  it('gives each market its own class shares, and those of all to one without training rows', async () => {
    const folds = pooledFolds(pooled, 5, { refitEveryBars: 60 });
    const record = await evaluate(pooled);
    const shares = forecastOf(record, 'class-shares')?.probabilities ?? new Float64Array(0);
    const { training } = foldPositions(folds[0], pooled, {});
    const own = training.filter((row) => pooled.symbolIndex[row] === 1);
    const at = (market: number): number => record.symbolIndex.findIndex((index, row) => index === market && record.fold[row] === folds.find(({ fold }) => fold === record.fold[row])?.fold);
    expect(shares.slice(3 * at(1), 3 * at(1) + 3)).toEqual(possibleShares(pooled.labels, own));
    const lateFold = record.fold[at(2)];
    const lateTraining = foldPositions(folds[lateFold], pooled, {}).training;
    expect(lateTraining.every((row) => pooled.symbolIndex[row] !== 2)).toBe(true);
    expect(shares.slice(3 * at(2), 3 * at(2) + 3)).toEqual(possibleShares(pooled.labels, lateTraining));
  });

  it('does not know what comes: later rows change no forecast before them', async () => {
    const folds = pooledFolds(pooled, 5, { refitEveryBars: 60 });
    const cut = folds[2].testStartIx;
    const changed: PooledRows = { ...pooled, labels: pooled.labels.map((label, row) => (pooled.spanEnd[row] >= pooled.rows[cut] ? (((label + 2) % 3) - 1) : label)) };
    const [before, after] = [await evaluate(pooled), await evaluate(changed)];
    const known = folds[2].testEndIx - folds[0].testStartIx + 1;
    for (const [i, { probabilities }] of before.forecasts.entries()) expect(after.forecasts[i].probabilities.subarray(0, 3 * known)).toEqual(probabilities.subarray(0, 3 * known));
    expect(after.forecasts[0].probabilities).not.toEqual(before.forecasts[0].probabilities);
  });

  it('finds the volatility that tells of touches, and none in noise', async () => {
    const loss = async (hasRegimes: boolean): Promise<number[]> => {
      const rows = samplePool([1, 2, 3, 4].map((seed) => ({ symbol: `M${seed}`, seed, signal: 0, hasRegimes, bars: 1200 })), 'T5_X4');
      const record = await evaluate(rows, { candidate: parseCandidate('T5_X4') });
      return record.forecasts.map(({ probabilities }) => logLoss(record.labels, probabilities));
    };
    const [, shares, , volatility, recipe] = await loss(true);
    expect(volatility).toBeLessThan(shares * 0.97);
    expect(recipe).toBeLessThan(shares * 0.98);
    const [, noiseShares, , noiseVolatility, noiseRecipe] = await loss(false);
    expect(noiseVolatility).toBeGreaterThan(noiseShares * 0.99);
    expect(noiseRecipe).toBeGreaterThan(noiseShares * 0.99);
  });

  it('works without volatility features, without touches, and stops when asked', async () => {
    const { volatilityFeatures: _, ...plain } = pooled;
    expect((await evaluate(plain)).forecasts.map(({ name }) => name)).toEqual(['model', 'class-shares', 'recent-shares']);
    const quiet = await evaluate({ ...pooled, labels: new Int8Array(pooled.labels.length) });
    for (const { probabilities } of quiet.forecasts) expect(Math.min(...probabilities)).toBeGreaterThan(0);
    await expect(evaluate(pooled, { signal: { aborted: true } })).rejects.toMatchObject({ code: 'INTERRUPTED', message: 'The evaluation was stopped after 0 of 4 folds.' });
  });

  it('refuses tests that overlap', async () => {
    const [first, second] = pooledFolds(pooled, 5, { refitEveryBars: 60 });
    await expect(evaluate(pooled, { folds: [first, { ...second, testStartIx: first.testEndIx }] })).rejects.toThrow('no row in common');
  });
});

describe('marketOfPool', () => {
  const pooled = samplePool([{ symbol: 'A', seed: 1 }, { symbol: 'B', seed: 2, lacks: (bar) => bar < 330 }]);
  const folds = pooledFolds(pooled, 5, { refitEveryBars: 60 });

  it('cuts the folds at the same times and leaves out those with too little to train on', () => {
    const a = marketOfPool(pooled, folds, 0, { leastTrainingRows: 50 });
    expect(a.rows.symbols).toEqual(['A']);
    expect(a.folds.map(({ testStartIx }) => a.rows.openTimeMs[testStartIx])).toEqual(folds.map(({ testStartIx }) => pooled.openTimeMs[testStartIx]));
    expect(new Set(a.rows.rows).size).toBe(a.rows.rows.length);
    const b = marketOfPool(pooled, folds, 1, { leastTrainingRows: 50 });
    expect(b.folds.map(({ fold }) => fold)).toEqual([3]);
    expect(marketOfPool(pooled, folds, 1, { leastTrainingRows: 500 }).folds).toEqual([]);
  });
});
