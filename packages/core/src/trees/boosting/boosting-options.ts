// Hyper-parameters of gradient boosting: LightGBM's names in camel case, LightGBM's defaults.
import { checkOptions } from '../option-rules.js';
import type { OptionRules } from '../option-rules.js';

/** See https://lightgbm.readthedocs.io/en/stable/Parameters.html for longer descriptions. */
export interface BoostingParams {
  /** Boosting rounds, one tree per class each; 1 to 10000. Default: 100. */
  readonly numIterations?: number;
  /** What each tree's outputs are multiplied with, above 0 to 1000. Default: 0.1. */
  readonly learningRate?: number;
  /** Most leaves of a tree, 2 to 131072. Default: 31. */
  readonly numLeaves?: number;
  /** Most splits between root and leaf; -1 or 0: no limit. Default: -1. */
  readonly maxDepth?: number;
  /** Which leaf is split next: 'leaf-wise' the one that gains most (LightGBM), 'depth-wise' one nearest to the root (XGBoost). Default: 'leaf-wise'. */
  readonly growPolicy?: 'leaf-wise' | 'depth-wise';
  /** Fewest rows of a leaf (estimated from hessians while splits are sought, as LightGBM does). Default: 20. */
  readonly minDataInLeaf?: number;
  /** Smallest sum of hessians of a leaf. Default: 1e-3. */
  readonly minSumHessianInLeaf?: number;
  /** Most bins of a feature, the one for missing values included; 2 to 256, so that a bin number fits a byte. Default: 255. */
  readonly maxBin?: number;
  /** Fewest rows of a bin. Default: 3. */
  readonly minDataInBin?: number;
  /** L1 regularisation of leaf outputs. Default: 0. */
  readonly lambdaL1?: number;
  /** L2 regularisation of leaf outputs. Default: 0. */
  readonly lambdaL2?: number;
  /** Least gain of a split. Default: 0. */
  readonly minGainToSplit?: number;
  /** Share of features that each tree may use, above 0 to 1. Default: 1. */
  readonly featureFraction?: number;
  /** Share of rows (drawn without replacement) that trees are grown on, above 0 to 1; in force when `baggingFreq` is above 0. Default: 1. */
  readonly baggingFraction?: number;
  /** Rows are drawn anew every so many rounds; 0: never. Default: 0. */
  readonly baggingFreq?: number;
  /** Start from the logarithms of the class shares rather than from 0. Default: true. */
  readonly boostFromAverage?: boolean;
  /** Beyond this distance from the target the loss 'huber' is linear; above 0, in the target's unit. Default: 0.9 (LightGBM's `alpha`). */
  readonly huberDelta?: number;
  /** Stop when the validation loss has not fallen for so many rounds, and keep the best; 0: never. Needs validation data. Default: 0. */
  readonly earlyStoppingRound?: number;
}

const COUNT_MAX = 2 ** 31 - 1; // LightGBM's integers

export const BOOSTING_RULES: OptionRules<BoostingParams> = {
  numIterations: { kind: 'integer', default: 100, min: 1, max: 10_000 },
  learningRate: { kind: 'number', default: 0.1, above: 0, max: 1000 },
  numLeaves: { kind: 'integer', default: 31, min: 2, max: 131_072 },
  maxDepth: { kind: 'integer', default: -1, min: -1, max: COUNT_MAX },
  growPolicy: { kind: 'custom', default: 'leaf-wise', rule: "'leaf-wise' or 'depth-wise'", accepts: (value) => value === 'leaf-wise' || value === 'depth-wise' },
  minDataInLeaf: { kind: 'integer', default: 20, min: 0, max: COUNT_MAX },
  minSumHessianInLeaf: { kind: 'number', default: 1e-3, min: 0 },
  maxBin: { kind: 'integer', default: 255, min: 2, max: 256 },
  minDataInBin: { kind: 'integer', default: 3, min: 1, max: COUNT_MAX },
  lambdaL1: { kind: 'number', default: 0, min: 0 },
  lambdaL2: { kind: 'number', default: 0, min: 0 },
  minGainToSplit: { kind: 'number', default: 0, min: 0 },
  featureFraction: { kind: 'number', default: 1, above: 0, max: 1 },
  baggingFraction: { kind: 'number', default: 1, above: 0, max: 1 },
  baggingFreq: { kind: 'integer', default: 0, min: 0, max: COUNT_MAX },
  boostFromAverage: { kind: 'boolean', default: true },
  huberDelta: { kind: 'number', default: 0.9, above: 0 },
  earlyStoppingRound: { kind: 'integer', default: 0, min: 0, max: COUNT_MAX },
};

/** The params with defaults filled in. Throws BAD_OPTION for unknown names and values out of range. */
export function checkBoostingParams(where: string, params?: object): Required<BoostingParams> {
  return checkOptions<BoostingParams>(where, BOOSTING_RULES, params);
}
