import { describe, expect, it } from 'vitest';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { fitBoosting } from '../../trees/boosting/boosting.js';
import type { BoostingOptions } from '../../trees/boosting/boosting.js';
import { fitBoostingThreaded } from './fit-boosting-threaded.js';

// enough rows and features that every kernel's work is shared
const { matrix, classIndexes } = sampleProblem(3, 20_001, 37, { missing: 0.05 });

describe('fitBoostingThreaded', () => {
  it.each<[string, number, BoostingOptions]>([
    ['plain', 2, { classes: 3, params: { numIterations: 4 } }],
    ['more threads than processors', 5, { classes: 3, params: { numIterations: 2, numLeaves: 63 } }],
    ['drawn rows and features', 3, { classes: 3, seed: 7, params: { numIterations: 3, baggingFraction: 0.6, baggingFreq: 1, featureFraction: 0.9 } }],
    ['one score', 2, { objective: 'binary', params: { numIterations: 3, growPolicy: 'depth-wise' } }],
  ])('gives the bits of one thread: %s', async (_name, threads, options) => {
    const targets = options.objective === 'binary' ? classIndexes.map((index) => Number(index > 0)) : classIndexes;
    expect(await fitBoostingThreaded(matrix, targets, { ...options, threads })).toEqual(fitBoosting(matrix, targets, options));
  });

  it('gives the bits of one thread where features are many', async () => {
    const wide = sampleProblem(4, 1000, 300, { missing: 0.05 });
    const options = { classes: 3, params: { numIterations: 2, numLeaves: 7 } };
    expect(await fitBoostingThreaded(wide.matrix, wide.classIndexes, { ...options, threads: 3 })).toEqual(fitBoosting(wide.matrix, wide.classIndexes, options));
  });

  it('ends its threads when the fit fails', async () => {
    const onIteration = () => {
      throw new Error('enough');
    };
    await expect(fitBoostingThreaded(matrix, classIndexes, { classes: 3, threads: 2, onIteration })).rejects.toThrow('enough');
  });

  it('does small fits and those without WebAssembly on one thread', async () => {
    const small = sampleProblem(1, 50, 3);
    const options = { classes: 3, params: { numIterations: 3 } };
    const expected = fitBoosting(small.matrix, small.classIndexes, options);
    for (const own of [{ threads: 2 }, { threads: 1 }, { backend: 'js' as const }]) {
      expect(await fitBoostingThreaded(small.matrix, small.classIndexes, { ...options, ...own })).toEqual(expected);
    }
  });

  it('refuses bad options', async () => {
    await expect(fitBoostingThreaded(matrix, classIndexes, { classes: 3, threads: 0 })).rejects.toThrow(/`threads` option of fitBoostingThreaded must be an integer from 1 to 64. Got 0/);
    await expect(fitBoostingThreaded(matrix, [0], { classes: 3, threads: 2 })).rejects.toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  });
});
