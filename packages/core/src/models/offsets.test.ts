// Models that are fitted with offsets, and what checkTrainingData refuses.
import { describe, expect, it } from 'vitest';
import { sampleProblem } from '../../../../tests/support/sample-problem.js';
import { exp } from '../numeric/exp.js';
import { log } from '../numeric/log.js';
import { createRandom } from '../numeric/random.js';
import { fitBoosting } from '../trees/boosting/boosting.js';
import { predictBoosting, predictScores } from '../trees/boosting/predict-boosting.js';
import { fitCalibrated } from './calibration/fit-calibrated.js';
import type { ModelKind, TrainingData } from './classifier.js';
import { fitClassifier, restoreClassifier } from './classifiers.js';
import { selectOffsets } from './offsets.js';
import { continueGbdt, refitGbdt } from './update-gbdt.js';

const ROWS = 240;
const { matrix, classIndexes } = sampleProblem(4, ROWS, 3, { missing: 0.05 });
const random = createRandom(9);
const offsets = Float64Array.from({ length: 3 * ROWS }, () => random.normal());
const plain: TrainingData = { features: matrix, labels: Int8Array.from(classIndexes, (index) => index - 1) };
const data: TrainingData = { ...plain, offsets };
const KINDS: ModelKind[] = ['logistic', 'prior', 'gbdt'];
const PARAMS: Partial<Record<ModelKind, object>> = { gbdt: { numIterations: 10, minDataInLeaf: 10 } };
const fit = (kind: ModelKind, own: TrainingData = data, more: object = {}) => fitClassifier(kind, own, { seed: 0, ...(PARAMS[kind] && { params: { ...PARAMS[kind], ...more } }) });
const worst = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

describe.each(KINDS)('%s with offsets', (kind) => {
  it('changes no probability when all rows have the same, be it a different one per class', () => {
    const same = Float64Array.from({ length: 3 * ROWS }, (_, i) => [0.3, -1, 2][i % 3]);
    const shifted = fit(kind, { ...plain, offsets: same });
    expect(worst(shifted.predictProba(matrix, same), fit(kind, plain).predictProba(matrix))).toBeLessThan(1e-9);
    const perRow = Float64Array.from(offsets, (_, i) => Math.floor(i / 3) % 7);
    expect(worst(fit(kind, { ...plain, offsets: perRow }).predictProba(matrix, perRow), fit(kind, plain).predictProba(matrix))).toBeLessThan(1e-9);
  });

  it('reads the offsets of the rows that it predicts, and none when none are given', () => {
    const model = fit(kind);
    expect(model.predictProba(matrix)).toEqual(model.predictProba(matrix, new Float64Array(3 * ROWS)));
    const moved = model.predictProba(matrix, offsets);
    const still = model.predictProba(matrix);
    for (let i = 0; i < moved.length; i += 3) expect(log(moved[i] / moved[i + 2]) - log(still[i] / still[i + 2])).toBeCloseTo(offsets[i] - offsets[i + 2], 8);
    expect(worst(fit(kind, plain).predictProba(matrix, offsets), fit(kind, plain).predictProba(matrix))).toBe(0);
    expect(() => model.predictProba(matrix, offsets.subarray(3))).toThrow(expect.objectContaining({ code: 'BAD_DATA', message: expect.stringContaining('three offsets per row. Got 717 for 240 rows') }));
  });

  it('comes back from JSON, and a model without offsets is stored as before', () => {
    const again = restoreClassifier(JSON.parse(JSON.stringify(fit(kind).serialize())));
    expect(again.predictProba(matrix, offsets)).toEqual(fit(kind).predictProba(matrix, offsets));
    expect(JSON.stringify(again.serialize())).toBe(JSON.stringify(fit(kind).serialize()));
    expect('hasOffsets' in fit(kind, plain).serialize()).toBe(false);
    expect(() => restoreClassifier({ ...fit(kind).serialize(), hasOffsets: 1 })).toThrow(expect.objectContaining({ code: 'CORRUPT' }));
  });

  it('is calibrated with them: folds are fitted and predicted with their own', () => {
    const bars = Int32Array.from({ length: ROWS }, (_, row) => row);
    const calibrated = (own: TrainingData) => fitCalibrated(kind, { ...own, rows: bars, spanEnd: bars }, { seed: 0, calibration: 'temperature', ...(PARAMS[kind] && { params: PARAMS[kind] }) });
    const model = calibrated(data);
    expect(worst(model.predictProba(matrix, offsets), model.predictProba(matrix))).toBeGreaterThan(0.02);
    const same = Float64Array.from({ length: 3 * ROWS }, (_, i) => [0.3, -1, 2][i % 3]);
    expect(worst(calibrated({ ...plain, offsets: same }).predictProba(matrix, same), calibrated(plain).predictProba(matrix))).toBeLessThan(1e-7);
  });

  it('stands classes without rows', () => {
    for (const keep of [[0], [-1, 1]]) {
      const rows = Array.from(plain.labels.keys()).filter((row) => keep.includes(plain.labels[row]));
      const features = { ...matrix, columns: matrix.columns.map((column) => Float64Array.from(rows, (row) => column[row])), length: rows.length };
      const own = selectOffsets(offsets, rows) as Float64Array;
      const probabilities = fit(kind, { features, labels: Int8Array.from(rows, (row) => plain.labels[row]), offsets: own }).predictProba(features, own);
      for (let i = 0; i < probabilities.length; i += 3) expect(keep.reduce((sum, label) => sum + probabilities[i + label + 1], 0)).toBeCloseTo(1, 9);
    }
  });
});

it('logistic: the minimum of the penalized loss, found by search', () => {
  // one feature without spread beyond ±1 and mean 0, so that it is its own standard scale; two classes: one slope and one intercept
  const x = Float64Array.of(-1, 1, -1, 1, -1, 1);
  const labels = Int8Array.of(-1, 1, -1, -1, 1, 1);
  const own = Float64Array.of(0.5, 9, 0, -0.2, 9, 0, 1, 9, 0.3, 0, 9, 2, 0.1, 9, 0.1, -1, 9, 0);
  const loss = (slope: number, intercept: number): number =>
    // coefficients ±slope / 2 of the two classes: a penalty of slope² / 4 with C = 1
    x.reduce((sum, value, row) => sum + Math.log1p(Math.exp(-labels[row] * (slope * value + intercept + own[3 * row + 2] - own[3 * row]))), (slope * slope) / 4);
  let [slope, intercept] = [0, 0];
  for (let step = 1; step > 1e-12; ) {
    const around = [[step, 0], [-step, 0], [0, step], [0, -step]].map(([a, b]) => [slope + a, intercept + b]);
    const best = around.reduce((least, point) => (loss(point[0], point[1]) < loss(least[0], least[1]) ? point : least));
    if (loss(best[0], best[1]) < loss(slope, intercept)) [slope, intercept] = best;
    else step /= 2;
  }
  const features = { names: ['x'], columns: [x], length: 6 };
  const probabilities = fitClassifier('logistic', { features, labels, offsets: own }, { seed: 0 }).predictProba(features, own);
  x.forEach((value, row) => {
    expect(probabilities[3 * row + 2]).toBeCloseTo(1 / (1 + exp(-(slope * value + intercept + own[3 * row + 2] - own[3 * row]))), 7);
    expect(probabilities[3 * row + 1]).toBe(0);
  });
});

it('logistic: offsets that are multiples of a feature without penalty are taken back by its coefficient', () => {
  const tilted = Float64Array.from({ length: 3 * ROWS }, (_, i) => [0.7, 0, -0.4][i % 3] * (matrix.columns[0][Math.floor(i / 3)] || 0));
  const features = { ...matrix, columns: matrix.columns.map((column) => column.map((value) => value || 0)) };
  const params = { C: 1e10 };
  const withOffsets = fitClassifier('logistic', { ...plain, features, offsets: tilted }, { seed: 0, params }).predictProba(features, tilted);
  expect(worst(withOffsets, fitClassifier('logistic', { ...plain, features }, { seed: 0, params }).predictProba(features))).toBeLessThan(1e-9);
});

it('prior: the mean probabilities of the training rows are their weighted class shares', () => {
  const sampleWeights = Float64Array.from({ length: ROWS }, (_, row) => row % 4);
  const probabilities = fit('prior', { ...data, sampleWeights }).predictProba(matrix, offsets);
  const total = sampleWeights.reduce((sum, weight) => sum + weight, 0);
  for (const k of [0, 1, 2]) {
    const mean = sampleWeights.reduce((sum, weight, row) => sum + (weight * probabilities[3 * row + k]) / total, 0);
    const share = sampleWeights.reduce((sum, weight, row) => sum + (plain.labels[row] === k - 1 ? weight / total : 0), 0);
    expect(mean).toBeCloseTo(share, 10);
  }
});

describe('gbdt', () => {
  const params = { numIterations: 6, minDataInLeaf: 10, boostFromAverage: false };

  it('goes on from offsets as from a model with those scores, with the same bits on both paths', () => {
    const first = fitBoosting(matrix, classIndexes, { classes: 3, params: { ...params, numIterations: 4 } });
    const scores = predictScores(first, matrix.columns, ROWS);
    const more = fitBoosting(matrix, classIndexes, { classes: 3, params, initialModel: first });
    for (const backend of ['js', 'wasm'] as const) {
      const onTop = fitBoosting(matrix, classIndexes, { classes: 3, params, offsets: scores, backend });
      expect(onTop.trees.values).toEqual(more.trees.values.slice(-onTop.trees.values.length));
      expect(onTop.trees.thresholds).toEqual(more.trees.thresholds.slice(-onTop.trees.thresholds.length));
      expect(worst(predictBoosting(onTop, matrix.columns, ROWS, scores), predictBoosting(more, matrix.columns, ROWS))).toBeLessThan(1e-14);
    }
    const model = fitClassifier('gbdt', { ...plain, offsets: scores }, { seed: 0, params });
    expect(worst(model.predictProba(matrix, scores), predictBoosting(more, matrix.columns, ROWS))).toBeLessThan(1e-14);
  });

  it('validates early stopping with the offsets of the validation rows, and leaves out those of rows without weight', () => {
    const own = { ...params, numIterations: 60, learningRate: 0.3, earlyStoppingRound: 3, validationFraction: 0.25 };
    const stopped = fitClassifier('gbdt', data, { seed: 0, params: own }).serialize();
    const head = { ...matrix, columns: matrix.columns.map((column) => column.slice(0, 180)), length: 180 };
    const tail = { ...matrix, columns: matrix.columns.map((column) => column.slice(180)), length: 60 };
    const validation = { matrix: tail, targets: classIndexes.slice(180), offsets: offsets.slice(540) };
    const trees = fitBoosting(head, classIndexes.slice(0, 180), { classes: 3, params: { ...params, numIterations: 60, learningRate: 0.3, earlyStoppingRound: 3 }, offsets: offsets.slice(0, 540), validation });
    expect((stopped.trees as unknown[]).length).toBe(trees.trees.roots.length);
    const sampleWeights = Float64Array.from({ length: ROWS }, (_, row) => Number(row < 180));
    const weighted = fitClassifier('gbdt', { ...data, sampleWeights }, { seed: 0, params });
    const fewer = fitClassifier('gbdt', { features: head, labels: plain.labels.slice(0, 180), offsets: offsets.slice(0, 540) }, { seed: 0, params });
    expect(weighted.serialize()).toEqual(fewer.serialize());
  });

  it('is updated with offsets or without, as it was fitted', () => {
    const model = fit('gbdt', data, { numIterations: 6 });
    expect(continueGbdt(model, data, { seed: 0, params: { numIterations: 4, minDataInLeaf: 10 } }).serialize()).toEqual(fit('gbdt').serialize());
    expect(refitGbdt(model, data, { decay: 1 }).serialize()).toEqual(model.serialize());
    expect(refitGbdt(model, data, { decay: 0.5 }).serialize()).not.toEqual(refitGbdt(model, { ...data, offsets: new Float64Array(3 * ROWS) }, { decay: 0.5 }).serialize());
    expect(() => continueGbdt(model, plain, { seed: 0 })).toThrow(/fitted with offsets, the data come without/);
  });
});

describe('offsets', () => {
  it.each([[offsets.subarray(1), /three offsets per row/], [offsets.map((value, i) => (i === 7 ? Number.NaN : value)), /Got NaN in row 2/], [offsets.map((value, i) => (i === 7 ? -Infinity : value)), /Got -Infinity in row 2/]])('are refused when they cannot be used', (bad, message) => {
    for (const kind of KINDS) expect(() => fit(kind, { ...plain, offsets: bad })).toThrow(message);
  });

  it('are refused by kinds that take none', () => {
    expect(() => fit('random-forest')).toThrow(expect.objectContaining({ code: 'BAD_DATA', message: expect.stringContaining('cannot be fitted with offsets') }));
  });
});
