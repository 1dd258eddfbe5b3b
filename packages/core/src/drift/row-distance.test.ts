import { describe, expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import { createReference } from './create-reference.js';
import { rankDistance } from './rank-distance.js';
import { leaveOneOutDistances, nearestDistance } from './row-distance.js';

const N = Number.NaN;

describe('nearestDistance', () => {
  it('is the root of the mean squared difference, in spreads, to the nearest row', () => {
    // rows (0, 0) and (3, 4) spreads; the row (3, 0): 3 / √2 and 4 / √2 away
    expect(nearestDistance([[0, 300], [0, 400]], [300, 0], [0, 1], 100)).toEqual({ distance: 3 / Math.SQRT2, nearest: 0 });
  });

  it('does not look at rows within 30 bars', () => {
    expect(nearestDistance([[0, 500]], [0], [100, 0], 130)).toEqual({ distance: 5, nearest: 1 });
    expect(nearestDistance([[0, 500]], [0], [100, 0], 131)).toEqual({ distance: 0, nearest: 0 });
    expect(nearestDistance([[0]], [0], [100], 100)).toEqual({ distance: Infinity, nearest: -1 });
  });

  it('takes 3 spreads for a missing value against another, none for two, and at most 10 for any', () => {
    expect(nearestDistance([[N]], [0], [0], 100).distance).toBe(3);
    expect(nearestDistance([[0]], [N], [0], 100).distance).toBe(3);
    expect(nearestDistance([[N]], [N], [0], 100).distance).toBe(0);
    expect(nearestDistance([[0]], [1e9], [0], 100).distance).toBe(10);
  });
});

describe('leaveOneOutDistances', () => {
  it('gives each row the distance to its nearest other one that is not near in time', () => {
    // the first two rows are alike and near in time: that does not count
    expect(leaveOneOutDistances([[0, 0, 100, 400]], [0, 10, 100, 200])).toEqual([1, 1, 1, 3]);
  });
});

describe('rankDistance', () => {
  const random = createRandom(3);
  const ROWS = 400;
  const columns = Array.from({ length: 5 }, () => Float64Array.from({ length: ROWS }, () => random.normal()));
  const inOrder = Int32Array.from({ length: ROWS }, (_, i) => i);
  const reference = createReference({ names: ['a', 'b', 'c', 'd', 'e'], columns, length: ROWS }, { groups: [inOrder], bars: Float64Array.from(inOrder), seed: 1, withDistances: true });

  it('finds rows like those of training near and others far, however large', () => {
    const far = (): number => Array.from({ length: 300 }, () => rankDistance(reference, columns.map(() => random.normal()), 1000)?.isFar).filter(Boolean).length;
    expect(far()).toBeLessThan(12);
    expect(rankDistance(reference, [9, 9, 9, 9, 9], 1000)).toMatchObject({ rank: 1, isFar: true });
    expect(rankDistance(reference, [1e300, 0, 0, 0, 0], 1000)).toMatchObject({ rank: 1, isFar: true });
    expect(rankDistance(reference, [N, N, N, N, N], 1000)).toMatchObject({ rank: 1, isFar: true });
  });

  it('names the row that is nearest', () => {
    const row = reference.sample.bars[17];
    expect(rankDistance(reference, columns.map((column) => column[row]), row + 500)).toMatchObject({ nearestBar: row, rank: 0 });
  });

  it('knows nothing without distances, or with few', () => {
    const { distances: _, ...sample } = reference.sample;
    expect(rankDistance({ ...reference, sample }, [0, 0, 0, 0, 0], 1000)).toBeUndefined();
    expect(rankDistance({ ...reference, sample: { ...sample, distances: [1, 2, 3] } }, [0, 0, 0, 0, 0], 1000)).toBeUndefined();
  });
});
