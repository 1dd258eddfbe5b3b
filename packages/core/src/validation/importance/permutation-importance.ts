// Permutation importance (Breiman 2001; "mean decrease accuracy" in López de Prado 2018, 8.3.2) on walk-forward folds: how much worse the
// forecasts of bars that the model has not seen become when one feature's values change places among the test rows.
// The model of each fold is fitted once, on purged training rows; nothing is permuted in those.
import { ForecastLabError, optionError } from '../../errors.js';
import type { FeatureMatrix } from '../../features/feature-table.js';
import { resolveKind } from '../../models/classifiers.js';
import { createRandom } from '../../numeric/random.js';
import { rowBrierScores, rowLogLosses } from '../metrics/probability-scores.js';
import { lossGains } from '../skill/block-bootstrap.js';
import { checkEvaluationRows } from '../walk-forward/check-evaluation-rows.js';
import { foldData } from '../walk-forward/fold-data.js';
import type { FoldData } from '../walk-forward/fold-data.js';
import { fitFold } from '../walk-forward/predict-fold.js';
import { scoreFold } from '../walk-forward/score-fold.js';
import type { FoldOutcome } from '../walk-forward/score-fold.js';
import { summarizeFolds } from '../walk-forward/summarize-folds.js';
import { featureGroups } from './feature-groups.js';
import type { FeatureGroup } from './feature-groups.js';
import { IMPORTANCE_LOSSES } from './importance-report.js';
import type { PermutationImportance, PermutationImportanceOptions } from './importance-report.js';
import { permutedOrder } from './permuted-order.js';
import { rankFeatures } from './rank-features.js';
import type { FoldRises } from './rank-features.js';

/** Keeps this stream of random numbers apart from others of the same seed. */
const PERMUTED_FEATURES = 0x9e12;
const MOST_REPEATS = 1000;

/**
 * Importance of every feature, or group of features, of a model of any kind, with its spread over folds and an interval, beside an
 * evaluation of the same fits. Values change places within a fold's test rows only: a feature that hardly moves within a fold looks
 * unimportant, and of features that hang together each looks less important than all of them (see `groups`, correlatedGroups).
 * The same options give the same numbers; those of one feature do not depend on which others there are.
 * Throws BAD_OPTION, BAD_DATA as evaluateWalkForward does, INTERRUPTED on `signal`.
 * @example await permutationImportance({ rows, candidate, modelKind: 'gbdt', folds: defaultEvaluationPlan(rows.labels.length, candidate.T), seed: 42 })
 */
export async function permutationImportance(options: PermutationImportanceOptions): Promise<PermutationImportance> {
  const { rows, folds, signal, onFold, repeats = 5, blockRows = 1, loss = 'log-loss' } = options;
  const where = 'permutationImportance';
  if (!Number.isInteger(repeats) || repeats < 1 || repeats > MOST_REPEATS) throw optionError(where, 'repeats', `an integer from 1 to ${MOST_REPEATS}`, repeats);
  if (!Number.isSafeInteger(blockRows) || blockRows < 1) throw optionError(where, 'blockRows', 'an integer of at least 1', blockRows);
  if (!IMPORTANCE_LOSSES.includes(loss)) throw optionError(where, 'loss', `one of ${IMPORTANCE_LOSSES.join(', ')}`, loss);
  checkEvaluationRows(rows, folds, options.close);
  const groups = featureGroups(rows.features.names, options.groups ?? {});
  const model = { ...options, modelKind: resolveKind(options.modelKind) };
  const outcomes: FoldOutcome[] = [];
  const rises: FoldRises[] = [];
  for (const fold of folds) {
    if (signal?.aborted === true) throw new ForecastLabError('INTERRUPTED', `The permutation was stopped after ${outcomes.length} of ${folds.length} folds.`);
    const data = foldData(fold, rows, options);
    const predict = fitFold(data, Int8Array.from(data.training, (row) => rows.labels[row]), rows, model, options);
    const prediction = { model: predict(data.testFeatures), shuffled: null };
    outcomes.push(scoreFold(data, prediction, options));
    rises.push(permuteFold(data, prediction.model, predict, groups, { labels: rows.labels, seed: options.seed, repeats, blockRows, loss }));
    await onFold?.({ done: outcomes.length, total: folds.length });
  }
  const evaluation = summarizeFolds(outcomes, { ...options, modelKind: model.modelKind.kind });
  const ranked = rankFeatures(rises, groups, { labels: rows.labels, folds, T: options.candidate.T, seed: options.seed });
  return { loss, repeats, blockRows, ...ranked, evaluation, caution: evaluation.verdict.hasSkill ? null : NO_SKILL };
}

const NO_SKILL =
  'The model has no measurable skill on bars that it has not seen: what it leans on says little about the market. An importance tells what its forecasts react to, not that they are worth anything.';

interface PermutedFoldOptions {
  /** [all rows] */
  readonly labels: Int8Array;
  readonly seed: number;
  readonly repeats: number;
  readonly blockRows: number;
  readonly loss: PermutationImportance['loss'];
}

/** `unchanged`: [test rows × 3] probabilities, nothing permuted. */
function permuteFold({ fold, test, testFeatures }: FoldData, unchanged: Float64Array, predict: (features: FeatureMatrix) => Float64Array, groups: readonly FeatureGroup[], options: PermutedFoldOptions): FoldRises {
  const labels = Int8Array.from(test, (row) => options.labels[row]);
  const lossOf = (probabilities: Float64Array): Float64Array => (options.loss === 'brier' ? rowBrierScores : rowLogLosses)(labels, probabilities);
  const losses = lossOf(unchanged);
  // one order per repeat for all groups: their differences are then not those of luck
  const orders = Array.from({ length: options.repeats }, (_, repeat) => permutedOrder(test.length, options.blockRows, createRandom(options.seed, PERMUTED_FEATURES, fold.fold, repeat)));
  return { losses, rises: groups.map(({ features }) => orders.map((order) => lossGains(losses, lossOf(predict(permuteColumns(testFeatures, features, order)))))) };
}

function permuteColumns(matrix: FeatureMatrix, features: readonly string[], order: Int32Array): FeatureMatrix {
  const columns = matrix.columns.map((column, i) => (features.includes(matrix.names[i]) ? Float64Array.from(order, (row) => column[row]) : column));
  return { ...matrix, columns };
}
