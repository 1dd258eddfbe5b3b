import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isForecastLabError } from '../../errors.js';
import { combinatorialFolds } from './combinatorial-folds.js';
import { findLeaks } from './find-leaks.js';
import { foldTrainingRows, purgedTrainingRows } from './purge.js';
import { purgedKFold, type TrainTestSplit } from './purged-k-fold.js';
import type { RowSpans } from './row-spans.js';
import { walkForwardFolds } from './walk-forward-folds.js';

/** Rows with gaps between them, labels of one length or of any. */
const anySpans = fc
  .record({
    gaps: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 120, size: 'max' }),
    lengths: fc.oneof(fc.integer({ min: 0, max: 25 }).map((length) => [length]), fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 120, maxLength: 120 })),
  })
  .map(({ gaps, lengths }): RowSpans => {
    let bar = -1;
    const rows = gaps.map((gap) => (bar += gap));
    return { rows, spanEnd: rows.map((start, row) => start + lengths[row % lengths.length]) };
  });

/** Slow and plain: lists every bar that a row knows. */
function bruteLeaks({ train, test }: { train: ArrayLike<number>; test: ArrayLike<number> }, { rows, spanEnd }: RowSpans): number[] {
  const known = (row: number): number[] => Array.from({ length: spanEnd[row] - rows[row] + 1 }, (_, i) => rows[row] + i);
  const testBars = new Set(Array.from(test).flatMap(known));
  return [...new Set(Array.from(train))].filter((row) => known(row).some((bar) => testBars.has(bar))).sort((a, b) => a - b);
}

const leakingRows = (split: { train: ArrayLike<number>; test: ArrayLike<number> }, spans: RowSpans): number[] => findLeaks(split, spans).map(({ row }) => row);

/** All rows but the test, or those before it. */
const unpurged = (test: Int32Array, rowCount: number): number[] => Array.from({ length: rowCount }, (_, row) => row).filter((row) => !test.includes(row));

/** A purge may leave nothing; that is said, and no split. */
function splitsOrNone<Split>(make: () => readonly Split[]): readonly Split[] {
  try {
    return make();
  } catch (error) {
    if (isForecastLabError(error) && error.message.includes('no training rows left')) return [];
    throw error;
  }
}

/** Holds a purged and embargoed split to everything that it promises; gives the rows that leaked before the purge. */
function expectTight(split: TrainTestSplit, before: readonly number[], spans: RowSpans, embargoBars: number): number {
  const { rows, spanEnd } = spans;
  const leaking = leakingRows({ train: before, test: split.test }, spans);
  expect(leaking).toEqual(bruteLeaks({ train: before, test: split.test }, spans));
  expect(findLeaks(split, spans)).toEqual([]);
  const isTooClose = (row: number): boolean => split.test.some((tested) => rows[tested] < rows[row] && rows[row] - spanEnd[tested] <= embargoBars);
  expect(Array.from(split.train)).toEqual(before.filter((row) => !leaking.includes(row) && !isTooClose(row)));
  return leaking.length;
}

describe('findLeaks', () => {
  // rows at bars 10, 12, 13, 20, 21; labels of 2 bars
  const spans = { rows: [10, 12, 13, 20, 21], spanEnd: [12, 14, 15, 22, 23] };

  it('names each training row that shares bars with a test row, and why', () => {
    expect(findLeaks({ train: [4, 0, 1, 1], test: [2, 1] }, spans)).toEqual([
      { row: 0, testRow: 1, reason: 'reaches-test' },
      { row: 1, testRow: 1, reason: 'test-row' },
    ]);
    expect(findLeaks({ train: [2, 3, 4], test: [1] }, spans)).toEqual([{ row: 2, testRow: 1, reason: 'inside-test-label' }]);
    expect(findLeaks({ train: [3, 4], test: [0, 1, 2] }, spans)).toEqual([]);
    expect(findLeaks({ train: [], test: [0] }, spans)).toEqual([]);
    expect(findLeaks({ train: [0], test: [] }, spans)).toEqual([]);
  });

  it('refuses positions that are no rows', () => {
    expect(() => findLeaks({ train: [5], test: [0] }, spans)).toThrow('The `train` option of findLeaks must be a list of row positions from 0 to 4. Got 5.');
    expect(() => findLeaks({ train: [0], test: [Number.NaN] }, spans)).toThrow('`test`');
    expect(() => findLeaks({ train: [0], test: [1] }, { rows: [1, 0], spanEnd: [1, 1] })).toThrow('Row 1 is before row 0');
  });

  it('agrees with a list of all bars, for any rows in any order', () => {
    let leaks = 0;
    let clean = 0;
    fc.assert(
      fc.property(anySpans, fc.array(fc.nat(), { maxLength: 12 }), fc.array(fc.nat(), { maxLength: 12 }), (any, someTrain, someTest) => {
        const split = { train: someTrain.map((row) => row % any.rows.length), test: someTest.map((row) => row % any.rows.length) };
        const found = findLeaks(split, any);
        const expected = bruteLeaks(split, any);
        expect(found.map(({ row }) => row)).toEqual(expected);
        for (const { row, testRow, reason } of found) {
          expect(split.test).toContain(testRow);
          expect(bruteLeaks({ train: [row], test: [testRow] }, any)).toEqual([row]);
          expect(reason).toBe(split.test.includes(row) ? 'test-row' : testRow > row ? 'reaches-test' : 'inside-test-label');
        }
        leaks += expected.length;
        clean += split.train.length - expected.length;
      }),
      { numRuns: 500 },
    );
    expect(Math.min(leaks, clean)).toBeGreaterThan(300);
  });
});

describe('no split leaks, and the purge drops nothing else', () => {
  const embargoes = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 12 }));

  it('walk-forward: expanding, sliding, and refitting every few rows', () => {
    const window = fc.record({ initTrain: fc.integer({ min: 1, max: 60 }), window: fc.constantFrom<'expanding' | 'sliding'>('expanding', 'sliding'), trainWindow: fc.integer({ min: 1, max: 60 }) });
    const size = fc.integer({ min: 1, max: 30 });
    const blocks = fc.oneof(fc.record({ oosWindow: size, step: size }), fc.record({ refitEvery: size }));
    let leaked = 0;
    fc.assert(
      fc.property(anySpans, window, blocks, embargoes, (spans, some, more, embargoBars) => {
        const { rows, spanEnd } = spans;
        const folds = walkForwardFolds(rows.length, { ...some, ...more });
        if ('refitEvery' in more) expect(folds.flatMap((fold) => [fold.testStartIx, fold.testEndIx + 1]).filter((end, i, all) => end !== all[i - 1] && end !== all[i + 1])).toEqual(rows.length > some.initTrain ? [some.initTrain, rows.length] : []);
        for (const fold of folds) {
          const test = Int32Array.from({ length: fold.testEndIx - fold.testStartIx + 1 }, (_, i) => fold.testStartIx + i);
          const before = Array.from(foldTrainingRows(fold));
          const leaking = leakingRows({ train: before, test }, spans);
          expect(leaking).toEqual(bruteLeaks({ train: before, test }, spans));
          expect(Array.from(purgedTrainingRows(fold, rows, spanEnd))).toEqual(before.filter((row) => !leaking.includes(row)));
          const train = purgedTrainingRows(fold, rows, spanEnd, { embargoBars });
          expect(findLeaks({ train, test }, spans)).toEqual([]);
          // with n bars of embargo, n bars lie free between the label's last and the first test bar
          expect(Array.from(train)).toEqual(before.filter((row) => rows[test[0]] - spanEnd[row] - 1 >= embargoBars));
          leaked += leaking.length;
        }
      }),
      { numRuns: 300 },
    );
    expect(leaked).toBeGreaterThan(1000);
  });

  it('purged k-fold', () => {
    let leaked = 0;
    fc.assert(
      fc.property(anySpans, fc.integer({ min: 2, max: 10 }), embargoes, (spans, most, embargoBars) => {
        const folds = Math.min(most, spans.rows.length);
        const splits = splitsOrNone(() => purgedKFold(spans, { folds, embargoBars }));
        for (const split of splits) leaked += expectTight(split, unpurged(split.test, spans.rows.length), spans, embargoBars);
        if (splits.length > 0) expect(splits.flatMap(({ test }) => Array.from(test))).toEqual(Array.from(spans.rows, (_, row) => row));
      }),
      { numRuns: 300 },
    );
    expect(leaked).toBeGreaterThan(1000);
  });

  it('combinatorial', () => {
    let leaked = 0;
    fc.assert(
      fc.property(anySpans, fc.integer({ min: 2, max: 7 }), fc.nat(), embargoes, (spans, most, choice, embargoBars) => {
        const groups = Math.min(most, spans.rows.length);
        const testGroups = 1 + (choice % (groups - 1));
        const splits = splitsOrNone(() => combinatorialFolds(spans, { groups, testGroups, embargoBars }).splits);
        for (const split of splits) leaked += expectTight(split, unpurged(split.test, spans.rows.length), spans, embargoBars);
      }),
      { numRuns: 150 },
    );
    expect(leaked).toBeGreaterThan(1000);
  });
});
