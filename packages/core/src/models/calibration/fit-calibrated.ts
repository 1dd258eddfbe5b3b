// Fits a model whose probabilities are calibrated on predictions for rows that it has not seen: purged out-of-fold
// predictions over the training rows, as scikit-learn's CalibratedClassifierCV(ensemble=False) does without a purge.
import { ForecastLabError, optionError } from '../../errors.js';
import { purgedKFold } from '../../validation/splits/purged-k-fold.js';
import { checkTrainingData } from '../check-training-data.js';
import type { Classifier, ClassifierKind, FitOptions, ModelKind, TrainingData } from '../classifier.js';
import { fitClassifier, resolveKind } from '../classifiers.js';
import { countOffsetsOn, selectMarkets } from '../markets/market-offsets.js';
import { selectOffsets } from '../offsets.js';
import { predictRows } from '../predict-rows.js';
import { selectRows } from '../select-rows.js';
import { createCalibrated } from './calibrated-classifier.js';
import { fitCalibrationMap } from './calibration-map.js';
import { CALIBRATION_METHODS, type CalibrationMethod } from './calibration-method.js';

/** Training rows in time order with what the purge needs to know; trainingRows gives it all. */
export interface CalibrationData extends TrainingData {
  /** [rows] bar index of each row, ascending. */
  readonly rows: Int32Array;
  /** [rows] bar index of the last bar that each row's label uses. */
  readonly spanEnd: Int32Array;
}

export interface FitCalibratedOptions extends FitOptions {
  /** Default: 'none', which is fitClassifier. */
  readonly calibration?: CalibrationMethod;
  /** Blocks of purged cross-validation, from 2 to 100: the model is fitted once more for each. Default: 5. */
  readonly calibrationFolds?: number;
  /** Bars without training rows behind each test block, at least 0. Default: 0. */
  readonly embargoBars?: number;
}

const MOST_FOLDS = 100;

/**
 * Fits the model on all rows and calibrates it on purged out-of-fold predictions of the same rows. Sample weights and offsets count in both;
 * class weights count in the fits alone, so that sigmoid and isotonic bring probabilities back to the shares that are seen
 * (temperature cannot). Probabilities below 1 / (rows + 3), which is what is left for a class that no row had, are raised to that first.
 * @throws BAD_OPTION for options, BAD_DATA for data that cannot be used or too few rows for the folds, what the kind throws
 * @example fitCalibrated('gbdt', trainingRows(table, candidate), { seed: 42, calibration: 'sigmoid' })
 */
export function fitCalibrated(kind: ModelKind | ClassifierKind, data: CalibrationData, options: FitCalibratedOptions): Classifier {
  const { calibration: method = 'none', calibrationFolds: folds = 5, embargoBars = 0, ...fitOptions } = options;
  const known = resolveKind(kind);
  if (!CALIBRATION_METHODS.includes(method)) throw optionError('fitCalibrated', 'calibration', `one of ${CALIBRATION_METHODS.join(', ')}`, method);
  if (method === 'none') return fitClassifier(known, data, fitOptions);
  if (!Number.isInteger(folds) || folds < 2 || folds > MOST_FOLDS) throw optionError('fitCalibrated', 'calibrationFolds', `an integer from 2 to ${MOST_FOLDS}`, folds);
  checkTrainingData('fitCalibrated', data);
  const rows = data.features.length;
  if (data.rows.length !== rows) throw new ForecastLabError('BAD_DATA', `fitCalibrated: There must be one bar index per row. Got ${data.rows.length} for ${rows} rows.`);
  if (rows < folds) {
    throw new ForecastLabError('BAD_DATA', `fitCalibrated: ${rows} rows cannot be cut into ${folds} blocks for calibration.`, { hint: 'Give more rows, or fit without calibration.' });
  }

  const splits = purgedKFold(data, { folds, embargoBars });
  const fitNumber = (number: number, part: TrainingData): Classifier => fitClassifier(known, part, withProgress(fitOptions, number, folds + 1));
  const probabilities = new Float64Array(3 * rows);
  splits.forEach(({ train, test }, fold) => {
    // a test block is one run of rows; a model that looks back is given the features of those before it
    const inner = countOffsetsOn(data, train);
    const predicted = predictRows(fitNumber(fold, selectTraining(inner, train)), data.features, { begin: test[0], end: test[0] + test.length, bars: data.rows, ...(inner.offsets && { offsets: inner.offsets }) });
    test.forEach((row, i) => probabilities.set(predicted.subarray(3 * i, 3 * i + 3), 3 * row));
  });
  const map = fitCalibrationMap(method, {
    probabilities,
    labels: data.labels,
    floor: 1 / (rows + 3),
    ...(data.sampleWeights === undefined ? {} : { weights: data.sampleWeights }),
  });
  return createCalibrated(fitNumber(folds, data), { method, folds, embargoBars, rows }, map);
}

function selectTraining(data: CalibrationData, rows: Int32Array): TrainingData {
  const { features, labels, sampleWeights, offsets, rows: bars, spanEnd } = data;
  const own = selectOffsets(offsets, rows);
  return {
    features: selectRows(features, rows),
    labels: Int8Array.from(rows, (row) => labels[row]),
    rows: rows.map((row) => bars[row]),
    spanEnd: rows.map((row) => spanEnd[row]),
    ...(sampleWeights === undefined ? {} : { sampleWeights: Float64Array.from(rows, (row) => sampleWeights[row]) }),
    ...(own && { offsets: own }),
    ...selectMarkets(data, rows),
  };
}

/** Progress over all fits: each has as many iterations. */
function withProgress(options: FitOptions, number: number, fits: number): FitOptions {
  const { onIteration } = options;
  if (onIteration === undefined) return options;
  return { ...options, onIteration: (done, total) => onIteration(number * total + done, fits * total) };
}
