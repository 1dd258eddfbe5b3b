import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomColumns, randomEnsemble } from '../../../../../tests/support/random-ensemble.js';
import type { EnsembleShape } from '../../../../../tests/support/random-ensemble.js';
import { compileEnsemble } from './compiled-ensemble.js';
import { createEnsemblePredictor } from './ensemble-predictor.js';
import { addTrees, sumTrees, walkTrees } from './predict.js';
import { rowMajor } from './row-major.js';
import { createRowScorer } from './row-scorer.js';
import type { TreeEnsemble } from './tree-ensemble.js';

const bits = (sums: Float64Array): string => Buffer.from(sums.buffer, sums.byteOffset, sums.byteLength).toString('hex');

function startSums(rows: number, scores: number): Float64Array {
  return Float64Array.from({ length: rows * scores }, (_, i) => (i % scores) / 7);
}

/** Every way of prediction must give the bits of the plain walk. */
function expectSameBits(ensemble: TreeEnsemble, columns: readonly Float64Array[], rows: number, scores: number): void {
  const data = rowMajor(columns, rows);
  const sums = startSums(rows, scores);
  walkTrees(ensemble, data, columns.length, sums, scores);
  const expected = bits(sums);
  for (const memory of ['none', 'own', 'shared'] as const) {
    const got = startSums(rows, scores);
    createEnsemblePredictor(ensemble, { scores, memory })?.add((feature, begin, end, to, at) => to.set(columns[feature].subarray(begin, end), at), got);
    expect(bits(got), memory).toBe(expected);
  }
  const scoreRow = createRowScorer(ensemble, startSums(1, scores));
  const rowScores = new Float64Array(rows * scores);
  for (let row = 0; row < rows; row += 1) scoreRow(data.subarray(row * columns.length, (row + 1) * columns.length), rowScores.subarray(row * scores, (row + 1) * scores));
  expect(bits(rowScores)).toBe(expected);
  // the first calls walk, later ones are compiled
  for (let time = 0; time < 3; time += 1) {
    expect(bits(sumTrees(ensemble, columns, rows, startSums(1, scores)))).toBe(expected);
    const got = startSums(rows, scores);
    addTrees(ensemble, data, columns.length, got, scores);
    expect(bits(got)).toBe(expected);
  }
}

const shapes: fc.Arbitrary<EnsembleShape> = fc.record({
  seed: fc.nat(),
  trees: fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constantFrom(511, 513, 600)),
  mostLeaves: fc.constantFrom(1, 2, 7, 8, 9, 16, 17, 31, 32, 33, 64, 65, 200),
  width: fc.constantFrom(1, 2, 5, 20),
  outputs: fc.constantFrom(1, 1, 2, 3, 5),
  isChain: fc.boolean(),
  isFull: fc.boolean(),
});

describe('prediction', () => {
  it('has the bits of the plain walk, whatever the layout, the engine and the number of rows', () => {
    expect(() => fc.assert(
      fc.property(shapes, fc.constantFrom(1, 2, 3, 7, 8, 9, 100, 255, 257), fc.integer({ min: 1, max: 5 }), (shape, rows, scores) => {
        const ensemble = randomEnsemble(shape);
        expectSameBits(ensemble, randomColumns(ensemble, shape.width, rows, shape.seed + 1), rows, shape.outputs === 1 ? scores : shape.outputs);
      }),
      { numRuns: 100 },
    )).not.toThrow();
  });

  const cases: [string, EnsembleShape, ('masks' | 'nodes')[] | undefined][] = [
    ['8 leaves', { seed: 1, trees: 200, mostLeaves: 8, width: 6, outputs: 1 }, ['masks']],
    ['31 leaves', { seed: 2, trees: 300, mostLeaves: 31, width: 20, outputs: 1, isFull: true }, ['masks']],
    ['64 leaves with shares', { seed: 3, trees: 50, mostLeaves: 64, width: 20, outputs: 4 }, ['masks']],
    ['two sections', { seed: 4, trees: 600, mostLeaves: 31, width: 20, outputs: 1 }, ['masks', 'masks']],
    ['large trees', { seed: 5, trees: 20, mostLeaves: 3000, width: 20, outputs: 3, isFull: true }, ['nodes']],
    ['a chain of 2,000 splits', { seed: 6, trees: 8, mostLeaves: 2000, width: 3, outputs: 1, isChain: true }, ['nodes']],
    ['many features', { seed: 7, trees: 40, mostLeaves: 31, width: 1500, outputs: 1, isFull: true }, ['nodes']],
    ['more features than ranks have places', { seed: 8, trees: 300, mostLeaves: 31, width: 3000, outputs: 1, isFull: true }, undefined],
    ['more than 65,535 nodes in each of three trees', { seed: 9, trees: 3, mostLeaves: 40_000, width: 2, outputs: 2, isFull: true }, ['nodes']],
    ['more thresholds of a feature than a section takes', { seed: 10, trees: 5, mostLeaves: 50_000, width: 1, outputs: 1, isFull: true }, ['nodes', 'nodes', 'nodes', 'nodes', 'nodes']],
    ['more thresholds in one tree than there are ranks', { seed: 11, trees: 8, mostLeaves: 170_000, width: 1, outputs: 1, isFull: true }, undefined],
  ];
  it.each(cases)('of %s', (_, shape, layouts) => {
    const ensemble = randomEnsemble(shape);
    expect(compileEnsemble(ensemble, { hasKernels: true })?.map(({ layout }) => layout.kind)).toEqual(layouts);
    if (layouts === undefined) expect(createEnsemblePredictor(ensemble, { scores: shape.outputs })).toBeUndefined();
    else expectSameBits(ensemble, randomColumns(ensemble, shape.width, 40, 3), 40, shape.outputs === 1 ? 3 : shape.outputs);
  });

  it('of several ensembles in turn, more than have room', () => {
    const ensembles = Array.from({ length: 12 }, (_, seed) => randomEnsemble({ seed, trees: 9, mostLeaves: seed % 2 === 0 ? 20 : 90, width: 4, outputs: 1 }));
    const columns = randomColumns(ensembles[0], 4, 300, 1);
    const predictors = ensembles.map((ensemble) => createEnsemblePredictor(ensemble, { scores: 1 }));
    for (let time = 0; time < 3; time += 1) {
      predictors.forEach((predictor, i) => {
        const [got, expected] = [new Float64Array(300), new Float64Array(300)];
        predictor?.add((feature, begin, end, to, at) => to.set(columns[feature].subarray(begin, end), at), got);
        walkTrees(ensembles[i], rowMajor(columns, 300), 4, expected, 1);
        expect(bits(got)).toBe(bits(expected));
      });
    }
  });

  it('takes a threshold that is not a number as one that no value is below', () => {
    const ensemble = randomEnsemble({ seed: 1, trees: 9, mostLeaves: 9, width: 2, outputs: 1 });
    const odd = { ...ensemble, thresholds: ensemble.thresholds.map((threshold) => (threshold === 0 ? Number.NaN : threshold)) };
    expect(createEnsemblePredictor(odd, { scores: 1 })).toBeUndefined();
    const columns = randomColumns(ensemble, 2, 500, 1);
    const sums = new Float64Array(500);
    walkTrees(odd, rowMajor(columns, 500), 2, sums, 1);
    expect(bits(sumTrees(odd, columns, 500, new Float64Array(1)))).toBe(bits(sums));
  });
});
