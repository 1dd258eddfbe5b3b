// Logistic regression against scikit-learn 1.2.1 (StandardScaler + LogisticRegression, C = 1) on the fixed split of BTCUSDT.
// scikit-learn's L-BFGS stopped there before its gradient was small (0.014); ours goes on to the minimum. So: the same
// scaling, the same probabilities from the same coefficients, and an objective that is lower by no more than L-BFGS left.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fitClassifier, logLoss, restoreClassifier } from '@forecastlab/core';
import type { TrainingData } from '@forecastlab/core';
import { fixedSplit } from './support/fixed-split.js';
import { describeShared, readCsvRows, sharedPath } from './support/shared.js';

interface Anchor {
  readonly coef: number[][];
  readonly intercept: number[];
  readonly scaler_mean: number[];
  readonly scaler_scale: number[];
  readonly test: { readonly log_loss: number };
  readonly train: { readonly log_loss: number };
}

interface Fitted {
  readonly mean: number[];
  readonly scale: number[];
  readonly coefficients: number[][];
  readonly intercepts: number[];
  readonly isConverged: boolean;
}

describeShared('logistic regression, fixed split', () => {
  const load = () => {
    const anchors = JSON.parse(readFileSync(sharedPath('golden/quality_anchors.json'), 'utf8')) as { models: { logreg_scaled: Anchor } };
    const split = fixedSplit();
    const model = fitClassifier('logistic', split.train, { seed: 0 });
    const document = model.serialize();
    return { ...split, anchor: anchors.models.logreg_scaled, model, document, fitted: document as unknown as Fitted };
  };

  it('scales as StandardScaler', () => {
    const { fitted, anchor } = load();
    expect(largestDeviation(fitted.mean, anchor.scaler_mean, true)).toBeLessThan(1e-12);
    expect(largestDeviation(fitted.scale, anchor.scaler_scale, true)).toBeLessThan(1e-12);
  });

  it('gives the probabilities of scikit-learn from the coefficients of scikit-learn', () => {
    const { document, anchor, test } = load();
    const theirs = restoreClassifier({ ...document, coefficients: anchor.coef, intercepts: anchor.intercept });
    const probabilities = theirs.predictProba(test.features);
    expect(probabilities.length).toBe(3 * 570);
    expect(largestDeviation(probabilities, referenceProbabilities('logreg_scaled'))).toBeLessThan(1e-14);
    expect(Math.abs(logLoss(test.labels, probabilities) - anchor.test.log_loss)).toBeLessThan(1e-12);
  });

  it('finds the minimum, from which scikit-learn stopped not far away', () => {
    const { document, fitted, model, anchor, train, test } = load();
    expect(fitted.isConverged).toBe(true);
    expect(steepestGradient(fitted, train)).toBeLessThan(1e-6);
    const theirs = restoreClassifier({ ...document, coefficients: anchor.coef, intercepts: anchor.intercept });
    const surplus = objective(theirs.serialize() as unknown as Fitted, train) - objective(fitted, train);
    expect(surplus).toBeGreaterThan(0);
    expect(surplus).toBeLessThan(2e-4); // of 2314
    expect(largestDeviation(fitted.coefficients.flat(), anchor.coef.flat())).toBeLessThan(0.007);
    expect(largestDeviation(model.predictProba(test.features), referenceProbabilities('logreg_scaled'))).toBeLessThan(0.0015);
    expect(Math.abs(logLoss(train.labels, model.predictProba(train.features)) - anchor.train.log_loss)).toBeLessThan(5e-7);
  });

  it('the class prior has its shares', () => {
    const { train, test } = fixedSplit();
    const prior = fitClassifier('prior', train, { seed: 0 });
    expect(largestDeviation(prior.predictProba(test.features), referenceProbabilities('prior'))).toBeLessThan(1e-15);
  });
});

function referenceProbabilities(model: string): number[] {
  return readCsvRows(sharedPath('golden/quality_anchor_probas.csv.gz')).flatMap((row) => ['-1', '0', '1'].map((name) => Number(row[`${model}_p${name}`])));
}

/** The objective of scikit-learn: summed log loss and half the squared coefficients. */
function objective(fitted: Fitted, data: TrainingData): number {
  const losses = data.labels.length * logLoss(data.labels, restoreClassifier(fitted).predictProba(data.features));
  return losses + fitted.coefficients.flat().reduce((sum, coefficient) => sum + coefficient * coefficient, 0) / 2;
}

function steepestGradient(fitted: Fitted, data: TrainingData): number {
  const probabilities = restoreClassifier(fitted).predictProba(data.features);
  let steepest = 0;
  for (let k = 0; k < 3; k += 1) {
    data.features.columns.forEach((column, feature) => {
      let slope = fitted.coefficients[k][feature];
      data.labels.forEach((label, row) => {
        const value = (column[row] - fitted.mean[feature]) / fitted.scale[feature];
        slope += (probabilities[3 * row + k] - (label + 1 === k ? 1 : 0)) * value;
      });
      steepest = Math.max(steepest, Math.abs(slope));
    });
  }
  return steepest;
}

function largestDeviation(ours: ArrayLike<number>, theirs: ArrayLike<number>, isRelative = false): number {
  expect(ours.length).toBe(theirs.length);
  return Array.from(ours, (value, i) => Math.abs(value - theirs[i]) / (isRelative ? Math.abs(theirs[i]) : 1)).reduce((a, b) => Math.max(a, b), 0);
}
