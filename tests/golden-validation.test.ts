// Metrics and walk-forward folds against scikit-learn 1.2.1 and the predecessor's fold boundaries.
import { expect, it } from 'vitest';
import {
  balancedAccuracy,
  brierScore,
  calibrationError,
  classBrierScores,
  classificationScores,
  classScores,
  cohensKappa,
  logLoss,
  lookBackLabels,
  matthewsCorrelation,
  purgedTrainingRows,
  rocAuc,
  rowBrierScores,
  walkForwardFolds,
} from '@forecastlab/core';
import { describeShared, readBytes, readCsvRows, sharedPath } from './support/shared.js';

interface MetricSet {
  readonly name: string;
  readonly y_true: number[];
  readonly y_pred: number[];
  readonly proba: number[][];
  readonly metrics: Readonly<Record<string, unknown>>;
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

/** Our value of every metric that the file knows, under the file's key. */
function ourMetrics({ y_true: labels, y_pred: predicted, proba }: MetricSet): Record<string, unknown> {
  const probabilities = Float64Array.from(proba.flat());
  const scores = classificationScores(labels, predicted);
  const classes = classScores(scores.confusion);
  const auc = rocAuc(labels, probabilities);
  const calibration = calibrationError(labels, probabilities);
  const found: Record<string, unknown> = {
    accuracy: scores.accuracy,
    balanced_accuracy_original: scores.balancedAccuracy,
    balanced_accuracy_sklearn: balancedAccuracy(scores.confusion),
    cohen_kappa: cohensKappa(scores.confusion),
    mcc: matthewsCorrelation(scores.confusion),
    confusion_matrix: scores.confusion,
    log_loss: logLoss(labels, probabilities),
    brier_per_class: classBrierScores(labels, probabilities),
    brier_multiclass_sum: brierScore(labels, probabilities),
    roc_auc_ovr_macro: auc.macro,
    roc_auc_per_class: auc.perClass,
    // scikit-learn refuses where we say null
    roc_auc_error: auc.macro === null ? 'Only one class present in y_true. ROC AUC score is not defined in that case.' : null,
    ece10: calibration.expected,
    mce10: calibration.largest,
    ece_bins: calibration.bins.map(({ bin, rows, accuracy, confidence }) => ({ bin, n: rows, accuracy, confidence })),
  };
  for (const score of ['precision', 'recall', 'f1'] as const) {
    found[`${score}_macro`] = scores[score];
    found[`${score}_weighted`] = classes.reduce((sum, k) => sum + (k.rows / labels.length) * k[score], 0);
    // every row has one label and one answer, so that all three are the share of right answers
    found[`${score}_micro`] = scores.accuracy;
    found[`${score}_per_class`] = classes.map((k) => k[score]);
  }
  return found;
}

/** All numbers (and nulls, and texts) inside a value, with where they stand. */
function leaves(value: unknown, path: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}

describeShared('metrics.json.gz', () => {
  it('every key of every set agrees to 1e-12, degenerate ones included', () => {
    const { sets } = readJson<{ sets: MetricSet[] }>('metrics.json.gz');
    let compared = 0;
    let largest = 0;
    for (const set of sets) {
      const ours = ourMetrics(set);
      expect(Object.keys(ours).sort(), set.name).toEqual(Object.keys(set.metrics).sort());
      const mine = new Map(leaves(ours, set.name));
      const theirs = leaves(set.metrics, set.name);
      expect(mine.size, set.name).toBe(theirs.length);
      for (const [path, expected] of theirs) {
        const found = mine.get(path);
        compared += 1;
        if (typeof expected !== 'number' || typeof found !== 'number') {
          expect(found, path).toBe(expected);
          continue;
        }
        expect(Math.abs(found - expected), `${path}: ${found} against ${expected}`).toBeLessThan(1e-12);
        largest = Math.max(largest, Math.abs(found - expected));
      }
    }
    expect(sets.length).toBe(17);
    // 27 keys, of which seven are lists: 9 counts, five times 3 classes, and 10 bins of 4 values
    expect(compared).toBe(17 * (27 - 7 + 9 + 5 * 3 + 40));
    expect(largest).toBeLessThan(1e-13);
  });

  it('the row-wise Brier scores add up', () => {
    for (const { y_true: labels, proba, metrics } of readJson<{ sets: MetricSet[] }>('metrics.json.gz').sets) {
      const rows = rowBrierScores(labels, Float64Array.from(proba.flat()));
      expect(rows.reduce((sum, score) => sum + score, 0) / labels.length).toBeCloseTo(metrics.brier_multiclass_sum as number, 12);
    }
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
