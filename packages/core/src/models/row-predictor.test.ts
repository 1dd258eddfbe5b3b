import { describe, expect, it } from 'vitest';
import { loadClassifierKind } from '../node/load-classifier-kind.js';
import { sampleProblem } from '../../../../tests/support/sample-problem.js';
import { createCalibrated } from './calibration/calibrated-classifier.js';
import type { ModelKind, TrainingData } from './classifier.js';
import { CLASSIFIERS, fitClassifier } from './classifiers.js';
import { createRowPredictor } from './row-predictor.js';

const { matrix, classIndexes } = sampleProblem(3, 300, 4, { missing: 0.1 });
const data: TrainingData = { features: matrix, labels: Int8Array.from(classIndexes, (index) => index - 1), rows: Int32Array.from(classIndexes, (_, row) => row), spanEnd: Int32Array.from(classIndexes, (_, row) => row + 1) };
const rowOf = (row: number): Float64Array => Float64Array.from(matrix.columns, (column) => column[row]);

describe('a row predictor', () => {
  const kinds = Object.keys(CLASSIFIERS).filter((kind) => kind !== 'ml-random-forest' && kind !== 'gru') as ModelKind[];
  it.each(kinds)('of %s has the bits of predictProba', async (kind) => {
    const model = fitClassifier(await loadClassifierKind(kind), data, { seed: 1, ...(kind === 'mlp' && { params: { epochs: 2 } }) });
    const predictRow = createRowPredictor(model);
    const expected = model.predictProba(matrix);
    const probabilities = new Float64Array(3);
    for (let row = 0; row < matrix.length; row += 1) {
      expect(predictRow(rowOf(row), probabilities)).toBe(probabilities);
      expect([...probabilities]).toEqual([...expected.subarray(3 * row, 3 * row + 3)]);
    }
  });

  it('of a calibrated model has its bits too', () => {
    const base = fitClassifier('gbdt', data, { seed: 1, params: { numIterations: 5 } });
    const model = createCalibrated(base, { method: 'temperature', folds: 2, embargoBars: 1, rows: 300 }, { method: 'temperature', floor: 0.01, temperature: 2 });
    const expected = model.predictProba(matrix);
    expect(expected).not.toEqual(base.predictProba(matrix));
    expect([...createRowPredictor(model)(rowOf(7), new Float64Array(3))]).toEqual([...expected.subarray(21, 24)]);
  });

  it('refuses a model that looks back on earlier rows', () => {
    const model = { ...fitClassifier('prior', data, { seed: 1 }), contextRows: 4 };
    expect(() => createRowPredictor(model)).toThrow(/looks back on 4 rows before each, so that one row is not enough/);
  });

  it('refuses infinite values and arrays of another length', () => {
    for (const kind of ['gbdt', 'random-forest'] as const) {
      const predictRow = createRowPredictor(fitClassifier(kind, data, { seed: 1, params: kind === 'gbdt' ? { numIterations: 2 } : { nEstimators: 2 } }));
      expect(() => predictRow(Float64Array.of(1, 2, Infinity, 4), new Float64Array(3))).toThrow(expect.objectContaining({ code: 'BAD_DATA', message: expect.stringContaining('"f2" must be finite or NaN') }));
      expect(() => predictRow(new Float64Array(3), new Float64Array(3))).toThrow(/`values` option of createRowPredictor must be an array of 4 numbers. Got 3/);
      expect(() => predictRow(new Float64Array(4), new Float64Array(2))).toThrow(/`probabilities` option .* Got 2/);
    }
  });
});
