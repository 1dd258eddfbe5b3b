import { describe, expect, it } from 'vitest';
import { checkBoostingParams } from './boosting-options.js';
import { createSampler } from './boosting-sampler.js';

const sampler = (params: object, seed = 1) => createSampler(100, 10, 3, seed, checkBoostingParams('test', params));

describe('createSampler', () => {
  it('gives all rows and features by default', () => {
    const all = sampler({ baggingFraction: 0.5 });
    expect([all.hasBag, all.isRandom]).toEqual([false, false]);
    expect(all.rowsOf(3)).toHaveLength(100);
    expect([...all.featuresOf(3, 1)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('draws rows anew every baggingFreq rounds', () => {
    const bags = [0, 1, 2, 3, 4, 5, 6].map((round) => sampler({ baggingFraction: 0.3, baggingFreq: 3 }).rowsOf(round));
    expect(bags[0]).toHaveLength(30);
    expect([bags[1], bags[2]]).toEqual([bags[0], bags[0]]);
    expect([bags[4], bags[5]]).toEqual([bags[3], bags[3]]);
    expect(bags[3]).not.toEqual(bags[0]);
    expect(bags[6]).not.toEqual(bags[3]);
  });

  it('draws features anew for every tree, whatever was asked for before', () => {
    const one = sampler({ featureFraction: 0.4 });
    const drawn = [0, 1, 2].flatMap((round) => [0, 1, 2].map((index) => one.featuresOf(round, index).join()));
    expect(new Set(drawn).size).toBeGreaterThan(5);
    expect(one.featuresOf(0, 0)).toHaveLength(4);
    expect(sampler({ featureFraction: 0.4 }).featuresOf(2, 1).join()).toBe(drawn[7]);
    expect(sampler({ featureFraction: 0.4 }, 2).featuresOf(2, 1).join()).not.toBe(drawn[7]);
  });

  it('has at least one row and one feature', () => {
    const least = sampler({ featureFraction: 1e-9, baggingFraction: 1e-9, baggingFreq: 1 });
    expect(least.rowsOf(0)).toHaveLength(1);
    expect(least.featuresOf(0, 0)).toHaveLength(1);
  });
});
