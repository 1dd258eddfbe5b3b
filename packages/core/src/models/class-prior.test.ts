import { describe, expect, it } from 'vitest';
import { PRIOR } from './class-prior.js';
import type { FitOptions, TrainingData } from './classifier.js';

const data: TrainingData = {
  features: { names: ['a'], columns: [Float64Array.of(1, 2, 3, 4)], length: 4 },
  labels: Int8Array.of(1, 1, 0, 1),
};
const shares = (options: Partial<FitOptions> = {}, sampleWeights?: Float64Array): number[] =>
  Array.from(PRIOR.fit(sampleWeights === undefined ? data : { ...data, sampleWeights }, { seed: 0, ...options }).predictProba(data.features).slice(3, 6));

describe('class prior', () => {
  it('predicts class shares in each row', () => {
    expect(shares()).toEqual([0, 0.25, 0.75]);
  });

  it('counts sample weights and class weights', () => {
    expect(shares({}, Float64Array.of(1, 0, 3, 0))).toEqual([0, 0.75, 0.25]);
    expect(shares({ classWeights: [1, 3, 1] })).toEqual([0, 0.5, 0.5]);
    expect(shares({ classWeights: 'balanced' })).toEqual([0, 0.5, 0.5]);
  });

  it('refuses weights that leave nothing, and hyper-parameters', () => {
    expect(() => shares({ classWeights: [1, 0, 0] })).toThrow(/add up to a finite number above zero/);
    expect(() => shares({ classWeights: [1, -1, 0] })).toThrow(/The `classWeights` option of fitClassifier must be/);
    expect(() => shares({ params: { C: 1 } })).toThrow(/Got "C"/);
  });

  it('is restored with the same bits, and refused when hostile', () => {
    const document: unknown = JSON.parse(JSON.stringify(PRIOR.fit(data, { seed: 0 }).serialize()));
    expect(Array.from(PRIOR.restore(document).predictProba(data.features).slice(0, 3))).toEqual([0, 0.25, 0.75]);
    for (const change of [{ shares: [0, 0.5, 0.6] }, { shares: [0, 1] }, { shares: [0, null, 1] }, { version: 2 }, { featureNames: ['a', 'a'] }, { featureNames: [] }]) {
      expect(() => PRIOR.restore({ ...(document as object), ...change }), JSON.stringify(change)).toThrow(expect.objectContaining({ code: 'CORRUPT' }));
    }
  });
});
