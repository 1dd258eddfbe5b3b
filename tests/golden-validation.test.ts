// Metrics and walk-forward folds against scikit-learn 1.2.1 and the predecessor's fold boundaries.
import { expect, it } from 'vitest';
import { brierScore, classificationScores, logLoss, lookBackLabels, purgedTrainingRows, walkForwardFolds } from '@forecastlab/core';
import { describeShared, readBytes, readCsvRows, sharedPath } from './support/shared.js';

interface MetricSet {
  readonly name: string;
  readonly y_true: number[];
  readonly y_pred: number[];
  readonly proba: number[][];
  readonly metrics: Readonly<Record<string, number>> & { readonly confusion_matrix: number[][] };
}

interface FoldSet {
  readonly feature_set: string;
  readonly T: number;
  readonly kind: 'legacy' | 'forward' | 'forward_purged';
  readonly purge: number;
  readonly n: number;
  readonly n_folds: number;
  readonly folds: number[][];
}

function readJson<T>(name: string): T {
  return JSON.parse(readBytes(sharedPath('golden', name)).toString('utf8')) as T;
}

describeShared('metrics.json.gz', () => {
  it('every set agrees to 1e-12', () => {
    const { sets } = readJson<{ sets: MetricSet[] }>('metrics.json.gz');
    let compared = 0;
    let largest = 0;
    for (const { name, y_true: labels, y_pred: predicted, proba, metrics } of sets) {
      const scores = classificationScores(labels, predicted);
      const probabilities = Float64Array.from(proba.flat());
      const pairs: [string, number, number][] = [
        ['precision', scores.precision, metrics.precision_macro],
        ['recall', scores.recall, metrics.recall_macro],
        ['f1', scores.f1, metrics.f1_macro],
        ['accuracy', scores.accuracy, metrics.accuracy],
        ['balanced accuracy', scores.balancedAccuracy, metrics.balanced_accuracy_original],
        ['log loss', logLoss(labels, probabilities), metrics.log_loss],
        ['Brier', brierScore(labels, probabilities), metrics.brier_multiclass_sum],
      ];
      expect(scores.confusion, name).toEqual(metrics.confusion_matrix);
      for (const [metric, ours, theirs] of pairs) {
        expect(Math.abs(ours - theirs), `${metric} of ${name}: ${ours} against ${theirs}`).toBeLessThan(1e-12);
        largest = Math.max(largest, Math.abs(ours - theirs));
        compared += 1;
      }
    }
    expect(sets.length).toBe(17);
    expect(compared).toBe(17 * 7);
    expect(largest).toBeLessThan(1e-13);
  });
});

describeShared('folds.json.gz', () => {
  it('all boundaries agree, purge included', () => {
    const golden = readJson<{ init_train: number; oos_window: number; step: number; sets: FoldSet[] }>('folds.json.gz');
    let compared = 0;
    for (const { T, purge, n, folds: expected, n_folds: count } of golden.sets) {
      const folds = walkForwardFolds(n, { initTrain: golden.init_train, oosWindow: golden.oos_window, step: golden.step });
      expect(folds.length).toBe(count);
      // bars start at 20 to show that positions and bar indexes are not confused
      const rows = Int32Array.from({ length: n }, (_, row) => row + 20);
      const spanEnd = rows.map((bar) => bar + (purge > 0 ? T : 0));
      folds.forEach((fold, i) => {
        const training = purgedTrainingRows(fold, rows, spanEnd);
        expect([fold.fold, training[0], training[training.length - 1], fold.testStartIx, fold.testEndIx]).toEqual(expected[i].slice(0, 5));
        expect(training.length).toBe(expected[i][2] - expected[i][1] + 1);
        compared += 1;
      });
    }
    expect(golden.sets.length).toBe(24);
    expect(compared).toBe(golden.sets.reduce((sum, set) => sum + set.n_folds, 0));
  });
});

describeShared('label_analysis.csv', () => {
  it('the look-back rule agrees with the trailing labels exactly as often as it should', () => {
    const rows = readCsvRows(sharedPath('golden/labels.csv.gz'));
    const close = Float64Array.from(rows, (row) => Number(row.close));
    const analysis = readCsvRows(sharedPath('golden/label_analysis.csv'));
    for (const expected of analysis) {
      const [T, X] = [Number(expected.T), Number(expected.X)];
      const column = `legacy_T${T}_X${Math.round(100 * X)}`;
      const bars = Array.from(rows.keys()).filter((bar) => rows[bar][column] !== '');
      const scores = classificationScores(bars.map((bar) => Number(rows[bar][column])), lookBackLabels(close, bars, { T, X }));
      expect(bars.length).toBe(Number(expected.n));
      expect(scores.accuracy).toBe(Number(expected.rule_agree));
      expect(Math.abs(scores.f1 - Number(expected.rule_f1))).toBeLessThan(1e-14);
    }
    expect(analysis.length).toBe(20);
  });
});
