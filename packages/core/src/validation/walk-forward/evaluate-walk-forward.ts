// Walk-forward evaluation: fit on the purged past of each fold, score on its test rows, stand beside the baselines.
// Everything that is fitted is fitted inside the fold, from its training rows alone.
import { ForecastLabError } from '../../errors.js';
import { resolveKind } from '../../models/classifiers.js';
import { checkEvaluationRows } from './check-evaluation-rows.js';
import type { WalkForwardEvaluationOptions } from './evaluation-options.js';
import { foldData } from './fold-data.js';
import { isShuffledFold, predictFold } from './predict-fold.js';
import { type FoldOutcome, scoreFold } from './score-fold.js';
import { summarizeFolds } from './summarize-folds.js';
import type { WalkForwardEvaluation } from './walk-forward-evaluation.js';

/**
 * Fits and scores a model fold by fold, with baselines, skill against class shares, its interval and a verdict.
 * Throws BAD_DATA when rows disagree or a fold has no training rows left after the purge, INTERRUPTED on `signal`.
 */
export async function evaluateWalkForward(options: WalkForwardEvaluationOptions): Promise<WalkForwardEvaluation> {
  const { rows, folds, signal, onFold, shuffledFolds = 2 } = options;
  checkEvaluationRows(rows, folds, options.close);
  const model = { ...options, modelKind: resolveKind(options.modelKind) };
  const outcomes: FoldOutcome[] = [];
  for (const [index, fold] of folds.entries()) {
    if (signal?.aborted === true) throw new ForecastLabError('INTERRUPTED', `The evaluation was stopped after ${outcomes.length} of ${folds.length} folds.`);
    const data = foldData(fold, rows, options);
    const prediction = predictFold(data, rows, model, { isShuffledToo: isShuffledFold(index, folds.length, shuffledFolds), embargoBars: options.embargoBars });
    const outcome = scoreFold(data, prediction, options);
    outcomes.push(outcome);
    await onFold?.({ done: outcomes.length, total: folds.length, fold: outcome.evaluation });
  }
  return summarizeFolds(outcomes, { ...options, modelKind: model.modelKind.kind });
}
