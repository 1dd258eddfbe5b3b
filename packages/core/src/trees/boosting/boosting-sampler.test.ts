import { describe, expect, it } from 'vitest';
import { checkBoostingParams } from './boosting-options.js';
import { createSampler } from './boosting-sampler.js';

const sampler = (params: object, seed = 1) => createSampler(100, 10, 3, seed, checkBoostingParams('test', params));

/** All rows of a round, those of the bag first. */
const rowsOf = (of: ReturnType<typeof sampler>, round: number): number[] => {
  const rows = new Int32Array(100);
  of.fillRows(rows, round);
  return [...rows];
};
const bagOf = (of: ReturnType<typeof sampler>, round: number): number[] => rowsOf(of, round).slice(0, of.bagSize);
const featuresOf = (of: ReturnType<typeof sampler>, round: number, score: number): number[] => [...(of.featuresOf(round, score) ?? [])];

describe('createSampler', () => {
  it('gives all rows and features by default', () => {
    const all = sampler({ baggingFraction: 0.5 });
    expect([all.bagSize, all.isRandom]).toEqual([100, false]);
    expect(rowsOf(all, 3)).toEqual(Array.from({ length: 100 }, (_, row) => row));
    expect(all.featuresOf(3, 1)).toBeUndefined();
  });

  it('draws rows anew every baggingFreq rounds, and puts the others behind them', () => {
    const own = { baggingFraction: 0.3, baggingFreq: 3 };
    const bags = [0, 1, 2, 3, 4, 5, 6].map((round) => bagOf(sampler(own), round));
    expect(bags[0]).toHaveLength(30);
    expect([bags[1], bags[2]]).toEqual([bags[0], bags[0]]);
    expect([bags[4], bags[5]]).toEqual([bags[3], bags[3]]);
    expect(bags[3]).not.toEqual(bags[0]);
    expect(bags[6]).not.toEqual(bags[3]);
    const all = rowsOf(sampler(own), 4);
    expect([...all].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, row) => row));
    for (const part of [all.slice(0, 30), all.slice(30)]) expect(part).toEqual([...part].sort((a, b) => a - b));
  });

  it('draws features anew for every tree, whatever was asked for before', () => {
    const one = sampler({ featureFraction: 0.4 });
    const drawn = [0, 1, 2].flatMap((round) => [0, 1, 2].map((score) => featuresOf(one, round, score).join()));
    expect(new Set(drawn).size).toBeGreaterThan(5);
    expect(one.featuresOf(0, 0)).toHaveLength(4);
    expect(featuresOf(sampler({ featureFraction: 0.4 }), 2, 1).join()).toBe(drawn[7]);
    expect(featuresOf(sampler({ featureFraction: 0.4 }, 2), 2, 1).join()).not.toBe(drawn[7]);
  });

  it('has at least one row and one feature', () => {
    const least = sampler({ featureFraction: 1e-9, baggingFraction: 1e-9, baggingFreq: 1 });
    expect(least.bagSize).toBe(1);
    expect(least.featuresOf(0, 0)).toHaveLength(1);
  });
});
