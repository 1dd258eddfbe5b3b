import { describe, expect, it } from 'vitest';
import { sampleProblem } from '../../../../tests/support/sample-problem.js';
import type { TrainingData } from './classifier.js';
import { fitClassifier } from './classifiers.js';
import { continueGbdt, refitGbdt } from './update-gbdt.js';

const dataOf = (seed: number): TrainingData => {
  const { matrix, classIndexes } = sampleProblem(seed, 300, 4, { missing: 0.1 });
  return { features: matrix, labels: Int8Array.from(classIndexes, (index) => index - 1) };
};
const data = dataOf(1);
const fit = (numIterations: number) => fitClassifier('gbdt', data, { seed: 3, params: { numIterations } });

describe('continueGbdt', () => {
  it('adds rounds as if the fit had never stopped', () => {
    expect(continueGbdt(fit(6), data, { seed: 3, params: { numIterations: 4 } }).serialize()).toEqual(fit(10).serialize());
  });

  it('refuses other kinds and other features', () => {
    const prior = fitClassifier('prior', data, { seed: 3 });
    expect(() => continueGbdt(prior, data, { seed: 3 })).toThrow(/continueGbdt: The model must be an uncalibrated one of kind gbdt. Got prior/);
    const other = { ...data, features: { ...data.features, names: ['a', 'b', 'c', 'd'] } };
    expect(() => continueGbdt(fit(2), other, { seed: 3 })).toThrow(/must have the features of the model, in their order/);
  });
});

describe('refitGbdt', () => {
  it('moves the outputs, not the splits', () => {
    const model = fit(6);
    const later = dataOf(2);
    const refitted = refitGbdt(model, later, { decay: 0.5, classWeights: 'balanced' });
    expect(refitted.trees?.thresholds).toEqual(model.trees?.thresholds);
    expect(refitted.trees?.values).not.toEqual(model.trees?.values);
    expect(refitGbdt(model, later, { decay: 1 }).serialize()).toEqual(model.serialize());
  });
});

describe('monotoneConstraints of gbdt', () => {
  it('go by feature name', () => {
    const constrained = fitClassifier('gbdt', data, { seed: 3, params: { numIterations: 10, monotoneConstraints: { f0: 1 } } });
    expect(constrained.serialize()).not.toEqual(fit(10).serialize());
    expect(() => fitClassifier('gbdt', data, { seed: 3, params: { monotoneConstraints: { x: 1 } } })).toThrow(/monotoneConstraints.*feature names \(f0, f1, f2, f3\).*Got "x"/);
    expect(() => fitClassifier('gbdt', data, { seed: 3, params: { monotoneConstraints: { f0: 2 } } })).toThrow(/must be an object of feature names with -1, 0 or 1 each/);
  });
});
