import { describe, expect, it } from 'vitest';
import { checkTrainingData } from './check-training-data.js';
import type { TrainingData } from './classifier.js';

const good = (change: Partial<TrainingData> = {}): TrainingData => ({
  features: { names: ['a', 'b'], columns: [Float64Array.of(1, NaN, 3), Float64Array.of(4, 5, 6)], length: 3 },
  labels: Int8Array.of(-1, 0, 1),
  ...change,
});

describe('checkTrainingData', () => {
  it('accepts missing values and zero weights among others', () => {
    expect(() => checkTrainingData('fit', good({ sampleWeights: Float64Array.of(0, 1, 2) }))).not.toThrow();
  });

  it.each<[string, Partial<TrainingData>, RegExp]>([
    ['no rows', { features: { names: ['a'], columns: [new Float64Array(0)], length: 0 }, labels: new Int8Array(0) }, /at least one training row/],
    ['no features', { features: { names: [], columns: [], length: 3 } }, /at least one feature/],
    ['names that differ in number', { features: { ...good().features, names: ['a'] } }, /1 names and 2 columns/],
    ['a name twice', { features: { ...good().features, names: ['a', 'a'] } }, /unique. Got "a" twice/],
    ['an empty name', { features: { ...good().features, names: ['a', ''] } }, /not empty/],
    ['a short column', { features: { ...good().features, columns: [Float64Array.of(1, 2), Float64Array.of(4, 5, 6)] } }, /"a" must have 3 rows. Got 2/],
    ['too few labels', { labels: Int8Array.of(1, 0) }, /2 labels for 3 rows/],
    ['a label of 2', { labels: Int8Array.of(1, 0, 2) }, /Got 2 in row 2/],
    ['infinity', { features: { ...good().features, columns: [Float64Array.of(1, 2, -Infinity), Float64Array.of(4, 5, 6)] } }, /"a" must be finite or NaN. Got -Infinity in row 2/],
    ['too few bars', { rows: Int32Array.of(1, 2) }, /one bar index per row in `rows`. Got 2 for 3 rows/],
    ['too many label ends', { spanEnd: Int32Array.of(1, 2, 3, 4) }, /in `spanEnd`. Got 4 for 3 rows/],
    ['too few weights', { sampleWeights: Float64Array.of(1) }, /Got 1 for 3 rows/],
    ['a negative weight', { sampleWeights: Float64Array.of(1, -1, 1) }, /Got -1 in row 1/],
    ['a NaN weight', { sampleWeights: Float64Array.of(1, NaN, 1) }, /Got NaN in row 1/],
    ['an infinite weight', { sampleWeights: Float64Array.of(1, Infinity, 1) }, /Got Infinity in row 1/],
    ['only zero weights', { sampleWeights: new Float64Array(3) }, /above zero/],
  ])('refuses %s', (_, change, message) => {
    expect(() => checkTrainingData('fit', good(change))).toThrow(expect.objectContaining({ code: 'BAD_DATA', message: expect.stringMatching(message) }));
  });
});
