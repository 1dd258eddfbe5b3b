import { describe, expect, it } from 'vitest';
import { readPeers } from '../../../../../tests/support/peer-trees.js';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { predictForest } from '../../trees/forest/forest.js';
import { fitClassifier } from '../classifiers.js';
import { partialDependence } from './partial-dependence.js';

const { forest, X } = readPeers();
const names = ['a', 'b', 'c', 'd', 'e'];
const features = { names, columns: X.map((column) => Float64Array.from(column)), length: 160 };
const model = { featureNames: names, predictProba: ({ columns, length }: typeof features) => predictForest({ classes: 3, trees: forest.trees }, columns, length) };

describe('partialDependence', () => {
  it.each([['a', forest.one], ['e', forest.few]])("has scikit-learn's grid and averages: %s", (name, peer) => {
    const { grid, average, rows, ice } = partialDependence(model, features, name, { gridSize: 7 });
    expect(grid[0]).toHaveLength(peer.grid[0].length);
    peer.grid[0].forEach((value, point) => expect(grid[0][point]).toBeCloseTo(value, 12));
    (peer.average as number[][]).forEach((ofClass, k) => ofClass.forEach((p, point) => expect(average[3 * point + k]).toBeCloseTo(p, 12)));
    expect([rows.length, ice]).toEqual([160, undefined]);
  });

  it("has scikit-learn's surface for two features", () => {
    const { grid, average } = partialDependence(model, features, ['a', 'e'], { gridSize: 6 });
    expect(grid.map((values) => values.length)).toEqual([6, 4]);
    (forest.two.average as number[][][]).forEach((ofClass, k) => ofClass.forEach((line, i) => line.forEach((p, j) => expect(average[3 * (4 * i + j) + k]).toBeCloseTo(p, 12))));
  });

  it("has scikit-learn's curve of each row", () => {
    const firstFive = { names, columns: features.columns.map((column) => column.slice(0, 5)), length: 5 };
    const { grid, ice } = partialDependence(model, firstFive, 'b', { gridSize: 3, isIce: true });
    forest.ice.grid[0].forEach((value, point) => expect(grid[0][point]).toBeCloseTo(value, 12));
    forest.ice.individual.forEach((ofClass, k) => ofClass.forEach((curve, row) => curve.forEach((p, point) => expect(ice?.[3 * (3 * row + point) + k]).toBeCloseTo(p, 12))));
  });

  it('is what a slow, plain loop gives, for a fitted model, a given grid and rows spread evenly', () => {
    const { matrix, classIndexes } = sampleProblem(3, 90, 3, { missing: 0.1 });
    const fitted = fitClassifier('gbdt', { features: matrix, labels: Int8Array.from(classIndexes, (index) => index - 1) }, { seed: 1, params: { numIterations: 5 } });
    const values = [0.5, -1, NaN];
    const { average, rows, ice } = partialDependence(fitted, matrix, 'f1', { grid: [values], sampleRows: 30, isIce: true });
    expect([...rows]).toEqual(Array.from({ length: 30 }, (_, i) => 3 * i));
    values.forEach((value, point) => {
      const sums = [0, 0, 0];
      rows.forEach((position, row) => {
        const one = matrix.columns.map((column, f) => Float64Array.of(f === 1 ? value : column[position]));
        fitted.predictProba({ names: matrix.names, columns: one, length: 1 }).forEach((p, k) => {
          sums[k] += p;
          expect(ice?.[3 * (3 * row + point) + k]).toBe(p);
        });
      });
      sums.forEach((total, k) => expect(average[3 * point + k]).toBeCloseTo(total / 30, 12));
    });
  });

  it('leaves the rows as they were', () => {
    const before = features.columns.map((column) => column.slice());
    partialDependence(model, features, 'a', { gridSize: 3 });
    expect(features.columns).toEqual(before);
  });

  it('refuses what it cannot do', () => {
    const ask = (feature: string | [string, string], options = {}) => () => partialDependence(model, features, feature, options);
    expect(ask('z')).toThrow(/The `feature` option of partialDependence must be a feature of the model and of the rows: a, b, c, d, e. Got "z"/);
    expect(ask(['a', 'a'])).toThrow(/one name, or two that differ/);
    expect(ask('a', { gridSize: 1 })).toThrow(/`gridSize`/);
    expect(ask('a', { percentiles: [0.9, 0.1] })).toThrow(/`percentiles`/);
    expect(ask('a', { sampleRows: 0 })).toThrow(/`sampleRows`/);
    expect(() => partialDependence({ ...model, contextRows: 3 }, features, 'a')).toThrow(/looks back on earlier rows/);
    for (const grid of [[], [[]], [[1], [2]], [[Infinity]]]) expect(ask('a', { grid })).toThrow(/`grid`/);
    const empty = { names, columns: features.columns.map(() => new Float64Array(0)), length: 0 };
    expect(() => partialDependence(model, empty, 'a', { grid: [[1]] })).toThrow(/at least one row/);
    const missing = { ...features, columns: features.columns.map((column) => new Float64Array(column.length).fill(NaN)) };
    expect(() => partialDependence(model, missing, 'a')).toThrow(expect.objectContaining({ code: 'BAD_DATA', message: expect.stringContaining('"a" has no value') }));
  });
});
