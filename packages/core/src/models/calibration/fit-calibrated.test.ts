import { describe, expect, it, vi } from 'vitest';
import { loadClassifierKind } from '../../node/load-classifier-kind.js';
import { createRandom } from '../../numeric/random.js';
import { logLoss } from '../../validation/metrics/probability-scores.js';
import { purgedKFold } from '../../validation/splits/purged-k-fold.js';
import type { ClassifierKind, ModelKind } from '../classifier.js';
import { CLASSIFIERS, fitClassifier, restoreClassifier } from '../classifiers.js';
import { type CalibrationData, fitCalibrated } from './fit-calibrated.js';
import { applyCalibrationMap, fitCalibrationMap } from './calibration-map.js';

/** Rows of which the first feature says something; labels look `horizon` bars ahead. */
function made(rows: number, seed: number, horizon = 5): CalibrationData {
  const random = createRandom(seed);
  const a = Float64Array.from({ length: rows }, () => random.normal());
  const b = Float64Array.from({ length: rows }, () => random.normal());
  return {
    features: { names: ['a', 'b'], columns: [a, b], length: rows },
    labels: Int8Array.from(a, (value) => (value + random.normal() > 1.5 ? 1 : value + random.normal() < -1 ? -1 : 0)),
    rows: Int32Array.from(a, (_, row) => 10 + row),
    spanEnd: Int32Array.from(a, (_, row) => 10 + row + horizon),
  };
}

const data = made(400, 1);
const tests = made(2000, 2);
const kinds = Object.keys(CLASSIFIERS).filter((kind) => kind !== 'ml-random-forest') as ModelKind[];
const briefly = { patience: 0, epochs: 2, batchSize: 256 };
const quick: Readonly<Partial<Record<ModelKind, object>>> = {
  gbdt: { numIterations: 5, minDataInLeaf: 5 },
  'random-forest': { nEstimators: 5 },
  mlp: briefly,
  gru: { ...briefly, sequenceLength: 3, units: 4 },
};
const shares = (probabilities: Float64Array): number[] => [0, 1, 2].map((k) => probabilities.reduce((sum, p, i) => (i % 3 === k ? sum + p : sum), 0) / (probabilities.length / 3));
const labelShares = (labels: Int8Array): number[] => [-1, 0, 1].map((label) => labels.filter((own) => own === label).length / labels.length);

describe('fitCalibrated', () => {
  it('is fitClassifier without a calibration', () => {
    const plain = JSON.stringify(fitClassifier('logistic', data, { seed: 3 }).serialize());
    expect(JSON.stringify(fitCalibrated('logistic', data, { seed: 3 }).serialize())).toBe(plain);
    const none = fitCalibrated('logistic', data, { seed: 3, calibration: 'none', calibrationFolds: 7 });
    expect(JSON.stringify(none.serialize())).toBe(plain);
    expect(none.calibration).toBeUndefined();
  });

  it('calibrates the model of all rows on purged out-of-fold predictions', () => {
    const splits = purgedKFold(data, { folds: 4, embargoBars: 3 });
    const weights = Float64Array.from(data.labels, (_, row) => 1 + (row % 3));
    const probabilities = new Float64Array(3 * 400);
    for (const { train, test } of splits) {
      const pick = (column: Float64Array, rows: Int32Array) => Float64Array.from(rows, (row) => column[row]);
      const matrix = (rows: Int32Array) => ({ names: ['a', 'b'], columns: data.features.columns.map((column) => pick(column, rows)), length: rows.length });
      const model = fitClassifier('logistic', { features: matrix(train), labels: Int8Array.from(train, (row) => data.labels[row]), sampleWeights: pick(weights, train) }, { seed: 1, classWeights: 'balanced' });
      model.predictProba(matrix(test)).forEach((p, i) => (probabilities[3 * test[Math.floor(i / 3)] + (i % 3)] = p));
    }
    const map = fitCalibrationMap('isotonic', { probabilities, labels: data.labels, weights, floor: 1 / 403 });
    const whole = fitClassifier('logistic', { ...data, sampleWeights: weights }, { seed: 1, classWeights: 'balanced' });
    const model = fitCalibrated('logistic', { ...data, sampleWeights: weights }, { seed: 1, classWeights: 'balanced', calibration: 'isotonic', calibrationFolds: 4, embargoBars: 3 });
    expect(model.predictProba(tests.features)).toEqual(applyCalibrationMap(map, whole.predictProba(tests.features)));
    expect(model.calibration).toEqual({ method: 'isotonic', folds: 4, embargoBars: 3, rows: 400 });
  });

  it.each(['sigmoid', 'isotonic'] as const)('brings class weights back to the shares that are seen: %s', (calibration) => {
    const options = { seed: 1, classWeights: 'balanced' as const };
    const weighted = fitClassifier('logistic', tests, options);
    const calibrated = fitCalibrated('logistic', tests, { ...options, calibration });
    const seen = labelShares(tests.labels);
    const shifted = shares(weighted.predictProba(tests.features));
    expect(shifted[2] - seen[2]).toBeGreaterThan(0.1);
    // each curve meets its class's share; scaling the three to sum 1 moves them a little
    shares(calibrated.predictProba(tests.features)).forEach((share, k) => expect(Math.abs(share - seen[k])).toBeLessThan(0.1 * Math.abs(shifted[k] - seen[k])));
    expect(logLoss(data.labels, calibrated.predictProba(data.features))).toBeLessThan(logLoss(data.labels, weighted.predictProba(data.features)) - 0.05);
  });

  it.each(['sigmoid', 'isotonic', 'temperature'] as const)('lowers the log loss of trees that are too sure: %s', (calibration) => {
    const options = { seed: 1, params: { numIterations: 60, minDataInLeaf: 5 } };
    const plain = logLoss(tests.labels, fitClassifier('gbdt', data, options).predictProba(tests.features));
    const calibrated = logLoss(tests.labels, fitCalibrated('gbdt', data, { ...options, calibration }).predictProba(tests.features));
    expect(calibrated).toBeLessThan(plain - 0.1);
  });

  it.each(kinds.flatMap((kind) => (['sigmoid', 'isotonic', 'temperature'] as const).map((calibration) => [kind, calibration] as const)))('%s with %s: a class that a fold or all rows lack, the same bits again', async (name, calibration) => {
    const kind = await loadClassifierKind(name);
    const params = quick[name] ?? {};
    const oneBlock = { ...data, labels: data.labels.map((label, row) => (row >= 20 && row < 50 ? -1 : Math.max(0, label))) };
    const never = { ...data, labels: data.labels.map((label) => Math.max(0, label)) };
    const always = { ...data, labels: new Int8Array(400).fill(1) };
    for (const rows of [oneBlock, never, always]) {
      const options = { seed: 5, params, calibration };
      const model = fitCalibrated(kind, rows, options);
      const probabilities = model.predictProba(tests.features);
      for (let i = 0; i < probabilities.length; i += 3) {
        expect(probabilities[i] > 0 && probabilities[i + 1] > 0 && probabilities[i + 2] > 0).toBe(true);
        expect(Math.abs(probabilities[i] + probabilities[i + 1] + probabilities[i + 2] - 1)).toBeLessThan(1e-12);
      }
      const text = JSON.stringify(model.serialize());
      expect(JSON.stringify(fitCalibrated(kind, rows, options).serialize())).toBe(text);
      expect(restoreClassifier(JSON.parse(text)).predictProba(tests.features)).toEqual(probabilities);
    }
  });

  it('never shows a fit the rows that it is asked about, or their neighbours in time', () => {
    const fits: number[][] = [];
    const asked: number[][] = [];
    const spy: ClassifierKind = {
      kind: 'prior',
      summary: '',
      fit(part, options) {
        fits.push([...part.features.columns[0]]);
        const model = fitClassifier('prior', part, options);
        return { ...model, predictProba: (features) => (asked.push([...features.columns[0]]), model.predictProba(features)) };
      },
      restore: () => fitClassifier('prior', data, { seed: 1 }),
    };
    const bars = { ...data, features: { ...data.features, columns: [Float64Array.from(data.rows), data.features.columns[1]] } };
    fitCalibrated(spy, bars, { seed: 1, calibration: 'temperature', calibrationFolds: 8, embargoBars: 2 });
    expect([fits.length, asked.length]).toEqual([9, 8]);
    expect(fits[8]).toHaveLength(400);
    expect(asked.flat()).toEqual([...data.rows]);
    asked.forEach((test, fold) => {
      const [first, last] = [test[0], test[test.length - 1]];
      for (const bar of fits[fold]) expect(bar + 5 < first || bar > last + 5 + 2).toBe(true);
    });
  });

  it('tells its progress over all fits', () => {
    const onIteration = vi.fn<(done: number, total: number) => void>();
    fitCalibrated('gbdt', data, { seed: 1, params: { numIterations: 3 }, calibration: 'sigmoid', calibrationFolds: 2, onIteration });
    expect(onIteration.mock.calls).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((done) => [done, 9]));
  });

  it('refuses options and data that it cannot use', () => {
    const fit = (own: object, rows: CalibrationData = data) => () => fitCalibrated('prior', rows, { seed: 1, calibration: 'sigmoid', ...own });
    expect(fit({ calibration: 'platt' })).toThrow('The `calibration` option of fitCalibrated must be one of none, sigmoid, isotonic, temperature. Got "platt".');
    for (const calibrationFolds of [1, 101, 2.5]) expect(fit({ calibrationFolds })).toThrow(/The `calibrationFolds` option of fitCalibrated must be an integer from 2 to 100/);
    expect(fit({ embargoBars: -1 })).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    const bad = expect.objectContaining({ code: 'BAD_DATA' });
    expect(fit({}, { ...data, rows: data.rows.slice(1) })).toThrow(bad);
    expect(fit({}, { ...data, spanEnd: data.spanEnd.slice(1) })).toThrow(bad);
    expect(fit({}, made(4, 1))).toThrow('4 rows cannot be cut into 5 blocks');
    expect(fit({}, made(20, 1, 50))).toThrow(bad);
  });
});
