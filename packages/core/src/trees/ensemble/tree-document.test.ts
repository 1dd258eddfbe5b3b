import { describe, expect, it } from 'vitest';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { fitBoosting } from '../boosting/boosting.js';
import { fitForest } from '../forest/forest.js';
import { readTrees, writeTrees } from './tree-document.js';
import type { TreeDocument, TreeLimits } from './tree-document.js';

const { matrix, classIndexes } = sampleProblem(6, 200, 4, { missing: 0.1 });
const boosted = fitBoosting(matrix, classIndexes, { classes: 3, params: { numIterations: 5 } }).trees;
const forest = fitForest(matrix, classIndexes, { classes: 3, seed: 1, params: { nEstimators: 5 } }).trees;
const scores: TreeLimits = { outputs: 1, width: 4, smallest: -100, largest: 100 };
const shares: TreeLimits = { outputs: 3, width: 4, smallest: 0, largest: 1 };

describe('trees as documents', () => {
  it('come back from JSON with every bit', () => {
    for (const [trees, limits] of [[boosted, scores], [forest, shares]] as const) {
      const document = JSON.stringify(writeTrees(trees));
      const again = readTrees(JSON.parse(document), limits);
      expect({ ...again, gains: trees.gains }).toEqual(trees);
      expect(JSON.stringify(writeTrees(again))).toBe(document);
    }
    expect(readTrees([], scores).roots).toHaveLength(0);
  });

  it('keep gains to six digits, and none where none are known', () => {
    const again = readTrees(JSON.parse(JSON.stringify(writeTrees(boosted))), scores);
    boosted.gains.forEach((gain, node) => {
      expect(again.gains[node]).toBeCloseTo(gain, 3);
      expect(gain > 0).toBe(boosted.features[node] >= 0);
      expect(Math.abs(again.gains[node] - gain)).toBeLessThanOrEqual(5e-6 * gain);
    });
    const unknown = writeTrees({ ...boosted, gains: new Float64Array(boosted.gains.length) });
    expect(unknown.some((tree) => 'gains' in tree)).toBe(false);
    expect(readTrees(unknown, scores).gains.every((gain) => gain === 0)).toBe(true);
    expect(writeTrees({ ...boosted, gains: boosted.gains.map((gain) => gain && Number.MAX_VALUE) })[0].gains?.[0]).toBe(1e300);
  });

  const good: TreeDocument = { features: [0, -1, 1, -1, -1], thresholds: [0.5, -2], missingLeft: [0, 1], covers: [3, 4, 5], values: [1, 2, 3] };
  const read = (own: object) => () => readTrees([good, { ...good, ...own }], scores);

  it('know who is whose child', () => {
    const trees = readTrees([good], scores);
    expect([...trees.rights]).toEqual([2, 0, 4, 1, 2]);
    expect([...trees.covers]).toEqual([12, 3, 9, 4, 5]);
    expect([...trees.missingLeft]).toEqual([0, 0, 1, 0, 0]);
  });

  it.each<[string, object]>([
    ['`features` of tree 1 must be a whole tree: node 2 lacks a child', { features: [0, -1, 1, -1], covers: [3, 4], values: [1, 2] }],
    ['`features` of tree 1 must be one tree, not 2', { features: [0, -1, -1, -1], thresholds: [0], missingLeft: [0] }],
    ['`features` of tree 1 must be one tree, not 0', { features: [], thresholds: [], missingLeft: [], covers: [], values: [] }],
    ['`features` of tree 1 must hold integers from -1 to 3; number 0 is 4', { features: [4, -1, 1, -1, -1] }],
    ['`features` of tree 1 must hold integers from -1 to 3; number 0 is -2', { features: [-2, -1, 1, -1, -1] }],
    ['`features` of tree 1 must hold integers from -1 to 3; number 0 is 0.5', { features: [0.5, -1, 1, -1, -1] }],
    ['`features` of tree 1 must hold integers from -1 to 3; number 0 is string', { features: ['0', -1, 1, -1, -1] }],
    ['`features` of tree 1 must be an array', { features: { length: 5 } }],
    ['`features` of tree 1 must be an array', { features: undefined }],
    ['`thresholds` of tree 1 must have 2 numbers, not 1', { thresholds: [1] }],
    ['`thresholds` of tree 1 must hold finite numbers; number 1 is object', { thresholds: [1, null] }],
    ['`thresholds` of tree 1 must hold finite numbers; number 1 is Infinity', { thresholds: [1, Infinity] }],
    ['`missingLeft` of tree 1 must hold 0 or 1; number 0 is 2', { missingLeft: [2, 0] }],
    ['`covers` of tree 1 must hold numbers above 0 and up to 1e+39; number 2 is 0', { covers: [1, 1, 0] }],
    ['`covers` of tree 1 must hold numbers above 0 and up to 1e+39; number 1 is Infinity', { covers: [1, Infinity, 1] }],
    ['`covers` of tree 1 must have 3 numbers, not 4', { covers: [1, 1, 1, 1] }],
    ['`gains` of tree 1 must have 2 numbers, not 1', { gains: [1] }],
    ['`gains` of tree 1 must be an array', { gains: null }],
    ['`gains` of tree 1 must hold numbers from 0 to 1e+300; number 0 is -1', { gains: [-1, 0] }],
    ['`gains` of tree 1 must hold numbers from 0 to 1e+300; number 1 is Infinity', { gains: [1, Infinity] }],
    ['`gains` of tree 1 must hold numbers from 0 to 1e+300; number 1 is NaN', { gains: [1, Number.NaN] }],
    ['`values` of tree 1 must have 3 numbers, not 9', { values: [1, 2, 3, 4, 5, 6, 7, 8, 9] }],
    ['`values` of tree 1 must hold numbers from -100 to 100; number 1 is 1e+300', { values: [1, 1e300, 2] }],
    ['`values` of tree 1 must hold numbers from -100 to 100; number 1 is NaN', { values: [1, Number.NaN, 2] }],
  ])('are refused: %s', (reason, own) => {
    expect(read(own)).toThrow(expect.objectContaining({ code: 'CORRUPT', message: `The stored trees cannot be used: ${reason}.` }));
  });

  it('are refused when they are no trees, holes and inherited fields included', () => {
    const holes = [1, 2, 3];
    delete holes[1];
    for (const document of [undefined, null, 5, 'trees', {}, [null], [5], [[]], [Object.create(good)], [{ ...good, covers: holes }]]) {
      expect(() => readTrees(document, scores)).toThrow(expect.objectContaining({ code: 'CORRUPT' }));
    }
  });

  it('are refused when there are too many', () => {
    const leaf = { features: [-1], thresholds: [], missingLeft: [], covers: [1], values: [0] };
    expect(() => readTrees(Array.from({ length: 100_001 }, () => leaf), scores)).toThrow(/at most 100000 trees/);
  });
});
