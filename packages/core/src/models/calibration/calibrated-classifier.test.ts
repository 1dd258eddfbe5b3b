import { describe, expect, it } from 'vitest';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import type { TrainingData } from '../classifier.js';
import { fitClassifier, restoreClassifier } from '../classifiers.js';
import { createCalibrated } from './calibrated-classifier.js';
import { applyCalibrationMap, type CalibrationMap, fitCalibrationMap } from './calibration-map.js';

const { matrix, classIndexes } = sampleProblem(11, 200, 4, { missing: 0.1 });
const data: TrainingData = { features: matrix, labels: Int8Array.from(classIndexes, (index) => index - 1) };
const base = fitClassifier('gbdt', data, { seed: 1, params: { numIterations: 8, minDataInLeaf: 5 } });
const METHODS = ['sigmoid', 'isotonic', 'temperature'] as const;
const mapOf = (method: (typeof METHODS)[number]): CalibrationMap => fitCalibrationMap(method, { probabilities: base.predictProba(matrix), labels: data.labels, floor: 1 / 203 });
const calibrated = (method: (typeof METHODS)[number]) => createCalibrated(base, { method, folds: 5, embargoBars: 0, rows: 200 }, mapOf(method));
const stored = (method: (typeof METHODS)[number]) => JSON.parse(JSON.stringify(calibrated(method).serialize()));

describe('a calibrated model', () => {
  it.each(METHODS)('comes back from JSON with every bit: %s', (method) => {
    const model = calibrated(method);
    const again = restoreClassifier(stored(method));
    expect(model.predictProba(matrix)).toEqual(applyCalibrationMap(mapOf(method), base.predictProba(matrix)));
    expect(again.predictProba(matrix)).toEqual(model.predictProba(matrix));
    expect(JSON.stringify(again.serialize())).toBe(JSON.stringify(model.serialize()));
    expect(again.calibration).toEqual({ method, folds: 5, embargoBars: 0, rows: 200 });
    expect([again.kind, again.featureNames]).toEqual(['gbdt', base.featureNames]);
  });

  it('explains the score before calibration, where the model inside can', () => {
    expect(calibrated('sigmoid').explainRow?.(matrix, 3, 2)).toEqual(base.explainRow?.(matrix, 3, 2));
    expect(restoreClassifier(stored('sigmoid')).explainRow?.(matrix, 3, 2)).toEqual(base.explainRow?.(matrix, 3, 2));
    expect(calibrated('sigmoid').trees).toBe(base.trees);
    expect(base.trees?.roots).toHaveLength(24);
    expect(calibrated('sigmoid').explainRows?.(matrix)).toEqual(base.explainRows?.(matrix));
    const prior = fitClassifier('prior', data, { seed: 1 });
    const calibratedPrior = createCalibrated(prior, { method: 'sigmoid', folds: 5, embargoBars: 0, rows: 200 }, mapOf('sigmoid'));
    expect('explainRow' in calibratedPrior || 'explainRows' in calibratedPrior).toBe(false);
  });

  it.each(METHODS)('does not change when a document of it does: %s', (method) => {
    const model = restoreClassifier(stored(method));
    const before = model.predictProba(matrix);
    for (const document of [stored(method), model.serialize() as ReturnType<typeof stored>]) {
      if (method === 'temperature') document.map.temperature = 9;
      else if (method === 'sigmoid') document.map.curves[0].slope = 9;
      else document.map.curves[0].values.fill(0.9);
    }
    expect(model.predictProba(matrix)).toEqual(before);
  });

  type Change = (document: ReturnType<typeof stored>) => unknown;
  const cases: [string, (typeof METHODS)[number], Change, string][] = [
    ['another version', 'sigmoid', (d) => (d.version = 2), 'version'],
    ['no model inside', 'sigmoid', (d) => delete d.base, 'base'],
    ['text inside', 'sigmoid', (d) => (d.base = 'gbdt'), 'base'],
    ['a calibrated model inside', 'sigmoid', (d) => (d.base = stored('sigmoid')), 'must not be calibrated itself'],
    ['an unknown model inside', 'sigmoid', (d) => (d.base.kind = 'neural'), 'kind'],
    ['an inherited name for a kind', 'sigmoid', (d) => (d.base.kind = 'toString'), 'kind'],
    ['a broken model inside', 'sigmoid', (d) => (d.base.start = [0, 0]), 'start'],
    ['features of another model', 'sigmoid', (d) => (d.featureNames = ['a', 'b', 'c', 'd']), 'featureNames'],
    ['another method', 'sigmoid', (d) => (d.calibration.method = 'isotonic'), 'is of method sigmoid'],
    ['an unknown method', 'sigmoid', (d) => (d.map.method = 'beta'), 'map'],
    ['no method', 'sigmoid', (d) => (d.calibration.method = 'none'), 'calibration.method'],
    ['one fold', 'sigmoid', (d) => (d.calibration.folds = 1), 'folds'],
    ['half a row', 'sigmoid', (d) => (d.calibration.rows = 0.5), 'rows'],
    ['two curves', 'sigmoid', (d) => d.map.curves.pop(), 'curves'],
    ['a slope that falls', 'sigmoid', (d) => (d.map.curves[1].slope = -1), 'slope'],
    ['a huge slope', 'sigmoid', (d) => (d.map.curves[1].slope = 1e300), 'slope'],
    ['a huge intercept', 'sigmoid', (d) => (d.map.curves[1].intercept = -1e300), 'intercept'],
    ['a slope that is no number', 'sigmoid', (d) => (d.map.curves[1].slope = null), 'slope'],
    ['NaN', 'sigmoid', (d) => (d.map.curves[1].slope = Number.NaN), 'slope'],
    ['no floor', 'temperature', (d) => (d.map.floor = 0), 'floor'],
    ['a floor above all', 'temperature', (d) => (d.map.floor = 0.4), 'floor'],
    ['temperature 0', 'temperature', (d) => (d.map.temperature = 0), 'temperature'],
    ['an infinite temperature', 'temperature', (d) => (d.map.temperature = Infinity), 'temperature'],
    ['fewer values', 'isotonic', (d) => d.map.curves[2].values.pop(), 'as many values'],
    ['no points', 'isotonic', (d) => (d.map.curves[2] = { thresholds: [], values: [] }), 'thresholds'],
    ['values that fall', 'isotonic', (d) => d.map.curves[2].values.reverse(), 'must not descend'],
    ['thresholds that fall', 'isotonic', (d) => d.map.curves[2].thresholds.reverse(), 'strictly ascending'],
    ['a threshold twice', 'isotonic', (d) => d.map.curves[2].thresholds.splice(1, 1, d.map.curves[2].thresholds[0]), 'strictly ascending'],
    ['a value of 0', 'isotonic', (d) => (d.map.curves[2].values[0] = 0), 'values'],
    ['a value above 1', 'isotonic', (d) => (d.map.curves[2].values[d.map.curves[2].values.length - 1] = 1.5), 'values'],
    ['a value that is missing', 'isotonic', (d) => (d.map.curves[2].values[0] = null), 'values'],
  ];
  it.each(cases)('is refused: %s (%s)', (_, method, change, reason) => {
    const document = stored(method);
    change(document);
    expect(() => restoreClassifier(document)).toThrow(expect.objectContaining({ code: 'CORRUPT', message: expect.stringContaining(reason) }));
  });

  it('is refused however deep it nests', () => {
    let document: object = stored('temperature');
    for (let depth = 0; depth < 100_000; depth += 1) document = { kind: 'calibrated', base: document };
    expect(() => restoreClassifier(document)).toThrow(expect.objectContaining({ code: 'CORRUPT' }));
  });

  it('gives probabilities that are finite and above 0 at the bounds of what is read', () => {
    for (const slope of [0, 1e9]) {
      for (const intercept of [-1e9, 1e9]) {
        const document = stored('sigmoid');
        document.map = { method: 'sigmoid', floor: 1e-12, curves: Array.from({ length: 3 }, () => ({ slope, intercept })) };
        expect(restoreClassifier(document).predictProba(matrix).every((p) => p >= 0 && p <= 1)).toBe(true);
      }
    }
    const document = stored('temperature');
    document.map = { method: 'temperature', floor: 1e-12, temperature: 0.01 };
    expect(restoreClassifier(document).predictProba(matrix).every((p) => p >= 0 && p <= 1)).toBe(true);
  });
});
