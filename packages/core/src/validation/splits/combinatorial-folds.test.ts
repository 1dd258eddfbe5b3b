import { describe, expect, it } from 'vitest';
import { combinatorialFolds } from './combinatorial-folds.js';

const daily = (count: number, T: number) => {
  const rows = Array.from({ length: count }, (_, bar) => bar);
  return { rows, spanEnd: rows.map((bar) => bar + T) };
};

describe('combinatorialFolds', () => {
  it('2 of 6 groups: the 15 splits and 5 paths of the book', () => {
    const { groups, splits, paths } = combinatorialFolds(daily(600, 1));
    expect(groups.map(({ start, end }) => [start, end])).toEqual([[0, 100], [100, 200], [200, 300], [300, 400], [400, 500], [500, 600]]);
    expect(splits.length).toBe(15);
    expect(splits[0].testGroups).toEqual([0, 1]);
    expect(splits[14].testGroups).toEqual([4, 5]);
    // Advances in Financial Machine Learning, 12.3: the first path is (G1,S1) (G2,S1) (G3,S2) (G4,S3) (G5,S4) (G6,S5), and so on
    expect(paths.length).toBe(5);
    expect(paths[0].map((split) => split + 1)).toEqual([1, 1, 2, 3, 4, 5]);
    expect(paths[1].map((split) => split + 1)).toEqual([2, 6, 6, 7, 8, 9]);
  });

  it.each([[5, 1, 5, 1], [5, 4, 5, 4], [6, 3, 20, 10], [10, 2, 45, 9], [12, 6, 924, 462]])('%i groups, %i tested: %i splits, %i paths that use each prediction once', (groups, testGroups, splitCount, pathCount) => {
    const { splits, paths } = combinatorialFolds(daily(240, 1), { groups, testGroups });
    expect(splits.length).toBe(splitCount);
    expect(paths.length).toBe(pathCount);
    const used = new Set<string>();
    for (const path of paths) {
      expect(path.length).toBe(groups);
      path.forEach((split, group) => {
        expect(splits[split].testGroups).toContain(group);
        used.add(`${split}/${group}`);
      });
    }
    expect(used.size).toBe(splitCount * testGroups);
  });

  it('purges each test block by itself and leaves nothing out between neighbours', () => {
    const spans = daily(12, 1);
    const { splits } = combinatorialFolds(spans, { groups: 4, testGroups: 2 });
    const of = (chosen: string) => splits.find(({ testGroups }) => testGroups.join() === chosen) as (typeof splits)[number];
    // groups 0 to 2, 3 to 5, 6 to 8, 9 to 11; bar 3 is looked at by the label of bar 2
    expect(Array.from(of('0,2').train)).toEqual([4, 10, 11]);
    expect(Array.from(of('0,2').test)).toEqual([0, 1, 2, 6, 7, 8]);
    expect(Array.from(of('1,2').train)).toEqual([0, 1, 10, 11]);
    expect(Array.from(of('1,2').test)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(combinatorialFolds(spans, { groups: 4, testGroups: 2, embargoBars: 1 }).splits.map(({ train }) => Array.from(train))[1]).toEqual([11]);
  });

  it('throws when nothing is left, for too many splits, and for bad options', () => {
    expect(() => combinatorialFolds(daily(12, 2), { groups: 4, testGroups: 3 })).toThrow(
      expect.objectContaining({ code: 'BAD_DATA', message: 'combinatorialFolds: Split 1 (test groups 0, 1, 3) has no training rows left after the purge.' }),
    );
    expect(() => combinatorialFolds(daily(60, 1), { groups: 20, testGroups: 10 })).toThrow('must make at most 5000 splits. Got 10 of 20 groups');
    expect(combinatorialFolds(daily(600, 1), { groups: 100, testGroups: 2 }).splits.length).toBe(4950);
    expect(() => combinatorialFolds(daily(606, 1), { groups: 101, testGroups: 2 })).toThrow('at most 5000');
    expect(() => combinatorialFolds(daily(606, 1), { groups: 101, testGroups: 99 })).toThrow('at most 5000');
    expect(() => combinatorialFolds(daily(60, 1), { groups: 61 })).toThrow('`groups` option of combinatorialFolds must be an integer from 2 to the number of rows (60). Got 61.');
    expect(() => combinatorialFolds(daily(60, 1), { testGroups: 6 })).toThrow('`testGroups` option of combinatorialFolds must be an integer from 1 to groups - 1 (5). Got 6.');
    expect(() => combinatorialFolds(daily(60, 1), { embargoBars: 0.5 })).toThrow('`embargoBars`');
    expect(() => combinatorialFolds({ rows: [0, 1], spanEnd: [-1, 2] }, { groups: 2, testGroups: 1 })).toThrow('A label cannot end before its own bar');
  });
});
