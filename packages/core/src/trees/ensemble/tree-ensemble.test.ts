import { describe, expect, it } from 'vitest';
import { addTrees, leafOf, sumTrees } from './predict.js';
import { joinEnsembles, TreeEnsembleBuilder } from './tree-ensemble.js';

/** One split at `threshold` on feature 0: `low` at or below it, else `high`. */
function stump(threshold: number, isMissingLeft: boolean, low: number, high: number) {
  const builder = new TreeEnsembleBuilder(1);
  builder.beginTree();
  const split = builder.addSplit(0, threshold, isMissingLeft, 5, threshold * 10);
  builder.addLeaf([low], 2);
  builder.beginRight(split);
  builder.addLeaf([high], 3);
  return builder.build();
}

describe('a tree', () => {
  it('sends a value at the threshold left, and a missing one where it says', () => {
    const data = Float64Array.of(1, 1.5, 2, Number.NaN);
    expect([0, 1, 2, 3].map((at) => leafOf(stump(1.5, true, 0, 0), 0, data, at))).toEqual([1, 1, 2, 1]);
    expect([0, 1, 2, 3].map((at) => leafOf(stump(1.5, false, 0, 0), 0, data, at))).toEqual([1, 1, 2, 2]);
  });

  it('has no negative zeros, which JSON would lose', () => {
    const { thresholds, values } = stump(-0, true, -0, 1);
    expect(Object.is(thresholds[0], 0)).toBe(true);
    expect(Object.is(values[0], 0)).toBe(true);
  });
});

describe('joined ensembles', () => {
  const parts = [stump(1, true, 10, 20), stump(2, false, 30, 40), stump(3, true, 50, 60)];

  it('add up to what their parts do', () => {
    const columns = [Float64Array.of(0, 1.5, 2.5, 9, Number.NaN)];
    const whole = sumTrees(joinEnsembles(1, parts), columns, 5, Float64Array.of(100));
    expect([...whole]).toEqual([190, 200, 210, 220, 200]);
    const sums = new Float64Array(5).fill(100);
    for (const part of parts) addTrees(part, columns[0], 1, sums, 1);
    expect([...sums]).toEqual([...whole]);
  });

  it('keep the gains of splits; leaves have none', () => {
    expect([...joinEnsembles(1, parts).gains]).toEqual([10, 0, 0, 20, 0, 0, 30, 0, 0]);
  });

  it('give tree t to class t mod classes', () => {
    expect([...sumTrees(joinEnsembles(1, parts), [Float64Array.of(9)], 1, Float64Array.of(1, 2, 3))]).toEqual([21, 42, 63]);
  });

  it('may be none', () => {
    expect([...sumTrees(joinEnsembles(1, []), [Float64Array.of(9)], 1, Float64Array.of(1, 2))]).toEqual([1, 2]);
  });
});
