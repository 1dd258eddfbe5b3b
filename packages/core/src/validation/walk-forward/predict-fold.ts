// The costly part of an evaluation: fit on a fold's training rows, predict its test rows. Everything that is fitted
// (bins, scalers, calibration, weights) is fitted here, from the training rows alone.
import { ForecastLabError } from '../../errors.js';
import { createRandom } from '../../numeric/random.js';
import { uniquenessWeights } from '../../labels/weights/uniqueness-weights.js';
import { fitCalibrated } from '../../models/calibration/fit-calibrated.js';
import type { FeatureMatrix } from '../../features/feature-table.js';
import type { Classifier } from '../../models/classifier.js';
import { predictRows } from '../../models/predict-rows.js';
import { allowUnseenClasses } from './allow-unseen-classes.js';
import type { EvaluationRows, FoldModel } from './evaluation-options.js';
import type { FoldData } from './fold-data.js';

/** Probabilities [test rows × 3] of one candidate in one fold. */
export interface FoldPrediction {
  readonly model: Float64Array;
  /** The same model fitted on shuffled labels; null in folds where that was not asked for. */
  readonly shuffled: Float64Array | null;
}

/** Fits `model` on a fold and predicts its test rows. `labels`: [rows] of one candidate. Throws what the model kind throws. */
export function predictFold(data: FoldData, rows: Pick<EvaluationRows, 'labels' | 'rows' | 'spanEnd'>, model: FoldModel, options: { readonly isShuffledToo: boolean; readonly embargoBars?: number | undefined }): FoldPrediction {
  const labels = Int8Array.from(data.training, (row) => rows.labels[row]);
  const fit = (trainingLabels: Int8Array): Float64Array => allowUnseenClasses(predictTest(data, fitOn(data, trainingLabels, rows, model, options.embargoBars), rows.rows), trainingLabels);
  return { model: fit(labels), shuffled: options.isShuffledToo ? fit(shuffle(labels, model.seed, data.fold.fold)) : null };
}

/**
 * Fits `model` on a fold's training rows with `labels` [training rows], and gives what predicts the probabilities [rows × 3] of any rows.
 * Throws what the model kind throws, and BAD_DATA for a model that looks back on earlier rows.
 */
export function fitFold(data: FoldData, labels: Int8Array, rows: Pick<EvaluationRows, 'rows' | 'spanEnd'>, model: FoldModel, options: { readonly embargoBars?: number | undefined }): (features: FeatureMatrix) => Float64Array {
  const classifier = fitOn(data, labels, rows, model, options.embargoBars);
  if ((classifier.contextRows ?? 0) > 0) {
    throw new ForecastLabError('BAD_DATA', `A ${classifier.kind} model looks back on earlier rows: what it makes of changed rows cannot be told row by row.`, {
      hint: 'Measure a kind of model that looks at one row, such as gbdt or mlp.',
    });
  }
  return (features) => allowUnseenClasses(classifier.predictProba(features), labels);
}

/** A model that looks back is given the features of the rows before the test, as in production; labels it never sees. */
function predictTest({ fold, features, test, testFeatures }: FoldData, model: Classifier, bars: Int32Array): Float64Array {
  const { contextRows = 0, kind } = model;
  if (contextRows === 0) return model.predictProba(testFeatures);
  const begin = test[0];
  if (begin < contextRows) {
    throw new ForecastLabError('BAD_DATA', `Fold ${fold.fold} tests from row ${begin} on; a ${kind} model looks back on ${contextRows} rows before each.`, {
      hint: 'Start with more training rows, or let the model look back on fewer.',
      details: { fold: fold.fold, contextRows },
    });
  }
  return predictRows(model, features, { begin, end: begin + test.length, bars });
}

function fitOn({ training, trainingFeatures }: FoldData, labels: Int8Array, rows: Pick<EvaluationRows, 'rows' | 'spanEnd'>, model: FoldModel, embargoBars = 0): Classifier {
  const spans = { rows: training.map((row) => rows.rows[row]), spanEnd: training.map((row) => rows.spanEnd[row]) };
  const sampleWeights = model.sampleWeighting === 'uniqueness' ? uniquenessWeights(spans) : undefined;
  return fitCalibrated(
    model.modelKind,
    { features: trainingFeatures, labels, ...spans, ...(sampleWeights === undefined ? {} : { sampleWeights }) },
    { ...model.fitOptions, seed: model.seed, calibration: model.calibration ?? 'none', embargoBars },
  );
}

/** The labels in random order (Fisher and Yates). */
function shuffle(labels: Int8Array, seed: number, fold: number): Int8Array {
  const random = createRandom(seed, SHUFFLED_LABELS, fold);
  const shuffled = labels.slice();
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = random.integer(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
  }
  return shuffled;
}

/** Keeps this stream of random numbers apart from others of the same seed. */
const SHUFFLED_LABELS = 0x5f1e;

/** Which of `folds` folds are fitted on shuffled labels too: `count` of them, spread evenly. */
export function isShuffledFold(fold: number, folds: number, count: number): boolean {
  return count > 0 && Math.floor(((fold + 1) * Math.min(count, folds)) / folds) > Math.floor((fold * Math.min(count, folds)) / folds);
}
