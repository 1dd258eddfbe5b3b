// Walk-forward evaluation: fit on the purged past of each fold, score on its test rows, stand beside the baselines.
// Everything that is fitted is fitted inside the fold, from its training rows alone.
import { ForecastLabError } from '../errors.js';
import type { ClassifierKind } from '../models/classifier.js';
import { fitClassifier, resolveKind } from '../models/classifiers.js';
import { selectRows } from '../models/select-rows.js';
import { checkEvaluationRows } from './check-evaluation-rows.js';
import type { FoldOutcome, WalkForwardEvaluationOptions } from './evaluation-options.js';
import { classShares } from './baselines.js';
import { classCounts, scoreProbabilities } from './scores.js';
import { foldTrainingRows, purgedTrainingRows } from './purge.js';
import { summarizeFolds } from './summarize-folds.js';
import type { Fold } from './walk-forward-folds.js';
import type { FoldEvaluation, WalkForwardEvaluation } from './walk-forward-evaluation.js';

/**
 * Fits and scores a model fold by fold, with baselines, skill against class shares, its interval and a verdict.
 * Throws BAD_DATA when rows disagree or a fold has no training rows left after the purge, INTERRUPTED on `signal`.
 */
export async function evaluateWalkForward(options: WalkForwardEvaluationOptions): Promise<WalkForwardEvaluation> {
  const { folds, signal, onFold } = options;
  checkEvaluationRows(options.rows, folds, options.close);
  const kind = resolveKind(options.modelKind);
  const outcomes: FoldOutcome[] = [];
  for (const fold of folds) {
    if (signal?.aborted === true) throw new ForecastLabError('INTERRUPTED', `The evaluation was stopped after ${outcomes.length} of ${folds.length} folds.`);
    const outcome = evaluateFold(fold, kind, options);
    outcomes.push(outcome);
    await onFold?.({ done: outcomes.length, total: folds.length, fold: outcome.evaluation });
  }
  return summarizeFolds(outcomes, kind.kind, options);
}

function evaluateFold(fold: Fold, kind: ClassifierKind, options: WalkForwardEvaluationOptions): FoldOutcome {
  const { features, labels, rows, openTimeMs, spanEnd } = options.rows;
  const before = foldTrainingRows(fold);
  const training = (options.isPurged ?? true) ? purgedTrainingRows(fold, rows, spanEnd) : before;
  if (training.length === 0) {
    throw new ForecastLabError('BAD_DATA', `Fold ${fold.fold} has no training rows left after the purge.`, {
      hint: 'Start with more training rows than the horizon has bars.',
      details: { fold: fold.fold, rowsBefore: before.length },
    });
  }
  const classifier = fitClassifier(
    kind,
    { features: selectRows(features, training), labels: Int8Array.from(training, (row) => labels[row]) },
    { ...options.fitOptions, seed: options.seed },
  );
  const testRows = Int32Array.from({ length: fold.testEndIx - fold.testStartIx + 1 }, (_, i) => fold.testStartIx + i);
  const testLabels = labels.slice(fold.testStartIx, fold.testEndIx + 1);
  const modelProbabilities = classifier.predictProba(selectRows(features, testRows));
  const prior = classShares(labels, training);
  const priorProbabilities = Float64Array.from({ length: 3 * testRows.length }, (_, i) => prior[i % 3]);
  const evaluation: FoldEvaluation = {
    ...fold,
    trainStartMs: openTimeMs[training[0]],
    trainEndMs: openTimeMs[training[training.length - 1]],
    testStartMs: openTimeMs[fold.testStartIx],
    testEndMs: openTimeMs[fold.testEndIx],
    trainRows: training.length,
    purgedRows: before.length - training.length,
    trainClassCounts: classCounts(Int8Array.from(training, (row) => labels[row])),
    testClassCounts: classCounts(testLabels),
    model: scoreProbabilities(testLabels, modelProbabilities),
    prior: scoreProbabilities(testLabels, priorProbabilities),
  };
  return { evaluation, modelProbabilities, priorProbabilities };
}
