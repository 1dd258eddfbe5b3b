// The rows of one fold, cut out once: every candidate that shares bars and label windows is fitted on the same matrices.
import { ForecastLabError } from '../../errors.js';
import type { FeatureMatrix } from '../../features/feature-table.js';
import { selectRows } from '../../models/select-rows.js';
import type { EvaluationRows, Separation } from './evaluation-options.js';
import { foldTrainingRows, purgedTrainingRows } from '../splits/purge.js';
import type { Fold } from '../splits/walk-forward-folds.js';

export interface FoldData {
  readonly fold: Fold;
  /** All rows, those of the other folds too: a model that looks back is given the features of rows before the test. */
  readonly features: FeatureMatrix;
  /** Positions of the training rows that the purge and the embargo leave. */
  readonly training: Int32Array;
  /** Positions of the test rows. */
  readonly test: Int32Array;
  readonly trainingFeatures: FeatureMatrix;
  readonly testFeatures: FeatureMatrix;
}

/** The positions of a fold's training and test rows. Throws BAD_DATA when no training row is left. */
export function foldPositions(fold: Fold, { rows, spanEnd }: Pick<EvaluationRows, 'rows' | 'spanEnd'>, { isPurged = true, embargoBars = 0 }: Separation): Pick<FoldData, 'training' | 'test'> {
  const before = foldTrainingRows(fold);
  const training = isPurged ? purgedTrainingRows(fold, rows, spanEnd, { embargoBars }) : before;
  if (training.length === 0) {
    throw new ForecastLabError('BAD_DATA', `Fold ${fold.fold} has no training rows left after the purge.`, {
      hint: 'Start with more training rows than the horizon (and the embargo) has bars.',
      details: { fold: fold.fold, rowsBefore: before.length },
    });
  }
  return { training, test: Int32Array.from({ length: fold.testEndIx - fold.testStartIx + 1 }, (_, i) => fold.testStartIx + i) };
}

/** Cuts the feature rows of a fold. Throws as foldPositions does. */
export function foldData(fold: Fold, rows: Pick<EvaluationRows, 'features' | 'rows' | 'spanEnd'>, separation: Separation): FoldData {
  const { training, test } = foldPositions(fold, rows, separation);
  return { fold, features: rows.features, training, test, trainingFeatures: selectRows(rows.features, training), testFeatures: selectRows(rows.features, test) };
}
