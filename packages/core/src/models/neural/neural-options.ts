// Hyper-parameters of the neural kinds. The defaults suit 500 to 3,000 rows of noisy data: small networks, stopped early.
import type { OptionRules } from '../../trees/option-rules.js';

/** How either network is trained. Rows must be in the order of time. */
export interface NeuralTrainingParams {
  /** Share of units left out of each training step, drawn anew for each row; 0 to below 1. Default: 0.1. */
  readonly dropout?: number;
  /** Step size of AdamW, above 0, at most 1. Default: 0.001 for `mlp`, 0.002 for `gru`. */
  readonly learningRate?: number;
  /** Decoupled weight decay (L2): in each step weights, not biases, shrink by learningRate × weightDecay. 0 to 100. Default: 0.01. */
  readonly weightDecay?: number;
  /** Rows of a training step, 1 to 65536. Default: 64 for `mlp`, 128 for `gru`. */
  readonly batchSize?: number;
  /** Most passes over the training rows, 1 to 10000. Default: 100 for `mlp`, 60 for `gru`. */
  readonly epochs?: number;
  /**
   * Stop when the log loss of the validation rows has not improved for so many epochs; the best epoch counts, and the start, which
   * gives class shares, is one. 0: train all epochs on all rows. Default: 10 for `mlp`, 8 for `gru`.
   */
  readonly patience?: number;
  /** Share of rows, the last ones, kept back for early stopping; above 0, below 1. In force when `patience` is above 0. Default: 0.15. */
  readonly validationFraction?: number;
  /** Whether to train anew on all rows, with the number of epochs that early stopping has found best. Default: true. */
  readonly refit?: boolean;
  /**
   * Rows dropped before the validation rows: give the horizon, so that no training label reaches into them. Where the data tell the
   * label ends (`spanEnd`, as trainingRows gives it), such labels are dropped in any case. Default: 0.
   */
  readonly validationGap?: number;
}

/** Hyper-parameters of `mlp`. */
export interface MlpParams extends NeuralTrainingParams {
  /** Units of each hidden layer: one to five layers of 1 to 512. Default: [32, 16]. */
  readonly hiddenSizes?: readonly number[];
  /** The curve behind each hidden layer. Default: 'relu'. */
  readonly activation?: 'relu' | 'tanh';
}

/** Hyper-parameters of `gru`. */
export interface GruParams extends NeuralTrainingParams {
  /** Rows that a prediction looks at, its own included, 1 to 500. Default: 10. */
  readonly sequenceLength?: number;
  /** Units of the recurrent layer, 1 to 512. Default: 16. */
  readonly units?: number;
}

/** Beyond these a network would no longer be small, and a hostile document could claim anything. */
export const MOST_UNITS = 512;
export const MOST_LAYERS = 5;
export const LONGEST_SEQUENCE = 500;

const TRAINING_RULES: OptionRules<NeuralTrainingParams> = {
  dropout: { kind: 'number', default: 0.1, min: 0, below: 1 },
  learningRate: { kind: 'number', default: 0.001, above: 0, max: 1 },
  weightDecay: { kind: 'number', default: 0.01, min: 0, max: 100 },
  batchSize: { kind: 'integer', default: 64, min: 1, max: 65_536 },
  epochs: { kind: 'integer', default: 100, min: 1, max: 10_000 },
  patience: { kind: 'integer', default: 10, min: 0, max: 10_000 },
  validationFraction: { kind: 'number', default: 0.15, above: 0, below: 1 },
  refit: { kind: 'boolean', default: true },
  validationGap: { kind: 'integer', default: 0, min: 0, max: 2 ** 31 - 1 },
};

export const MLP_RULES: OptionRules<MlpParams> = {
  ...TRAINING_RULES,
  hiddenSizes: { kind: 'custom', default: [32, 16], rule: `a list of 1 to ${MOST_LAYERS} integers from 1 to ${MOST_UNITS}`, accepts: areHiddenSizes },
  activation: { kind: 'custom', default: 'relu', rule: "'relu' or 'tanh'", accepts: (value) => value === 'relu' || value === 'tanh' },
};

export const GRU_RULES: OptionRules<GruParams> = {
  ...TRAINING_RULES,
  learningRate: { kind: 'number', default: 0.002, above: 0, max: 1 },
  batchSize: { kind: 'integer', default: 128, min: 1, max: 65_536 },
  epochs: { kind: 'integer', default: 60, min: 1, max: 10_000 },
  patience: { kind: 'integer', default: 8, min: 0, max: 10_000 },
  sequenceLength: { kind: 'integer', default: 10, min: 1, max: LONGEST_SEQUENCE },
  units: { kind: 'integer', default: 16, min: 1, max: MOST_UNITS },
};

function areHiddenSizes(value: unknown): boolean {
  return Array.isArray(value) && value.length >= 1 && value.length <= MOST_LAYERS && value.every((units) => Number.isInteger(units) && units >= 1 && units <= MOST_UNITS);
}

/** True unless early stopping is off: then callers that know the horizon give it as `validationGap`. */
export function stopsEarly(params: object | undefined): boolean {
  return (params as NeuralTrainingParams | undefined)?.patience !== 0;
}
