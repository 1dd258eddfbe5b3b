// Hyper-parameters of random forests: scikit-learn's names in camel case, scikit-learn's defaults.
import { checkOptions } from '../option-rules.js';
import type { OptionRules } from '../option-rules.js';

/** See https://scikit-learn.org/stable/modules/generated/sklearn.ensemble.RandomForestClassifier.html for longer descriptions. */
export interface ForestParams {
  /** Number of trees, 1 to 10000. Default: 100. */
  readonly nEstimators?: number;
  /** Most splits between root and leaf; null: no limit. Default: null. */
  readonly maxDepth?: number | null;
  /** Fewest rows of a node that may be split. Default: 2. */
  readonly minSamplesSplit?: number;
  /** Fewest rows of a leaf. Default: 1. */
  readonly minSamplesLeaf?: number;
  /** Least share of the total weight of a leaf, 0 to 0.5. Default: 0. */
  readonly minWeightFractionLeaf?: number;
  /** Features tried at each split: 'sqrt' or 'log2' of their number, 'all', a count, or a share below 1. Default: 'sqrt'. */
  readonly maxFeatures?: 'sqrt' | 'log2' | 'all' | number;
  /** Least decrease of the weighted impurity by a split. Default: 0. */
  readonly minImpurityDecrease?: number;
  /** Grow each tree on rows drawn with replacement rather than on all. Default: true. */
  readonly bootstrap?: boolean;
}

const COUNT_MAX = 2 ** 31 - 1;

export const FOREST_RULES: OptionRules<ForestParams> = {
  nEstimators: { kind: 'integer', default: 100, min: 1, max: 10_000 },
  maxDepth: {
    kind: 'custom',
    default: null,
    rule: `an integer from 1 to ${COUNT_MAX} or null`,
    accepts: (value) => value === null || (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= COUNT_MAX),
  },
  minSamplesSplit: { kind: 'integer', default: 2, min: 2, max: COUNT_MAX },
  minSamplesLeaf: { kind: 'integer', default: 1, min: 1, max: COUNT_MAX },
  minWeightFractionLeaf: { kind: 'number', default: 0, min: 0, max: 0.5 },
  maxFeatures: {
    kind: 'custom',
    default: 'sqrt',
    rule: "'sqrt', 'log2', 'all', an integer above 0, or a share between 0 and 1",
    accepts: (value) =>
      value === 'sqrt' || value === 'log2' || value === 'all' || (typeof value === 'number' && value > 0 && value <= COUNT_MAX && (value < 1 || Number.isInteger(value))),
  },
  minImpurityDecrease: { kind: 'number', default: 0, min: 0 },
  bootstrap: { kind: 'boolean', default: true },
};

/** The params with defaults filled in. Throws BAD_OPTION for unknown names and values out of range. */
export function checkForestParams(where: string, params?: object): Required<ForestParams> {
  return checkOptions<ForestParams>(where, FOREST_RULES, params);
}

/** How many of `width` features a split tries. */
export function featuresPerSplit(choice: Required<ForestParams>['maxFeatures'], width: number): number {
  const wanted = choice === 'sqrt' ? Math.sqrt(width) : choice === 'log2' ? Math.log2(width) : choice === 'all' ? width : choice < 1 ? choice * width : choice;
  return Math.min(width, Math.max(1, Math.floor(wanted)));
}
