// The cheap part of an evaluation: scores of a fold's predictions beside those of the rules that need no model.
import type { EvaluationRows } from './evaluation-options.js';
import { foldBaselines, type FoldBaseline } from '../baselines/fold-baselines.js';
import type { FoldData } from './fold-data.js';
import type { FoldPrediction } from './predict-fold.js';
import { classCounts, scoreProbabilities } from '../metrics/scores.js';
import type { Candidate } from '../../labels/candidate.js';
import type { FoldEvaluation } from './walk-forward-evaluation.js';

/** One fold's result with the probabilities behind it. */
export interface FoldOutcome {
  readonly evaluation: FoldEvaluation;
  readonly prediction: FoldPrediction;
  /** Class shares ('prior') first. */
  readonly baselines: readonly FoldBaseline[];
}

/** Scores `prediction`; `close`: [bars] closing prices for the look-back rule. */
export function scoreFold(
  { fold, training, test }: Pick<FoldData, 'fold' | 'training' | 'test'>,
  prediction: FoldPrediction,
  { rows: data, candidate, close, seed }: { readonly rows: EvaluationRows; readonly candidate: Candidate; readonly close?: Float64Array | undefined; readonly seed: number },
): FoldOutcome {
  const { labels, openTimeMs, rows, spanEnd } = data;
  const testLabels = Int8Array.from(test, (row) => labels[row]);
  const baselines = foldBaselines({ labels, rows, spanEnd, training, test, candidate, seed, ...(close === undefined ? {} : { close }) });
  const evaluation: FoldEvaluation = {
    ...fold,
    trainStartMs: openTimeMs[training[0]],
    trainEndMs: openTimeMs[training[training.length - 1]],
    testStartMs: openTimeMs[fold.testStartIx],
    testEndMs: openTimeMs[fold.testEndIx],
    trainRows: training.length,
    purgedRows: fold.trainEndIx - fold.trainStartIx + 1 - training.length,
    trainClassCounts: classCounts(Int8Array.from(training, (row) => labels[row])),
    testClassCounts: classCounts(testLabels),
    model: scoreProbabilities(testLabels, prediction.model),
    prior: scoreProbabilities(testLabels, baselines[0].probabilities),
  };
  return { evaluation, prediction, baselines };
}
