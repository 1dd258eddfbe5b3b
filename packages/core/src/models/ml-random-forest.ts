// The random forest of the npm package ml-random-forest (mljs), for users who know it. The package is optional and is
// passed in; a fitted forest is copied into plain arrays, so that restoring and predicting need no package and no trust.
// It samples features per tree, not per split, takes no weights, and trains far more slowly than `random-forest`.
import { median } from 'simple-statistics';
import { ForecastLabError, optionError } from '../errors.js';
import type { FeatureMatrix } from '../features/feature-table.js';
import { checkOptions } from '../trees/option-rules.js';
import type { OptionRules } from '../trees/option-rules.js';
import { checkTrainingData } from './check-training-data.js';
import type { Classifier, ClassifierKind, FitOptions, TrainingData } from './classifier.js';
import { matchColumns } from './match-columns.js';
import { flattenMlTrees, readVotingForest, votes } from './voting-forest.js';
import type { VotingForest } from './voting-forest.js';

/** What is used of the package's exports. */
export interface MlRandomForestModule {
  readonly RandomForestClassifier: new (options: Readonly<Record<string, unknown>>) => {
    train(rows: number[][], labels: number[]): void;
    toJSON(): unknown;
  };
}

/** Hyper-parameters of `ml-random-forest`, under the package's own names. */
export interface MlRandomForestParams {
  /** Trees, 1 to 10000. Default: 50. */
  readonly nEstimators?: number;
  /** Share of the features that each tree draws, above 0 and up to 1, with replacement. Default: 1. */
  readonly maxFeatures?: number;
  /** A node with this many rows or fewer is not split. Default: 3. */
  readonly minNumSamples?: number;
  /** Default: 1000, which is no limit in practice. */
  readonly maxDepth?: number;
  /** A split must lower the impurity by more than this. Default: 0 (the package's own 0.01 leaves stumps). */
  readonly gainThreshold?: number;
}

const PARAM_RULES: OptionRules<MlRandomForestParams> = {
  nEstimators: { kind: 'integer', default: 50, min: 1, max: 10_000 },
  maxFeatures: { kind: 'number', default: 1, above: 0, max: 1 },
  minNumSamples: { kind: 'integer', default: 3, min: 1, max: Number.MAX_SAFE_INTEGER },
  maxDepth: { kind: 'integer', default: 1000, min: 1, max: 1000 },
  gainThreshold: { kind: 'number', default: 0, min: 0, max: 1 },
};

/** Restores and predicts without the package; `fit` throws, since the package must be passed to createMlRandomForest. */
export const ML_RANDOM_FOREST: ClassifierKind = {
  kind: 'ml-random-forest',
  summary: 'Random forest of the npm package ml-random-forest (optional)',
  fit() {
    throw new ForecastLabError('BAD_OPTION', 'The model kind `ml-random-forest` needs the optional package ml-random-forest to be fitted.', {
      hint: 'Install ml-random-forest and pass the result of loadMlRandomForest() as the kind, or use random-forest.',
    });
  },
  restore: (document) => createVotingClassifier(readVotingForest(document)),
};

/**
 * The model kind that fits with the given package. Missing values become the training median (0 where a feature is
 * wholly missing), in training and prediction; probabilities are the trees' shares of votes. Sample and class weights are refused.
 */
export function createMlRandomForest(module: MlRandomForestModule): ClassifierKind {
  return {
    ...ML_RANDOM_FOREST,
    fit: (data, options) => createVotingClassifier(fitForest(module, data, options)),
  };
}

function fitForest(module: MlRandomForestModule, data: TrainingData, options: FitOptions): VotingForest {
  const where = 'ml-random-forest';
  checkTrainingData(where, data);
  if (options.classWeights !== undefined) throw optionError(where, 'classWeights', 'left out (the package has no weights)', options.classWeights);
  if (data.sampleWeights !== undefined) throw optionError(where, 'sampleWeights', 'left out (the package has no weights)', data.sampleWeights);
  const { nEstimators, maxFeatures, ...treeOptions } = checkOptions(where, PARAM_RULES, options.params);
  const { names, columns, length } = data.features;
  if (Math.floor(names.length * maxFeatures) < 1) {
    throw optionError(where, 'maxFeatures', `large enough to draw one of ${names.length} features`, maxFeatures);
  }
  const medians = columns.map((column) => {
    const present = Array.from(column).filter((value) => !Number.isNaN(value));
    return present.length === 0 ? 0 : median(present) + 0;
  });
  const filled = columns.map((column, feature) => column.map((value) => (Number.isNaN(value) ? medians[feature] : value)));
  const rows = Array.from({ length }, (_, row) => filled.map((column) => column[row]));
  const forest = new module.RandomForestClassifier({
    seed: options.seed | 0,
    nEstimators,
    maxFeatures,
    replacement: true,
    useSampleBagging: true,
    noOOB: true,
    treeOptions,
  });
  try {
    forest.train(rows, Array.from(data.labels, (label) => label + 1));
  } catch (error) {
    throw new ForecastLabError('BAD_DATA', `ml-random-forest could not be fitted on ${length} rows: ${error instanceof Error ? error.message : String(error)}.`, {
      hint: 'Very few rows are a common cause.',
      cause: error,
    });
  }
  return { featureNames: [...names], medians, trees: flattenMlTrees(forest.toJSON()) };
}

function createVotingClassifier(forest: VotingForest): Classifier {
  const { featureNames, medians, trees } = forest;
  return {
    kind: 'ml-random-forest',
    featureNames,
    predictProba(features: FeatureMatrix): Float64Array {
      const columns = matchColumns(features, featureNames);
      const probabilities = new Float64Array(3 * features.length);
      const values = new Float64Array(columns.length);
      for (let row = 0; row < features.length; row += 1) {
        columns.forEach((column, feature) => {
          const value = column[row];
          values[feature] = Number.isNaN(value) ? medians[feature] : value;
        });
        votes(trees, values).forEach((count, k) => {
          probabilities[3 * row + k] = count / trees.length;
        });
      }
      return probabilities;
    },
    serialize: () => ({
      kind: 'ml-random-forest',
      version: 1,
      featureNames: [...featureNames],
      medians: [...medians],
      trees: trees.map((tree) => ({
        feature: [...tree.feature],
        threshold: [...tree.threshold],
        left: [...tree.left],
        right: [...tree.right],
        classIndex: [...tree.classIndex],
      })),
    }),
  };
}
