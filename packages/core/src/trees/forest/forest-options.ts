// Hyper-parameters of random forests and extra trees: scikit-learn's names in camel case, scikit-learn's defaults.
import { checkOptions } from '../option-rules.js';
import type { OptionRule, OptionRules } from '../option-rules.js';

/**
 * See https://scikit-learn.org/stable/modules/generated/sklearn.ensemble.RandomForestClassifier.html (and
 * ExtraTreesClassifier) for longer descriptions.
 */
export interface ForestParams {
  /** Number of trees, 1 to 10000. Default: 100. */
  readonly nEstimators?: number;
  /** What a split is judged by. 'entropy' is slower: it takes a logarithm per class and place. Default: 'gini'. */
  readonly criterion?: 'gini' | 'entropy';
  /** 'best': the best threshold of each feature tried; 'random': one random threshold for each, as extra trees have. Default: 'best'. */
  readonly splitter?: 'best' | 'random';
  /**
   * Where 'best' looks for thresholds: between all values, or between at most `maxBin` bins of each feature. On many rows trees
   * then grow faster, after the bins were made once; with 'random' it means nothing. Default: 'exact'.
   */
  readonly splitMode?: 'exact' | 'histogram';
  /** With 'histogram': most bins of a feature, the one for missing values included, 2 to 256. Default: 255. */
  readonly maxBin?: number;
  /** Most splits between root and leaf; null: no limit. Default: null. */
  readonly maxDepth?: number | null;
  /** Fewest rows of a node that may be split. Default: 2. */
  readonly minSamplesSplit?: number;
  /** Fewest rows of a leaf; a row that was drawn twice counts once. Default: 1. */
  readonly minSamplesLeaf?: number;
  /** Least share of the total weight of a leaf, 0 to 0.5. Default: 0. */
  readonly minWeightFractionLeaf?: number;
  /** Features tried at each split: 'sqrt' or 'log2' of their number, 'all', a count, or a share below 1. Default: 'sqrt'. */
  readonly maxFeatures?: 'sqrt' | 'log2' | 'all' | number;
  /** Most leaves, 2 or more: the split that decreases the impurity most comes first; null: no limit. Default: null. */
  readonly maxLeafNodes?: number | null;
  /** Least decrease of the weighted impurity by a split. Default: 0. */
  readonly minImpurityDecrease?: number;
  /** Grow each tree on rows drawn with replacement rather than on all. Default: true for splitter 'best', false for 'random'. */
  readonly bootstrap?: boolean;
  /** Rows drawn for each tree, with bootstrap: a count up to the number of rows, or a share below 1; null: as many as there are. Default: null. */
  readonly maxSamples?: number | null;
  /**
   * Weight of each class, multiplied with row weights: one finite number per class, 'balanced' (rows / (classes present × class rows)),
   * or 'balanced-subsample' (the same by the rows drawn for each tree); null: 1 each. Default: null.
   */
  readonly classWeights?: 'balanced' | 'balanced-subsample' | readonly number[] | null;
}

const COUNT_MAX = 2 ** 31 - 1;

const isCount = (value: unknown, min: number): boolean => Number.isInteger(value) && (value as number) >= min && (value as number) <= COUNT_MAX;
const isShare = (value: unknown): boolean => typeof value === 'number' && value > 0 && value < 1;
const isWeight = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value < Infinity;

const splitterRule = (usual: 'best' | 'random'): OptionRule => ({ kind: 'custom', default: usual, rule: "'best' or 'random'", accepts: (value) => value === 'best' || value === 'random' });

export const FOREST_RULES: OptionRules<ForestParams> = {
  nEstimators: { kind: 'integer', default: 100, min: 1, max: 10_000 },
  criterion: { kind: 'custom', default: 'gini', rule: "'gini' or 'entropy'", accepts: (value) => value === 'gini' || value === 'entropy' },
  splitter: splitterRule('best'),
  splitMode: { kind: 'custom', default: 'exact', rule: "'exact' or 'histogram'", accepts: (value) => value === 'exact' || value === 'histogram' },
  maxBin: { kind: 'integer', default: 255, min: 2, max: 256 },
  maxDepth: { kind: 'custom', default: null, rule: `an integer from 1 to ${COUNT_MAX} or null`, accepts: (value) => value === null || isCount(value, 1) },
  minSamplesSplit: { kind: 'integer', default: 2, min: 2, max: COUNT_MAX },
  minSamplesLeaf: { kind: 'integer', default: 1, min: 1, max: COUNT_MAX },
  minWeightFractionLeaf: { kind: 'number', default: 0, min: 0, max: 0.5 },
  maxFeatures: {
    kind: 'custom',
    default: 'sqrt',
    rule: "'sqrt', 'log2', 'all', an integer above 0, or a share between 0 and 1",
    accepts: (value) => value === 'sqrt' || value === 'log2' || value === 'all' || isShare(value) || isCount(value, 1),
  },
  maxLeafNodes: { kind: 'custom', default: null, rule: `an integer from 2 to ${COUNT_MAX} or null`, accepts: (value) => value === null || isCount(value, 2) },
  minImpurityDecrease: { kind: 'number', default: 0, min: 0 },
  bootstrap: { kind: 'boolean', default: true },
  maxSamples: {
    kind: 'custom',
    default: null,
    rule: 'an integer above 0, a share between 0 and 1, or null',
    accepts: (value) => value === null || isShare(value) || isCount(value, 1),
  },
  classWeights: {
    kind: 'custom',
    default: null,
    rule: "'balanced', 'balanced-subsample', an array of finite numbers that are not negative and not all zero, or null",
    accepts: (value) =>
      value === null || value === 'balanced' || value === 'balanced-subsample' || (Array.isArray(value) && value.every(isWeight) && value.some((weight) => weight > 0)),
  },
};

/** What scikit-learn's ExtraTreesClassifier does by default. */
const EXTRA_TREES_RULES: OptionRules<ForestParams> = {
  ...FOREST_RULES,
  splitter: splitterRule('random'),
  bootstrap: { kind: 'boolean', default: false },
};

/** The params with defaults filled in, `splitter` for one that is not given. Throws BAD_OPTION for unknown names and values out of range. */
export function checkForestParams(where: string, params?: object, splitter: 'best' | 'random' = 'best'): Required<ForestParams> {
  const chosen = (params as ForestParams | undefined)?.splitter ?? splitter;
  return checkOptions<ForestParams>(where, chosen === 'random' ? EXTRA_TREES_RULES : FOREST_RULES, params);
}

/** How many of `width` features a split tries. */
export function featuresPerSplit(choice: Required<ForestParams>['maxFeatures'], width: number): number {
  const wanted = choice === 'sqrt' ? Math.sqrt(width) : choice === 'log2' ? Math.log2(width) : choice === 'all' ? width : choice < 1 ? choice * width : choice;
  return Math.min(width, Math.max(1, Math.floor(wanted)));
}
