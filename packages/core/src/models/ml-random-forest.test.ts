import * as mlRandomForest from 'ml-random-forest';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import type { TrainingData } from './classifier.js';
import { fitClassifier, restoreClassifier } from './classifiers.js';
import { createMlRandomForest } from './ml-random-forest.js';
import type { MlRandomForestModule } from './ml-random-forest.js';

const library = mlRandomForest as unknown as MlRandomForestModule;
const kind = createMlRandomForest(library);
const random = createRandom(3);
const columns = Array.from({ length: 4 }, () => Float64Array.from({ length: 90 }, () => random.normal()));
const labels = Int8Array.from({ length: 90 }, (_, row) => Math.max(-1, Math.min(1, Math.round(2 * columns[0][row] * columns[1][row]))));
const data: TrainingData = { features: { names: ['a', 'b', 'c', 'd'], columns, length: 90 }, labels };
const options = { seed: 4294967295, params: { nEstimators: 15, maxFeatures: 0.75 } };

describe('ml-random-forest', () => {
  it('gives the votes that the package gives', () => {
    const rows = Array.from({ length: 90 }, (_, row) => columns.map((column) => column[row]));
    const theirs = new library.RandomForestClassifier({ nEstimators: 15, maxFeatures: 0.75, seed: -1, noOOB: true, treeOptions: { gainThreshold: 0 } }) as unknown as {
      train(rows: number[][], labels: number[]): void;
      predictionValues(rows: number[][]): { to2DArray(): number[][] };
    };
    theirs.train(rows, Array.from(labels, (label) => label + 1));
    const votes = theirs.predictionValues(rows).to2DArray();
    const ours = fitClassifier(kind, data, options).predictProba(data.features);
    expect(Array.from(ours)).toEqual(votes.flatMap((tree) => [0, 1, 2].map((k) => tree.filter((vote) => vote === k).length / 15)));
    const right = labels.filter((label, row) => ours[3 * row + label + 1] === Math.max(...ours.slice(3 * row, 3 * row + 3))).length;
    expect(right).toBeGreaterThan(80);
  });

  it('the seed decides', () => {
    const first = JSON.stringify(kind.fit(data, options).serialize());
    expect(JSON.stringify(kind.fit(data, options).serialize())).toBe(first);
    expect(JSON.stringify(kind.fit(data, { ...options, seed: 5 }).serialize())).not.toBe(first);
  });

  it('is restored without the package, with the same bits', () => {
    const model = kind.fit(data, options);
    const again = restoreClassifier(JSON.parse(JSON.stringify(model.serialize())));
    expect(again.predictProba(data.features)).toEqual(model.predictProba(data.features));
  });

  it('puts the training median where a value is missing', () => {
    const holes = { ...data, features: { ...data.features, columns: columns.map((column, i) => column.map((value, row) => (row % 7 === i ? NaN : value))) } };
    const model = kind.fit(holes, options);
    const { medians } = model.serialize() as unknown as { medians: number[] };
    const missing = { names: data.features.names, columns: medians.map(() => Float64Array.of(NaN)), length: 1 };
    const present = { names: data.features.names, columns: medians.map((value) => Float64Array.of(value)), length: 1 };
    expect(model.predictProba(missing)).toEqual(model.predictProba(present));
    const sorted = Array.from(holes.features.columns[0]).filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
    expect(medians[0]).toBe(sorted.length % 2 === 1 ? sorted[(sorted.length - 1) / 2] : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2);
  });

  it('says what it cannot do', () => {
    expect(() => fitClassifier('ml-random-forest', data, { seed: 1 })).toThrow(expect.objectContaining({ code: 'BAD_OPTION', hint: expect.stringContaining('loadMlRandomForest') }));
    expect(() => kind.fit(data, { seed: 1, classWeights: 'balanced' })).toThrow(/`classWeights`/);
    expect(() => kind.fit({ ...data, sampleWeights: new Float64Array(90).fill(1) }, { seed: 1 })).toThrow(/`sampleWeights`/);
    expect(() => kind.fit(data, { seed: 1, params: { maxFeatures: 0.1 } })).toThrow(/`maxFeatures`/);
  });

  it('a document that lies is refused', () => {
    const leaf = { feature: [-1], threshold: [0], left: [0], right: [0], classIndex: [2] };
    const tree = { feature: [3, -1, -1], threshold: [0, 0, 0], left: [1, 0, 0], right: [2, 0, 0], classIndex: [0, 1, 2] };
    const document = { kind: 'ml-random-forest', version: 1, featureNames: ['a', 'b', 'c', 'd'], medians: [0, 0, 0, 0], trees: [tree, leaf] };
    expect(Array.from(restoreClassifier(document).predictProba({ ...data.features, columns: [0, 0, 0, -1].map((value) => Float64Array.of(value)), length: 1 }))).toEqual([0, 0.5, 0.5]);
    const lies: object[] = [
      { trees: [] },
      { medians: [0] },
      { trees: [{ ...tree, left: [0, 0, 0] }] }, // the root is its own child
      { trees: [{ ...tree, right: [3, 0, 0] }] },
      { trees: [{ ...tree, feature: [4, -1, -1] }] },
      { trees: [{ ...tree, feature: [-2, -1, -1] }] },
      { trees: [{ ...tree, threshold: [NaN, 0, 0] }] },
      { trees: [{ ...tree, classIndex: [0, 1, 3] }] },
      { trees: [{ ...tree, classIndex: [0, 1] }] },
      { trees: [{ ...tree, left: [1.5, 0, 0] }] },
    ];
    for (const lie of lies) expect(() => restoreClassifier({ ...document, ...lie }), JSON.stringify(lie)).toThrow(expect.objectContaining({ code: 'CORRUPT' }));
  });
});
