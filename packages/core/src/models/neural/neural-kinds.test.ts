import { describe, expect, it, vi } from 'vitest';
import * as tfjs from '@tensorflow/tfjs-core';
import { loadTfjs } from '../../node/load-tfjs.js';
import { createRandom } from '../../numeric/random.js';
import { logLoss } from '../../validation/metrics/probability-scores.js';
import type { ClassifierKind, FitOptions, TrainingData } from '../classifier.js';
import { fitClassifier, restoreClassifier } from '../classifiers.js';
import { createNeuralKinds } from './neural-kinds.js';

await loadTfjs({ backends: ['wasm'] });
const { mlp, gru } = createNeuralKinds(tfjs);
const both = [['mlp', mlp], ['gru', gru]] as const;

/** Rows of normal features; `score` of a row gives its label, down below -0.5 and up above 0.5. */
function made(rows: number, seed: number, score: (columns: Float64Array[], row: number) => number): TrainingData {
  const random = createRandom(seed);
  const columns = [0, 1, 2].map(() => Float64Array.from({ length: rows }, () => random.normal()));
  const labels = Int8Array.from({ length: rows }, (_, row) => {
    const value = score(columns, row) + random.normal() / 4;
    return value < -0.5 ? -1 : value > 0.5 ? 1 : 0;
  });
  return { features: { names: ['a', 'b', 'c'], columns, length: rows }, labels };
}

const product = (columns: Float64Array[], row: number): number => 2 * columns[0][row] * columns[1][row];
const past = (columns: Float64Array[], row: number): number => [1, 2, 3].reduce((sum, back) => sum + (columns[0][row - back] ?? 0), 0);
const small = made(120, 5, product);
const short: FitOptions = { seed: 3, params: { patience: 0, epochs: 3 } };
const lossOf = (kind: ClassifierKind | 'prior' | 'logistic', train: TrainingData, test: TrainingData, params = {}): number =>
  logLoss(test.labels, fitClassifier(kind, train, { seed: 1, params }).predictProba(test.features));

describe('what the networks learn', () => {
  it('the perceptron learns a product, which no linear model can', () => {
    const [train, test] = [made(700, 1, product), made(700, 2, product)];
    const prior = lossOf('prior', train, test);
    expect(lossOf('logistic', train, test)).toBeGreaterThan(prior - 0.02);
    expect(lossOf(mlp, train, test, { learningRate: 0.01 })).toBeLessThan(prior - 0.3);
  });

  it('the recurrent network learns from rows before, which the perceptron does not see', () => {
    const [train, test] = [made(700, 3, past), made(700, 4, past)];
    const prior = lossOf('prior', train, test);
    expect(lossOf(mlp, train, test, { learningRate: 0.01 })).toBeGreaterThan(prior - 0.05);
    expect(lossOf(gru, train, test, { learningRate: 0.02, sequenceLength: 5, units: 8, batchSize: 64 })).toBeLessThan(prior - 0.3);
  });

  it('where nothing is to be learned, early stopping stays near the class shares', () => {
    const [train, test] = [made(500, 6, () => 0), made(500, 7, () => 0)].map((rows, i) => ({ ...rows, labels: Int8Array.from(rows.labels, (_, row) => ((row * 7 + i) % 10 < 5 ? 0 : (row % 2) * 2 - 1)) }));
    for (const [, kind] of both) expect(lossOf(kind, train, test, { learningRate: 0.01 })).toBeLessThan(lossOf('prior', train, test) + 0.05);
  });
});

describe.each(both)('the kind %s', (name, kind) => {
  const bytes = (data: TrainingData, options: FitOptions): string => JSON.stringify(fitClassifier(kind, data, options).serialize());

  it('gives the same model for the same seed, another for another', () => {
    const options = { seed: 3, params: { epochs: 3, dropout: 0.3 } };
    expect(bytes(small, options)).toBe(bytes(small, options));
    expect(bytes(small, options)).not.toBe(bytes(small, { ...options, seed: 4 }));
  });

  it('leaves no tensor behind, not even when it is stopped', () => {
    const before = tfjs.memory().numTensors;
    fitClassifier(kind, small, { seed: 1, params: { epochs: 2 } });
    const onIteration = (): void => { throw new Error('enough'); };
    expect(() => fitClassifier(kind, small, { ...short, onIteration })).toThrow('enough');
    expect(tfjs.memory().numTensors).toBe(before);
  });

  it('tells each epoch, and stops early', () => {
    const onIteration = vi.fn<(done: number, total: number) => void>();
    fitClassifier(kind, small, { ...short, onIteration });
    expect(onIteration.mock.calls).toEqual([[1, 3], [2, 3], [3, 3]]);
    const noise = { ...small, labels: small.labels.map((_, row) => (row < 90 ? -1 : 1)) };
    const { training } = fitClassifier(kind, noise, { seed: 1, params: { patience: 2, learningRate: 0.05 } }).serialize() as unknown as { training: { epochs: number; bestEpoch: number } };
    expect(training.epochs - training.bestEpoch).toBe(2);
    expect(training.epochs).toBeLessThan(50);
  });

  it('uses that a value is missing', () => {
    const rows = made(300, 8, () => 0);
    rows.features.columns[0].forEach((_, row) => { if (row % 3 === 0) rows.features.columns[0][row] = Number.NaN; });
    const told = { ...rows, labels: Int8Array.from(rows.labels, (_, row) => (row % 3 === 0 ? 1 : -1)) };
    const model = fitClassifier(kind, told, { seed: 1, params: { patience: 0, epochs: 30, learningRate: 0.01 } });
    expect(logLoss(told.labels, model.predictProba(told.features))).toBeLessThan(0.2);
    expect(model.serialize()).toMatchObject({ indicators: [0] });
  });

  it('counts class weights and sample weights', () => {
    const down = (data: TrainingData, options: Partial<FitOptions>): number => fitClassifier(kind, data, { ...short, ...options }).predictProba(data.features).filter((_, i) => i % 3 === 0).reduce((sum, p) => sum + p, 0) / 120;
    const plain = down(small, {});
    expect(down(small, { classWeights: [5, 1, 1] })).toBeGreaterThan(plain + 0.2);
    expect(down({ ...small, sampleWeights: Float64Array.from(small.labels, (label) => (label === -1 ? 5 : 1)) }, {})).toBeGreaterThan(plain + 0.2);
    expect(down({ ...small, sampleWeights: Float64Array.from(small.labels, (label) => (label === -1 ? 0 : 1)) }, {})).toBeLessThan(0.05);
  });

  it('fits one class only, constant and wholly missing features, and very large values', () => {
    const odd = { ...small, features: { ...small.features, columns: [new Float64Array(120).fill(7), new Float64Array(120).fill(Number.NaN), small.features.columns[2].map((value) => 1e150 * value)] } };
    const one = { ...odd, labels: new Int8Array(120).fill(1) };
    for (const data of [odd, one]) {
      const probabilities = fitClassifier(kind, data, short).predictProba(data.features);
      for (let at = 0; at < 360; at += 3) expect(Math.abs(probabilities[at] + probabilities[at + 1] + probabilities[at + 2] - 1)).toBeLessThan(1e-12);
      if (data === one) expect(Math.min(...probabilities.filter((_, i) => i % 3 === 2))).toBeGreaterThan(0.95);
    }
  });

  it('refuses options and data that it cannot use', () => {
    const fit = (params: object, data = small) => () => fitClassifier(kind, data, { seed: 1, params });
    expect(fit({ dropout: 1 })).toThrow(`The \`dropout\` option of ${name} must be a finite number not below 0 and below 1. Got 1.`);
    expect(fit({ learningrate: 1 })).toThrow('Did you mean `learningRate`?');
    expect(fit({ validationGap: 110 })).toThrow(expect.objectContaining({ code: 'BAD_DATA', message: expect.stringContaining('leave no training rows') }));
    expect(fit(name === 'mlp' ? { hiddenSizes: [8, 0] } : { sequenceLength: 501 })).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    expect(fit({}, { ...small, labels: small.labels.map(() => 2) })).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  });

  it('is restored without TensorFlow.js; the registered kind says what fitting needs', () => {
    const model = fitClassifier(kind, small, short);
    const again = restoreClassifier(JSON.parse(JSON.stringify(model.serialize())));
    expect(again.predictProba(small.features)).toEqual(model.predictProba(small.features));
    expect(again.contextRows).toBe(model.contextRows);
    expect(() => fitClassifier(name, small, short)).toThrow(expect.objectContaining({ code: 'BAD_OPTION', hint: expect.stringContaining(`loadNeuralKind('${name}')`) }));
  });
});

describe('rows of weight zero', () => {
  it('are as if they were not there, for the perceptron', () => {
    const dropped = { features: { ...small.features, columns: small.features.columns.map((column) => column.subarray(0, 100)), length: 100 }, labels: small.labels.subarray(0, 100) };
    const weighted = { ...small, sampleWeights: Float64Array.from(small.labels, (_, row) => (row < 100 ? 1 : 0)) };
    expect(JSON.stringify(fitClassifier(mlp, weighted, short).serialize())).toBe(JSON.stringify(fitClassifier(mlp, dropped, short).serialize()));
  });
});

describe('the windows of the recurrent network', () => {
  const options = { seed: 1, params: { patience: 0, epochs: 3, sequenceLength: 6 } };

  it('look back only: later rows move nothing', () => {
    const model = fitClassifier(gru, small, options);
    const changed = small.features.columns.map((column) => column.map((value, row) => (row >= 60 ? 9 - value : value)));
    const [before, after] = [small.features, { ...small.features, columns: changed }].map((features) => model.predictProba(features));
    expect(after.subarray(0, 180)).toEqual(before.subarray(0, 180));
    expect(after.subarray(180)).not.toEqual(before.subarray(180));
  });

  it('begin anew in training where bars are left out', () => {
    const bars = Int32Array.from(small.labels, (_, row) => (row < 60 ? row : row + 7));
    const whole = JSON.stringify(fitClassifier(gru, small, options).serialize());
    expect(JSON.stringify(fitClassifier(gru, { ...small, rows: bars.map((_, row) => row + 4) }, options).serialize())).toBe(whole);
    expect(JSON.stringify(fitClassifier(gru, { ...small, rows: bars }, options).serialize())).not.toBe(whole);
    expect(JSON.stringify(fitClassifier(mlp, { ...small, rows: bars }, short).serialize())).toBe(JSON.stringify(fitClassifier(mlp, small, short).serialize()));
  });
});
