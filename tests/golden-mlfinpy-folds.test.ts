// Purged k-fold against mlfinpy 0.1.2: its lists leak, because its test interval starts at the first test label's END, and
// findLeaks says which rows; a strict list that stands beside them is exactly what purgedKFold gives.
import { expect, it } from 'vitest';
import { findLeaks, purgedKFold } from '@forecastlab/core';
import { describeShared, readBytes, sharedPath } from './support/shared.js';

/** `test` holds the first and the last row. */
interface Lists {
  readonly test: readonly [number, number];
  readonly train: readonly number[];
}

interface Case {
  readonly n: number;
  readonly k: number;
  /** Embargo as a share of the rows. The strict lists are without it. */
  readonly pct_embargo: number;
  readonly label_span_bars: number;
  readonly mlfinpy: readonly Lists[];
  readonly textbook_strict_overlap: readonly Lists[];
}

describeShared('purged k-fold lists of mlfinpy', () => {
  const { purged_kfold: cases } = JSON.parse(readBytes(sharedPath('data/afml/expected_mlfinpy.json')).toString('utf8')) as { purged_kfold: Case[] };

  const spansOf = ({ n, label_span_bars: span }: Case): { rows: Int32Array; spanEnd: Int32Array } => {
    const rows = Int32Array.from({ length: n }, (_, row) => row);
    return { rows, spanEnd: rows.map((bar) => bar + span) };
  };
  const between = ([first, last]: Lists['test']): number[] => Array.from({ length: last - first + 1 }, (_, i) => first + i);

  it('are two sets of three folds', () => {
    expect(cases.map(({ n, mlfinpy, textbook_strict_overlap: strict }) => [n, mlfinpy.length, strict.length])).toEqual([[20, 3, 3], [100, 3, 3]]);
  });

  it('leak the rows whose labels end inside the first test label, and findLeaks names just these', () => {
    for (const one of cases) {
      for (const { test, train } of one.mlfinpy) {
        const [first] = test;
        // labels of 2 bars: rows first-2 and first-1 look at the first test bar; before the first fold there are none
        const leaking = first === 0 ? [] : between([first - one.label_span_bars, first - 1]);
        expect(findLeaks({ train, test: between(test) }, spansOf(one)).map(({ row, reason }) => [row, reason])).toEqual(leaking.map((row) => [row, 'reaches-test']));
      }
    }
  });

  it('the strict lists do not leak and are those of purgedKFold', () => {
    for (const one of cases) {
      const splits = purgedKFold(spansOf(one), { folds: one.k });
      expect(splits.map(({ train, test }) => ({ train: Array.from(train), test: Array.from(test) }))).toEqual(
        one.textbook_strict_overlap.map(({ train, test }) => ({ train, test: between(test) })),
      );
      for (const { test, train } of one.textbook_strict_overlap) expect(findLeaks({ train, test: between(test) }, spansOf(one))).toEqual([]);
    }
  });

  it('behind the test block the embargo is counted as mlfinpy counts it, from the end of its labels', () => {
    for (const one of cases) {
      const splits = purgedKFold(spansOf(one), { folds: one.k, embargoBars: one.n * one.pct_embargo });
      splits.forEach(({ train, test }, fold) => {
        const last = test[test.length - 1];
        expect(Array.from(train).filter((row) => row > last)).toEqual(one.mlfinpy[fold].train.filter((row) => row > last));
      });
    }
  });
});
