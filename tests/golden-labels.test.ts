// Labels against pandas: every label, upswing and drawdown of the reference files must be the same double.
import { createKlines, type Klines, labelReversals, parseCandidate, type LabelOptions, type ReversalLabels } from '@forecastlab/core';
import { describe, expect, it } from 'vitest';
import { describeShared, fixturePath, readCsvRows, sharedPath } from './support/shared.js';

type Row = Record<string, string>;

const OPTIONS: Readonly<Record<string, LabelOptions>> = {
  legacy: { window: 'trailing', tieBreak: 'upswing' },
  upwins: { tieBreak: 'upswing' },
  first: {},
  larger: { tieBreak: 'larger' },
};

function klinesOfCloses(rows: readonly Row[]): Klines {
  const klines = createKlines(rows.length);
  rows.forEach((row, i) => (klines.close[i] = Number(row.close)));
  return klines;
}

const cell = (text: string | undefined): number => (text === undefined || text === '' ? Number.NaN : Number(text));

/** Compares each label column of the reference with ours; gives the number of cells compared. */
function compareColumns(klines: Klines, reference: readonly Row[]): number {
  let compared = 0;
  const same = (column: string, ours: Float64Array): void => {
    const theirs = Float64Array.from(reference, (row) => cell(row[column]));
    const differing = ours.findIndex((value, i) => !Object.is(value + 0, theirs[i] + 0));
    expect(differing === -1 ? 'same' : `${column} row ${differing}: ${ours[differing]} against ${theirs[differing]}`).toBe('same');
    compared += ours.length;
  };
  for (const column of Object.keys(reference[0] as Row)) {
    const labels = /^(legacy|upwins|first|larger)_(T\d+_X\d+)$/.exec(column);
    if (labels !== null) same(column, labelReversals(klines, parseCandidate(labels[2]), OPTIONS[labels[1]]).label);
    const moves = /^(fwd|leg)_(up|dd)_T(\d+)$/.exec(column);
    if (moves !== null) {
      const made: ReversalLabels = labelReversals(klines, parseCandidate(`T${moves[3]}_X8`), moves[1] === 'leg' ? OPTIONS.legacy : {});
      same(column, moves[2] === 'up' ? made.upswing : made.drawdown);
    }
  }
  return compared;
}

describeShared('labels of the real BTCUSDT file', () => {
  const reference = readCsvRows(sharedPath('golden/labels.csv.gz'));
  const klines = klinesOfCloses(reference);

  it('equal every column of labels.csv.gz', () => {
    const compared = compareColumns(klines, reference);
    console.log(`golden labels: ${compared} values compared, all equal`);
    expect(compared).toBe(2903 * 96);
  });

  it('have the class counts of label_counts.csv', () => {
    for (const counts of readCsvRows(sharedPath('golden/label_counts.csv'))) {
      const candidate = parseCandidate(`T${counts.T}_X${Math.round(Number(counts.X) * 100)}`);
      for (const [rule, options] of Object.entries(OPTIONS)) {
        const { label } = labelReversals(klines, candidate, options);
        for (const value of [-1, 0, 1]) expect(label.filter((l) => l === value).length).toBe(Number(counts[`${rule}_${value}`]));
        expect(label.filter((l) => Number.isNaN(l)).length).toBe(Number(counts[`${rule}_nan`]));
      }
    }
  });
});

describe('labels of the synthetic bars', () => {
  it('equal every column of the reference', () => {
    const rows = readCsvRows(fixturePath('synthetic/klines.csv'));
    const reference = readCsvRows(fixturePath('synthetic/labels.csv'));
    expect(reference.map((row) => row.open_time_ms)).toEqual(rows.map((row) => row.open_time_ms));
    expect(compareColumns(klinesOfCloses(rows), reference)).toBe(600 * 18);
  });
});
