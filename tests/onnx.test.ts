// Models written as ONNX give the same probabilities in onnxruntime, on rows with missing values, one at a time and many.
import { readFileSync } from 'node:fs';
import { CLASSES, type Classifier, createRandom, fitCalibrated, fitClassifier, fitForest, type ForecastLabError, importGbdt, predictForest, readLightgbmModel, readXgboostModel, type TrainingData, writeOnnx } from '@forecastlab/core';
import { describe, expect, it } from 'vitest';
import { describeOnnx, runOnnx } from './support/onnx-runtime.js';
import { predictBoosting } from '../packages/core/src/trees/boosting/predict-boosting.js';
import { largestDistance } from './support/imported-models.js';
import { fixturePath } from './support/shared.js';

const NAMES = ['price', 'ratio', 'count', 'change', 'empty'];

/** Rows of float32 numbers of different scales, with missing values; the last column is wholly missing. */
function makeData(rows: number, seed: number): TrainingData {
  const random = createRandom(seed);
  const make = [() => 10_000 + 2000 * random.normal(), () => random.next(), () => Math.floor(8 * random.next()), () => random.normal() * 1e-3, () => Number.NaN];
  const columns = make.map((next) => Float64Array.from({ length: rows }, () => (random.next() < 0.1 ? Number.NaN : Math.fround(next()))));
  const labels = Int8Array.from({ length: rows }, (_, row) => {
    const score = (Number.isNaN(columns[0][row]) ? 0 : (columns[0][row] - 10_000) / 2000) + (Number.isNaN(columns[1][row]) ? 1 : columns[1][row]) + random.normal();
    return score > 1.2 ? 1 : score < -0.2 ? -1 : 0;
  });
  return { features: { names: NAMES, columns, length: rows }, labels };
}

const training = makeData(600, 1);
const test = makeData(1200, 2).features;
const fit = (kind: 'gbdt' | 'random-forest' | 'extra-trees' | 'logistic' | 'prior', params: object, data: TrainingData = training): Classifier => fitClassifier(kind, data, { seed: 7, params });
const noUp: TrainingData = { ...training, labels: training.labels.map((label) => (label === 1 ? 0 : label)) };

const CLASSIFIERS: [string, Classifier][] = [
  ['gbdt', fit('gbdt', { numIterations: 60 })],
  ['gbdt of 300 rounds', fit('gbdt', { numIterations: 300, learningRate: 0.05 })],
  ['gbdt without a round', fit('gbdt', { numIterations: 5, minDataInLeaf: 10_000 })],
  ['gbdt that has never seen a class', fit('gbdt', { numIterations: 10 }, noUp)],
  ['random-forest', fit('random-forest', { nEstimators: 40 })],
  ['extra-trees', fit('extra-trees', { nEstimators: 20 })],
  ['random-forest of one leaf', fit('random-forest', { nEstimators: 1, minSamplesLeaf: 600, bootstrap: false })],
  ['logistic', fit('logistic', {})],
  ['logistic that has never seen a class', fit('logistic', {}, noUp)],
];

function sameLabels(labels: readonly number[], probabilities: ArrayLike<number>, classes: readonly number[]): boolean {
  return labels.every((label, row) => {
    const own = probabilities[row * classes.length + classes.indexOf(label)];
    return classes.every((_, k) => probabilities[row * classes.length + k] <= own + 1e-6);
  });
}

describeOnnx('classifiers in onnxruntime', () => {
  it.each(CLASSIFIERS)('%s', async (_, model) => {
    const bytes = writeOnnx(model);
    const expected = model.predictProba(test);
    const whole = await runOnnx(bytes, test.columns, 1200);
    expect(Object.keys(whole)).toEqual(['label', 'probabilities']);
    expect(largestDistance(whole.probabilities, expected)).toBeLessThan(2e-6);
    expect(sameLabels(whole.label, expected, CLASSES)).toBe(true);
    const single = await runOnnx(bytes, test.columns.map((column) => column.subarray(0, 60)), 1);
    expect(largestDistance(single.probabilities, expected.subarray(0, 180))).toBeLessThan(2e-6);
    const few = await runOnnx(bytes, test.columns.map((column) => column.subarray(0, 60)), 7);
    expect(largestDistance(few.probabilities, expected.subarray(0, 180))).toBeLessThan(2e-6);
  });

  it('part values that lie on a threshold or beside it as float32 as we do', async () => {
    const values = Float64Array.from([...Array(400).keys()], (i) => Math.fround(1 + i * 2 ** -23));
    const data = { features: { names: ['x'], columns: [values], length: 400 }, labels: Int8Array.from(values, (_, i) => (i % 97 < 40 ? -1 : i % 3 === 0 ? 1 : 0)) };
    for (const kind of ['gbdt', 'random-forest'] as const) {
      const model = fit(kind, kind === 'gbdt' ? { minDataInLeaf: 1, minDataInBin: 1 } : { nEstimators: 20 }, data);
      const { probabilities } = await runOnnx(writeOnnx(model), [values], 400);
      expect(largestDistance(probabilities, model.predictProba(data.features))).toBeLessThan(2e-6);
    }
  });
});

describeOnnx('imported and bare trees in onnxruntime', () => {
  const read = (name: string): string => readFileSync(fixturePath('synthetic', name), 'utf8');
  const random = createRandom(3);
  /** Rows near the thresholds of a model. */
  const rowsFor = (thresholds: Float64Array, width: number): Float64Array[] =>
    Array.from({ length: width }, () => Float64Array.from({ length: 500 }, () => (random.next() < 0.1 ? Number.NaN : Math.fround(thresholds[Math.floor(random.next() * thresholds.length)]))));

  it('multiclass, of LightGBM and XGBoost', async () => {
    for (const imported of [readLightgbmModel(read('lightgbm_model.txt')), readXgboostModel(read('xgboost_model.json'))]) {
      const columns = rowsFor(imported.model.trees.thresholds, imported.featureNames.length);
      const expected = predictBoosting(imported.model, columns, 500);
      const { label, probabilities } = await runOnnx(writeOnnx(imported, { labels: [10, 20, 30] }), columns, 500);
      expect(largestDistance(probabilities, expected)).toBeLessThan(2e-6);
      expect(sameLabels(label, expected, [10, 20, 30])).toBe(true);
      expect(largestDistance((await runOnnx(writeOnnx(importGbdt(imported)), columns, 500)).probabilities, expected)).toBeLessThan(2e-6);
    }
  });

  it('binary, also when every leaf is positive, and without trees', async () => {
    const imported = readXgboostModel(read('xgboost_binary_model.json'));
    const { trees } = imported.model;
    const variants = [imported.model, { ...imported.model, start: Float64Array.of(-0.7) }, { ...imported.model, trees: { ...trees, values: trees.values.map((value) => Math.abs(value) + 0.1) } }, { ...imported.model, start: Float64Array.of(0.4), trees: { ...trees, roots: new Int32Array(), features: new Int32Array() } }];
    const columns = rowsFor(trees.thresholds, imported.featureNames.length);
    for (const model of variants) {
      const expected = predictBoosting(model, columns, 500);
      for (const batch of [1, 500]) {
        const { label, probabilities } = await runOnnx(writeOnnx({ ...imported, model }), columns, batch);
        expect(largestDistance(probabilities, expected)).toBeLessThan(2e-6);
        expect(sameLabels(label, expected, [0, 1])).toBe(true);
      }
    }
  });

  it('regression', async () => {
    const imported = readXgboostModel(read('xgboost_binary_model.json'));
    const model = { ...imported.model, objective: 'regression' as const, classes: 1, start: Float64Array.of(12.5) };
    const columns = rowsFor(model.trees.thresholds, imported.featureNames.length);
    for (const batch of [1, 500]) {
      const outputs = await runOnnx(writeOnnx({ ...imported, model }), columns, batch);
      expect(Object.keys(outputs)).toEqual(['prediction']);
      expect(largestDistance(outputs.prediction, predictBoosting(model, columns, 500))).toBeLessThan(5e-6);
    }
  });

  it('forests of two and of four classes', async () => {
    for (const classes of [2, 4]) {
      const matrix = training.features;
      const forest = fitForest(matrix, Uint8Array.from(training.labels, (label, row) => (label + 1 + row) % classes), { classes, seed: 1, params: { nEstimators: 15 } });
      for (const batch of [1, 600]) {
        const { label, probabilities } = await runOnnx(writeOnnx({ featureNames: NAMES, forest }), matrix.columns, batch);
        const expected = predictForest(forest, matrix.columns, matrix.length);
        expect(largestDistance(probabilities, expected)).toBeLessThan(2e-6);
        expect(sameLabels(label, expected, [...Array(classes).keys()])).toBe(true);
      }
    }
  });
});

describe('writeOnnx', () => {
  it('gives the same bytes for the same model', () => {
    expect(writeOnnx(CLASSIFIERS[0][1])).toEqual(writeOnnx(fit('gbdt', { numIterations: 60 })));
  });

  it.each<[string, () => unknown, Partial<ForecastLabError>]>([
    ['calibrated models', () => writeOnnx(calibrated()), { code: 'BAD_DATA', message: expect.stringContaining('no place for its sigmoid calibration') as string }],
    ['other kinds', () => writeOnnx(fit('prior', {})), { code: 'BAD_DATA', message: 'A model of kind prior cannot be written as ONNX.', hint: 'These can: gbdt, random-forest, extra-trees, logistic.' }],
    ['labels for a classifier', () => writeOnnx(CLASSIFIERS[0][1], { labels: [1, 2, 3] }), { code: 'BAD_OPTION' }],
    ['labels that are no integers', () => writeOnnx(readLightgbmModel(readFileSync(fixturePath('synthetic/lightgbm_model.txt'), 'utf8')), { labels: [1, 2, 2.5] }), { code: 'BAD_OPTION', message: 'The `labels` option of writeOnnx must be 3 integers, one for each class. Got "1, 2, 2.5".' }],
    ['numbers beyond float32', () => writeOnnx(huge()), { code: 'BAD_DATA', message: 'The model cannot be written as ONNX: every leaf value must fit into float32. Got 1e+60.' }],
  ])('refuses %s', (_, write, error) => {
    expect(write).toThrow(expect.objectContaining(error));
  });

  const bars = Int32Array.from(training.labels, (__, row) => row);
  const calibrated = (): Classifier => fitCalibrated('logistic', { ...training, rows: bars, spanEnd: bars }, { seed: 1, calibration: 'sigmoid' });
  const huge = (): Parameters<typeof writeOnnx>[0] => {
    const imported = readXgboostModel(readFileSync(fixturePath('synthetic/xgboost_binary_model.json'), 'utf8'));
    return { ...imported, model: { ...imported.model, trees: { ...imported.model.trees, values: imported.model.trees.values.map(() => 1e60) } } };
  };
});
