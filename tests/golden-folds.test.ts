// The predecessor's fold boundaries, with their dates, from the price file on: our rows, our label spans, our folds and purge.
// Its lists are judged by findLeaks too: those with forward labels and without purge leak T rows in every fold.
import { readFileSync } from 'node:fs';
import { buildTrainingTable, findLeaks, parseCandidate, parseKlinesCsv, purgedTrainingRows, trainingRows, walkForwardFolds } from '@forecastlab/core';
import { expect, it } from 'vitest';
import { describeShared, readBytes, sharedPath } from './support/shared.js';

interface FoldSet {
  readonly feature_set: 'baseline' | 'flow';
  readonly T: number;
  readonly kind: 'legacy' | 'forward' | 'forward_purged';
  readonly n: number;
  /** fold, then first and last row of training and test, then their open times */
  readonly folds: readonly (readonly number[])[];
}

describeShared('folds.json.gz, from the price file', () => {
  const golden = JSON.parse(readBytes(sharedPath('golden/folds.json.gz')).toString('utf8')) as { init_train: number; oos_window: number; step: number; sets: FoldSet[] };
  const file = sharedPath('data/binance/BTCUSDT_1d_forecastlab.csv');
  const { klines } = parseKlinesCsv(readFileSync(file), { fileName: file });

  it.each(golden.sets.map((set) => [set.feature_set, set.T, set.kind, set] as const))('%s, T = %i, %s', (features, T, kind, set) => {
    const isTrailing = kind === 'legacy';
    const candidate = parseCandidate(`T${T}_X8`);
    const table = buildTrainingTable(klines, { features, candidates: [candidate], labelOptions: isTrailing ? { window: 'trailing', tieBreak: 'upswing' } : {} });
    // the predecessor makes its trailing labels after it has dropped the warm-up, and so loses T - 1 rows more
    const { rows, spanEnd, openTimeMs } = trainingRows(table, candidate, isTrailing ? { firstBar: table.warmUpBars + T - 1 } : {});
    expect(rows.length).toBe(set.n);
    const folds = walkForwardFolds(rows.length, { initTrain: golden.init_train, oosWindow: golden.oos_window, step: golden.step });
    expect(folds.length).toBe(set.folds.length);
    folds.forEach((fold, i) => {
      const purged = purgedTrainingRows(fold, rows, spanEnd);
      const first = kind === 'forward_purged' ? purged[0] : fold.trainStartIx;
      const last = kind === 'forward_purged' ? purged[purged.length - 1] : fold.trainEndIx;
      const ends = [first, last, fold.testStartIx, fold.testEndIx];
      expect([fold.fold, ...ends, ...ends.map((row) => openTimeMs[row])]).toEqual(set.folds[i]);

      const [, trainStart, trainEnd, testStart, testEnd] = set.folds[i];
      const between = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, row) => from + row);
      const leaking = findLeaks({ train: between(trainStart, trainEnd), test: between(testStart, testEnd) }, { rows, spanEnd }).map(({ row }) => row);
      // a trailing label looks one bar ahead, and elsewhere back: the leak that makes it worthless is not one of the split
      const reach = { legacy: 1, forward: T, forward_purged: 0 }[kind];
      expect(leaking).toEqual(reach === 0 ? [] : between(testStart - reach, testStart - 1));
    });
  });

  it('are 24 sets', () => {
    expect(golden.sets.length).toBe(24);
  });
});
