import { expect, it } from 'vitest';
import { loadMlRandomForest } from './load-ml-random-forest.js';

it('loads the installed package', async () => {
  const kind = await loadMlRandomForest();
  const data = { features: { names: ['a'], columns: [Float64Array.from({ length: 30 }, (_, i) => i)], length: 30 }, labels: Int8Array.from({ length: 30 }, (_, i) => (i < 15 ? -1 : 1)) };
  const probabilities = kind.fit(data, { seed: 1, params: { nEstimators: 5 } }).predictProba(data.features);
  expect(Array.from(probabilities.slice(0, 3))).toEqual([1, 0, 0]);
  expect(Array.from(probabilities.slice(-3))).toEqual([0, 0, 1]);
});

it('finds the exports under default', async () => {
  const real = await import('ml-random-forest');
  await expect(loadMlRandomForest({ importPackage: () => Promise.resolve({ default: real }) })).resolves.toMatchObject({ kind: 'ml-random-forest' });
});

it('names the way out when it is missing or strange', async () => {
  const missing = loadMlRandomForest({ importPackage: () => Promise.reject(new Error('Cannot find package')) });
  await expect(missing).rejects.toMatchObject({ code: 'BAD_OPTION', hint: expect.stringContaining('npm install ml-random-forest') });
  await expect(loadMlRandomForest({ importPackage: () => Promise.resolve({}) })).rejects.toMatchObject({ code: 'BAD_OPTION' });
});
