import { expect, it } from 'vitest';
import { balancedAccuracy, classificationScores, classScores, mostProbableLabels } from './classification-scores.js';
import { brierScore, classBrierScores, logLoss, rowBrierScores, rowLogLosses } from './probability-scores.js';

it('scores labels by hand', () => {
  const scores = classificationScores([-1, -1, 0, 1], [-1, 0, 0, 0]);
  expect(scores.confusion).toEqual([[1, 1, 0], [0, 1, 0], [0, 1, 0]]);
  expect(scores.accuracy).toBe(0.5);
  expect(scores.precision).toBeCloseTo((1 + 1 / 3 + 0) / 3, 15);
  expect(scores.recall).toBeCloseTo((0.5 + 1 + 0) / 3, 15);
  expect(scores.f1).toBeCloseTo((2 / 3 + 0.5 + 0) / 3, 15);
});

it('scores each class, and leaves absent classes out of the balanced accuracy', () => {
  const confusion = [[1, 3, 0], [0, 0, 0], [0, 1, 5]];
  expect(classScores(confusion)).toEqual([
    { precision: 1, recall: 0.25, f1: 0.4, rows: 4 },
    { precision: 0, recall: 0, f1: 0, rows: 0 },
    { precision: 1, recall: 5 / 6, f1: 10 / 11, rows: 6 },
  ]);
  expect(balancedAccuracy(confusion)).toBeCloseTo((0.25 + 5 / 6) / 2, 15);
  const labels = [-1, -1, -1, -1, 1, 1, 1, 1, 1, 1];
  expect(classificationScores(labels, [-1, 0, 0, 0, 0, 1, 1, 1, 1, 1]).balancedAccuracy).toBeCloseTo((0.25 + 5 / 6) / 3, 15);
});

it('the first of equally probable classes is predicted', () => {
  expect(Array.from(mostProbableLabels(Float64Array.of(0.2, 0.4, 0.4, 1 / 3, 1 / 3, 1 / 3, 0, 0, 1)))).toEqual([0, -1, 1]);
});

it('scores probabilities by hand; certain and wrong is finite', () => {
  const probabilities = Float64Array.of(0.5, 0.25, 0.25, 0, 0, 1);
  expect(Array.from(rowLogLosses([-1, 1], probabilities))).toEqual([Math.LN2, expect.closeTo(0, 14)]);
  expect(brierScore([-1, 1], probabilities)).toBeCloseTo((0.25 + 0.0625 * 2) / 2, 15);
  expect(Array.from(rowBrierScores([-1, 1], probabilities))).toEqual([0.375, 0]);
  expect(classBrierScores([-1, 1], probabilities)).toEqual([0.125, 0.03125, 0.03125]);
  expect(logLoss([-1], Float64Array.of(0, 0, 1))).toBeCloseTo(36.04, 2);
});

it('refuses what cannot be scored', () => {
  const bad = expect.objectContaining({ code: 'BAD_DATA' });
  expect(() => classificationScores([], [])).toThrow(bad);
  expect(() => classificationScores([1], [1, 0])).toThrow(bad);
  expect(() => classificationScores([2], [0])).toThrow(bad);
  expect(() => logLoss([1], Float64Array.of(0.5, 0.5))).toThrow(bad);
  expect(() => logLoss([1], Float64Array.of(NaN, 0.5, 0.5))).toThrow(bad);
  expect(() => rowBrierScores([1, 0], Float64Array.of(0, 0, 1))).toThrow(bad);
  expect(() => classBrierScores([1], Float64Array.of(0, 0, NaN))).toThrow(bad);
  expect(() => brierScore([1], Float64Array.of(1.5, 0, -0.5))).toThrow(bad);
});
