// Which rows train and which tell when to stop: the newest ones, behind a gap that no training label reaches across.
import { ForecastLabError } from '../../errors.js';
import type { TrainingData } from '../classifier.js';
import { cutEarlyStopping } from '../cut-early-stopping.js';
import type { NeuralTrainingParams } from './neural-options.js';

export interface ValidationTail {
  /** Positions, ascending; rows of weight zero are left out. */
  readonly training: Int32Array;
  /** Empty when early stopping is off. */
  readonly validation: Int32Array;
}

/**
 * Cuts rows with `weights` [rows]: training ends before the gap, and without the labels that reach the first validation bar, where bars
 * and label ends are known (cutEarlyStopping). Throws BAD_DATA when no weight is left on either side of the gap.
 */
export function cutValidationTail(where: string, weights: Float64Array, params: Required<Pick<NeuralTrainingParams, 'patience' | 'validationFraction' | 'validationGap'>>, bars: Pick<TrainingData, 'rows' | 'spanEnd'> = {}): ValidationTail {
  const rows = weights.length;
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  const cut = params.patience === 0 ? { training: all, validationBegin: rows } : cutEarlyStopping(rows, params, bars);
  const hasWeight = (row: number): boolean => weights[row] > 0;
  const training = cut.training.filter(hasWeight);
  const validation = all.subarray(cut.validationBegin).filter(hasWeight);
  if (training.length > 0 && (validation.length > 0 || params.patience === 0)) return { training, validation };
  throw new ForecastLabError('BAD_DATA', `${where}: ${rows} rows leave no ${training.length === 0 ? `training rows before the validation rows and their gap of ${params.validationGap}` : 'validation rows with a weight above zero'}.`, {
    hint: 'Give more rows, a smaller `validationFraction` or `validationGap`, or `patience: 0` to train without early stopping.',
  });
}
