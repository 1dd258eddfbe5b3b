// All scores of one set of predictions, with probabilities or without.
import { classificationScores, mostProbableLabels } from './classification-scores.js';
import { brierScore, logLoss } from './probability-scores.js';
import type { Scores } from './walk-forward-evaluation.js';

/** Scores of probabilities [rows × 3] against labels [rows]; the predicted label is the most probable one. */
export function scoreProbabilities(labels: Int8Array, probabilities: Float64Array): Scores {
  return {
    ...scoreLabels(labels, mostProbableLabels(probabilities)),
    logLoss: logLoss(labels, probabilities),
    brier: brierScore(labels, probabilities),
  };
}

/** Scores of a rule that gives labels only. */
export function scoreLabels(labels: Int8Array, predicted: Int8Array): Scores {
  return { ...classificationScores(labels, predicted), rows: labels.length, predictedCounts: classCounts(predicted), logLoss: null, brier: null };
}

/** Rows by class, in CLASSES order. */
export function classCounts(labels: Int8Array): number[] {
  const counts = [0, 0, 0];
  for (const label of labels) counts[label + 1] += 1;
  return counts;
}
