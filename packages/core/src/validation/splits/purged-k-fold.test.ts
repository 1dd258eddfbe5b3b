import { describe, expect, it } from 'vitest';
import { purgedKFold } from './purged-k-fold.js';

const plain = (splits: ReturnType<typeof purgedKFold>): number[][][] => splits.map(({ train, test }) => [Array.from(train), Array.from(test)]);

describe('purgedKFold', () => {
  it('purges before and after each block', () => {
    // labels of 2 bars: the row at bar 2 reaches bar 4, the first test bar of the middle block; the test row at 7 reaches bar 9
    const rows = Array.from({ length: 12 }, (_, bar) => bar);
    const spanEnd = rows.map((bar) => bar + 2);
    expect(plain(purgedKFold({ rows, spanEnd }, { folds: 3 }))).toEqual([
      [[6, 7, 8, 9, 10, 11], [0, 1, 2, 3]],
      [[0, 1, 10, 11], [4, 5, 6, 7]],
      [[0, 1, 2, 3, 4, 5], [8, 9, 10, 11]],
    ]);
    // the embargo counts from bar 9 on, not from the block's end
    expect(plain(purgedKFold({ rows, spanEnd }, { folds: 3, embargoBars: 1 }))[1]).toEqual([[0, 1, 11], [4, 5, 6, 7]]);
  });

  it('goes by bars and by the largest label end of the block, not by positions or its last row', () => {
    // the test row at bar 12 waits until bar 30; the row at bar 31 shares nothing with it
    const rows = [10, 11, 12, 13, 29, 30, 31];
    const spanEnd = [11, 11, 30, 14, 30, 31, 40];
    expect(plain(purgedKFold({ rows, spanEnd }, { folds: 3 }))[0]).toEqual([[6], [0, 1, 2]]);
    expect(plain(purgedKFold({ rows, spanEnd: [11, 12, 13, 29, 30, 31, 32] }, { folds: 3 }))[1]).toEqual([[0, 1, 6], [3, 4]]);
  });

  it('makes five folds unless told, the first longer', () => {
    const rows = Array.from({ length: 12 }, (_, bar) => bar);
    expect(purgedKFold({ rows, spanEnd: rows }).map(({ test }) => test.length)).toEqual([3, 3, 2, 2, 2]);
  });

  it('throws when nothing is left, and for bad rows and options', () => {
    const rows = [0, 1, 2, 3];
    expect(() => purgedKFold({ rows, spanEnd: [4, 4, 4, 4] }, { folds: 2 })).toThrow(expect.objectContaining({ code: 'BAD_DATA', message: 'purgedKFold: Fold 0 has no training rows left after the purge.' }));
    expect(() => purgedKFold({ rows, spanEnd: rows }, { folds: 1 })).toThrow('The `folds` option of purgedKFold must be an integer from 2 to the number of rows (4). Got 1.');
    expect(() => purgedKFold({ rows, spanEnd: rows }, { folds: 5 })).toThrow('`folds`');
    expect(() => purgedKFold({ rows, spanEnd: rows }, { folds: 2, embargoBars: -1 })).toThrow('`embargoBars` option of purgedKFold must be an integer of at least 0. Got -1.');
    expect(() => purgedKFold({ rows, spanEnd: [1, 2] }, { folds: 2 })).toThrow('as many `spanEnd` as rows. Got 2 for 4 rows');
    expect(() => purgedKFold({ rows: [0, 3, 2, 3], spanEnd: [1, 4, 3, 4] }, { folds: 2 })).toThrow('Row 2 is before row 1');
    expect(() => purgedKFold({ rows, spanEnd: [1, 2, -1, 4] }, { folds: 2 })).toThrow('Row 2 is bar 2 with a label to -1');
    expect(() => purgedKFold({ rows, spanEnd: [1, 2, Number.NaN, 4] }, { folds: 2 })).toThrow('whole numbers');
  });
});
