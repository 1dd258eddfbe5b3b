import { describe, expect, it } from 'vitest';
import { defaultEvaluationPlan } from './default-evaluation-plan.js';
import { walkForwardFolds } from './walk-forward-folds.js';

const ends = (folds: ReturnType<typeof walkForwardFolds>): number[][] => folds.map((fold) => [fold.trainStartIx, fold.trainEndIx, fold.testStartIx, fold.testEndIx]);

describe('walkForwardFolds', () => {
  it('expands, with a last part block left out', () => {
    expect(ends(walkForwardFolds(11, { initTrain: 6, oosWindow: 2 }))).toEqual([[0, 5, 6, 7], [0, 7, 8, 9]]);
  });

  it('slides', () => {
    expect(ends(walkForwardFolds(10, { initTrain: 6, oosWindow: 2, step: 1, window: 'sliding', trainWindow: 3 }))).toEqual([[3, 5, 6, 7], [4, 6, 7, 8], [5, 7, 8, 9]]);
    expect(ends(walkForwardFolds(8, { initTrain: 2, oosWindow: 2, window: 'sliding', trainWindow: 3 }))[0]).toEqual([0, 1, 2, 3]);
  });

  it('refits every k rows and predicts every row from the first on once, the last short block too', () => {
    expect(ends(walkForwardFolds(11, { initTrain: 6, refitEvery: 2 }))).toEqual([[0, 5, 6, 7], [0, 7, 8, 9], [0, 9, 10, 10]]);
    expect(ends(walkForwardFolds(10, { initTrain: 6, refitEvery: 3, window: 'sliding', trainWindow: 2 }))).toEqual([[4, 5, 6, 8], [7, 8, 9, 9]]);
    expect(ends(walkForwardFolds(8, { initTrain: 6, refitEvery: 5 }))).toEqual([[0, 5, 6, 7]]);
    expect(ends(walkForwardFolds(8, { initTrain: 6, refitEvery: 1 }))).toEqual([[0, 5, 6, 6], [0, 6, 7, 7]]);
    expect(walkForwardFolds(6, { initTrain: 6, refitEvery: 1 })).toEqual([]);
  });

  it('refuses refitEvery together with test blocks', () => {
    for (const more of [{ oosWindow: 2 }, { step: 2 }]) {
      expect(() => walkForwardFolds(9, { initTrain: 6, refitEvery: 2, ...more } as never)).toThrow('The `refitEvery` option of walkForwardFolds must stand without `oosWindow` and `step`. Got both.');
    }
    expect(() => walkForwardFolds(9, { initTrain: 6, refitEvery: 0 })).toThrow('`refitEvery` option of walkForwardFolds must be an integer of at least 1. Got 0.');
    expect(() => walkForwardFolds(9, { initTrain: 6 } as never)).toThrow('`oosWindow` option of walkForwardFolds must be an integer of at least 1. Got undefined.');
  });

  it('is empty when there are too few rows, and says which option is wrong', () => {
    expect(walkForwardFolds(7, { initTrain: 6, oosWindow: 2 })).toEqual([]);
    expect(() => walkForwardFolds(7, { initTrain: 0, oosWindow: 2 })).toThrow('The `initTrain` option of walkForwardFolds must be an integer of at least 1. Got 0.');
    expect(() => walkForwardFolds(7, { initTrain: 3, oosWindow: 2, step: 0 })).toThrow(/`step`/);
  });
});

describe('defaultEvaluationPlan', () => {
  it('tests the newer half in eight blocks that do not overlap', () => {
    const folds = defaultEvaluationPlan(2841, 21);
    expect(folds.length).toBe(8);
    expect(folds[0].testStartIx).toBe(2841 - 8 * 177);
    expect(folds[7].testEndIx).toBe(2840);
    folds.slice(1).forEach((fold, i) => expect(fold.testStartIx).toBe(folds[i].testEndIx + 1));
    expect(folds.every((fold) => fold.trainStartIx === 0)).toBe(true);
  });

  it('has fewer blocks on short data, and says when it is too short', () => {
    expect(defaultEvaluationPlan(200, 21).length).toBe(4);
    for (const T of [1, 7, 21, 60]) {
      let least = 1;
      for (; ; least += 1) {
        try {
          defaultEvaluationPlan(least, T);
          break;
        } catch {
          // too few
        }
      }
      expect(() => defaultEvaluationPlan(least - 1, T)).toThrow(`at least ${least} are needed`);
      expect(defaultEvaluationPlan(least, T)[0].trainEndIx + 1 - T).toBeGreaterThanOrEqual(50);
    }
  });

  it('bounds each fit on a million rows', () => {
    const folds = defaultEvaluationPlan(1_000_000, 21);
    expect(folds.length).toBe(8);
    for (const fold of folds) expect(fold.trainEndIx - fold.trainStartIx + 1).toBe(100_000);
  });
});
