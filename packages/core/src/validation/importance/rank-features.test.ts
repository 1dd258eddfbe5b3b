import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { walkForwardFolds } from '../splits/walk-forward-folds.js';
import { rankFeatures } from './rank-features.js';

const groups = ['weak', 'none', 'strong', 'doubtful'].map((name) => ({ name, features: [name] }));
const MEANS = [0.05, 0, 0.3, 0.024];

/** Rises of the loss around MEANS, two repeats each, over test rows of folds. */
function measured(folds: ReturnType<typeof walkForwardFolds>) {
  const random = createRandom(6);
  return folds.map(({ testStartIx, testEndIx }) => {
    const rows = testEndIx - testStartIx + 1;
    return { losses: new Float64Array(rows).fill(1), rises: MEANS.map((mean) => [0, 1].map(() => Float64Array.from({ length: rows }, () => mean + random.normal() / 5))) };
  });
}
const labels = Int8Array.from({ length: 1000 }, (_, row) => (row % 3) - 1);
const folds = walkForwardFolds(1000, { initTrain: 400, oosWindow: 100 });

describe('rankFeatures', () => {
  it('puts the most important first, and adjusts p-values for all of them (Holm)', () => {
    const { features, meanLoss } = rankFeatures(measured(folds), groups, { labels, folds, T: 2, seed: 1 });
    expect(meanLoss).toBe(1);
    expect(features.map(({ name }) => name)).toEqual(['strong', 'weak', 'doubtful', 'none']);
    const p = features.map(({ pValue }) => pValue as number).sort((a, b) => a - b);
    const adjusted = features.map(({ adjustedPValue }) => adjustedPValue as number).sort((a, b) => a - b);
    let highest = 0;
    p.forEach((value, rank) => {
      highest = Math.max(highest, Math.min(1, value * (4 - rank)));
      expect(adjusted[rank]).toBeCloseTo(highest, 12);
    });
    expect(features.map(({ isMeasurable }) => isMeasurable).slice(0, 2)).toEqual([true, true]);
    expect(features[3].isMeasurable).toBe(false);
    for (const { interval, importance } of features) {
      expect((interval as readonly number[])[0]).toBeLessThan(importance);
      expect((interval as readonly number[])[1]).toBeGreaterThan(importance);
    }
  });

  it('calls nothing measurable that only looks so by itself', () => {
    const { features } = rankFeatures(measured(folds), groups, { labels, folds, T: 2, seed: 1 });
    const doubtful = features.find(({ name }) => name === 'doubtful');
    expect(doubtful?.pValue as number).toBeLessThan(0.05);
    const crowd = [...groups, ...Array.from({ length: 60 }, (_, i) => ({ name: `n${i}`, features: [`n${i}`] }))];
    const random = createRandom(8);
    const more = measured(folds).map((fold) => ({ ...fold, rises: [...fold.rises, ...Array.from({ length: 60 }, () => [0, 1].map(() => fold.losses.map(() => random.normal() / 5)))] }));
    const inCrowd = rankFeatures(more, crowd, { labels, folds, T: 2, seed: 1 }).features;
    expect(inCrowd.find(({ name }) => name === 'doubtful')).toMatchObject({ pValue: doubtful?.pValue, isMeasurable: false });
    expect(inCrowd.filter(({ isMeasurable }) => isMeasurable).map(({ name }) => name)).toEqual(['strong', 'weak']);
  });

  it('gives no interval where all test rows have the same answer', () => {
    const { features } = rankFeatures(measured(folds), groups, { labels: new Int8Array(1000), folds, T: 2, seed: 1 });
    for (const feature of features) expect(feature).toMatchObject({ interval: null, pValue: null, adjustedPValue: null, isMeasurable: false });
  });

  it('takes a row that several folds test from the newest', () => {
    const overlapping = walkForwardFolds(1000, { initTrain: 400, oosWindow: 400, step: 200 });
    const given = overlapping.map((_, fold) => ({ losses: new Float64Array(400).fill(fold), rises: [[new Float64Array(400).fill(fold)]] }));
    const { features, meanLoss } = rankFeatures(given, groups.slice(0, 1), { labels, folds: overlapping, T: 2, seed: 1 });
    expect([meanLoss, features[0].importance, features[0].folds]).toEqual([2 / 3, 2 / 3, [0, 1]]);
  });
});
