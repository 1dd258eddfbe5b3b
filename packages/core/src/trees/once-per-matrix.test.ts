import { afterEach, describe, expect, it, vi } from 'vitest';
import { sampleProblem } from '../../../../tests/support/sample-problem.js';
import { findBinBounds } from './binning/bin-bounds.js';
import type * as BinBounds from './binning/bin-bounds.js';
import { binMatrix } from './binning/binned-matrix.js';
import { fitBoosting } from './boosting/boosting.js';
import { fitForest } from './forest/forest.js';
import { oncePerMatrix } from './once-per-matrix.js';
import { rankMatrix } from './forest/ranked-matrix.js';

vi.mock('./binning/bin-bounds.js', async (original) => {
  const module = await original<typeof BinBounds>();
  return { ...module, findBinBounds: vi.fn<typeof findBinBounds>(module.findBinBounds) };
});

const width = 4;
const problem = () => sampleProblem(11, 200, width, { missing: 0.1 });
const fit = ({ matrix }: ReturnType<typeof problem>, shift: number, params: object = {}, weights?: Float64Array) =>
  fitBoosting(matrix, problem().classIndexes.map((index) => (index + shift) % 3), { classes: 3, params: { numIterations: 5, ...params }, ...(weights && { weights }) });

afterEach(() => void vi.mocked(findBinBounds).mockClear());

describe('oncePerMatrix', () => {
  it('computes once per object and key', () => {
    const compute = vi.fn<(matrix: object, factor: number) => { value: number }>((_, factor) => ({ value: factor }));
    const once = oncePerMatrix(compute, String);
    const { matrix } = problem();
    expect(once(matrix, 1)).toBe(once(matrix, 1));
    expect(once(matrix, 2)).toEqual({ value: 2 });
    expect(once({ ...matrix }, 1)).not.toBe(once(matrix, 1));
    expect(compute).toHaveBeenCalledTimes(3);
  });

  it('lets fits on one matrix share its bins, and they are the fits that each matrix of its own gives', () => {
    const shared = problem();
    const models = [0, 1, 2].map((shift) => fit(shared, shift));
    expect(findBinBounds).toHaveBeenCalledTimes(width);
    expect([0, 1, 2].map((shift) => fit(problem(), shift))).toEqual(models);
    expect(findBinBounds).toHaveBeenCalledTimes(4 * width);
  });

  it('bins anew for other bins, and where rows of weight 0 leave another matrix', () => {
    const shared = problem();
    const plain = fit(shared, 0);
    const coarse = fit(shared, 0, { maxBin: 16 });
    expect(findBinBounds).toHaveBeenCalledTimes(2 * width);
    expect(fit(shared, 0, { minDataInBin: 20 })).not.toEqual(plain);
    expect(fit(shared, 0, { numLeaves: 5 })).not.toEqual(plain); // the same bins
    expect(findBinBounds).toHaveBeenCalledTimes(3 * width);
    expect(coarse).toEqual(fit(problem(), 0, { maxBin: 16 }));
    const weights = Float64Array.from({ length: 200 }, (_, row) => row % 2);
    expect(fit(shared, 0, {}, weights)).toEqual(fit(problem(), 0, {}, weights));
    expect(binMatrix(shared.matrix, { maxBin: 16, minDataInBin: 3 })).toBe(binMatrix(shared.matrix, { maxBin: 16, minDataInBin: 3 }));
  });

  it('lets forests on one matrix share its ranks', () => {
    const shared = problem();
    const grow = ({ matrix }: ReturnType<typeof problem>, seed: number) => fitForest(matrix, shared.classIndexes, { classes: 3, seed, params: { nEstimators: 3 } });
    expect(rankMatrix(shared.matrix)).toBe(rankMatrix(shared.matrix));
    expect([grow(shared, 1), grow(shared, 2)]).toEqual([grow(problem(), 1), grow(problem(), 2)]);
  });
});
