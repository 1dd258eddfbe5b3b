// All scores of one set of predictions, with probabilities or without.
import { calibrationError } from './calibration-error.js';
import { classificationScores, mostProbableLabels } from './classification-scores.js';
import { matthewsCorrelation } from './matthews-correlation.js';
import { brierScore, logLoss } from './probability-scores.js';
import { rocAuc } from './roc-auc.js';
import type { Scores } from '../walk-forward/walk-forward-evaluation.js';

/** Scores of probabilities [rows × 3] against labels [rows]; the predicted label is the most probable one. */
export function scoreProbabilities(labels: Int8Array, probabilities: Float64Array): Scores {
  return scoreRule(labels, mostProbableLabels(probabilities), probabilities);
}

/** Scores of a rule that gives labels [rows] and, from its record, probabilities [rows × 3]. */
export function scoreRule(labels: Int8Array, predicted: Int8Array, probabilities: Float64Array): Scores {
  return {
    ...scoreLabels(labels, predicted),
    logLoss: logLoss(labels, probabilities),
    brier: brierScore(labels, probabilities),
    rocAuc: rocAuc(labels, probabilities).macro,
    calibrationError: calibrationError(labels, probabilities).expected,
  };
}

/** Scores of a rule that gives labels only. */
export function scoreLabels(labels: Int8Array, predicted: Int8Array): Scores {
  const scores = classificationScores(labels, predicted);
  return {
    ...scores,
    rows: labels.length,
    predictedCounts: classCounts(predicted),
    logLoss: null,
    brier: null,
    rocAuc: null,
    calibrationError: null,
    matthewsCorrelation: matthewsCorrelation(scores.confusion),
  };
}

/** Rows by class, in CLASSES order. */
export function classCounts(labels: Int8Array): number[] {
  const counts = [0, 0, 0];
  for (const label of labels) counts[label + 1] += 1;
  return counts;
}
