// Gradient boosted trees behind the Classifier interface.
import { z } from 'zod';
import { ForecastLabError, optionError } from '../errors.js';
import type { FeatureMatrix } from '../features/feature-table.js';
import { log } from '../numeric/log.js';
import { softmaxRows } from '../numeric/softmax.js';
import { fitBoosting } from '../trees/boosting/boosting.js';
import { predictBoosting } from '../trees/boosting/predict-boosting.js';
import type { BoostedTrees } from '../trees/boosting/boosting.js';
import { BOOSTING_RULES } from '../trees/boosting/boosting-options.js';
import type { BoostingParams } from '../trees/boosting/boosting-options.js';
import { checkOptions } from '../trees/option-rules.js';
import type { OptionRules } from '../trees/option-rules.js';
import { createRowScorer } from '../trees/ensemble/row-scorer.js';
import { readTrees, writeTrees } from '../trees/ensemble/tree-document.js';
import { explainRows } from '../trees/explanation/explain-rows.js';
import { treeShap } from '../trees/explanation/tree-shap.js';
import { checkExplainedRow } from './check-explained-row.js';
import { SHARE_OF_ABSENT_CLASS } from '../trees/boosting/objectives/class-shares.js';
import { checkTrainingData } from './check-training-data.js';
import { CLASSES } from './classifier.js';
import type { Classifier, ClassifierKind, FitOptions, TrainingData } from './classifier.js';
import { effectiveWeights } from './effective-weights.js';
import { fitClassConstants } from './fit-class-constants.js';
import { cutEarlyStopping } from './cut-early-stopping.js';
import { checkOffsets, selectOffsets } from './offsets.js';
import { corruptModel, featureNamesSchema, readModelDocument } from './read-model-document.js';
import { selectRows } from './select-rows.js';
import { checkTreeValues, treeColumns, treeRow } from './tree-columns.js';

/** Hyper-parameters of `gbdt`: LightGBM's, and what early stopping validates on. */
export interface GbdtParams extends BoostingParams {
  /** Share of rows, the last ones, kept back for early stopping; above 0, below 1. In force when `earlyStoppingRound` is above 0. Default: 0.1. */
  readonly validationFraction?: number;
  /** By feature name: 1 where more of the feature must never lower the score of any class, -1 where it must never raise it. Default: none. */
  readonly monotoneConstraints?: Readonly<Record<string, number>>;
  /**
   * Rows dropped before the validation rows: give the horizon, so that no training label reaches into them. Labels that reach further, as
   * where rows are missing, are dropped too when the data have `rows` and `spanEnd`. Default: 0.
   */
  readonly validationGap?: number;
}

const PARAM_RULES: OptionRules<GbdtParams> = {
  ...BOOSTING_RULES,
  validationFraction: { kind: 'number', default: 0.1, above: 0, below: 1 },
  monotoneConstraints: {
    kind: 'custom',
    default: {},
    rule: 'an object of feature names with -1, 0 or 1 each',
    accepts: (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((sign) => sign === -1 || sign === 0 || sign === 1),
  },
  validationGap: { kind: 'integer', default: 0, min: 0, max: 2 ** 31 - 1 },
};

const CLASS_COUNT = CLASSES.length;

/** Beyond this no sum of leaf values could be trusted to stay finite. */
const LARGEST_SCORE = 1e100;

const documentSchema = z.object({
  kind: z.literal('gbdt'),
  version: z.literal(1),
  featureNames: featureNamesSchema,
  start: z.array(z.number().min(-LARGEST_SCORE).max(LARGEST_SCORE)).length(CLASS_COUNT),
  hasOffsets: z.literal(true).optional(),
  trees: z.unknown(),
});

/**
 * Gradient boosting as in LightGBM. `params`: GbdtParams. Rows must be in order of time for early stopping. With offsets each row begins at
 * its own, on top of the constants that fitClassConstants finds (of 0 without `boostFromAverage`).
 */
export const GBDT: ClassifierKind = {
  kind: 'gbdt',
  summary: 'Gradient boosted trees on histograms (LightGBM names and defaults)',
  takesOffsets: true,
  needsValidationGap: (params) => ((params as GbdtParams | undefined)?.earlyStoppingRound ?? 0) > 0,
  fit: (data, options) => createGbdt([...data.features.names], fitTrees(data, options), data.offsets !== undefined),
  restore(document) {
    const { featureNames, model, hasOffsets } = readGbdt(document);
    return createGbdt(featureNames, model, hasOffsets);
  },
};

/** What a document of kind gbdt holds. The document is treated as hostile: throws CORRUPT. */
export function readGbdt(document: unknown): { readonly featureNames: readonly string[]; readonly model: BoostedTrees; readonly hasOffsets: boolean } {
  const { featureNames, start, trees: stored, hasOffsets = false } = readModelDocument('gbdt', documentSchema, document);
  const trees = readTrees(stored, { outputs: 1, width: featureNames.length, smallest: -LARGEST_SCORE, largest: LARGEST_SCORE });
  if (trees.roots.length % CLASS_COUNT !== 0) throw corruptModel('gbdt', `there must be ${CLASS_COUNT} trees per round, so ${trees.roots.length} trees are too few or too many`);
  return { featureNames, hasOffsets, model: { objective: 'multiclass', classes: CLASS_COUNT, start: Float64Array.from(start), trees, iterations: trees.roots.length / CLASS_COUNT } };
}

/** Fits trees; with `initialModel`, on top of its trees. */
export function fitTrees(data: TrainingData, options: FitOptions, initialModel?: BoostedTrees): BoostedTrees {
  const { validationFraction, validationGap, monotoneConstraints, ...params } = checkOptions<GbdtParams>('GBDT.fit', PARAM_RULES, options.params);
  checkTrainingData('GBDT.fit', data);
  const weights = effectiveWeights(data, options);
  const classIndexes = Uint8Array.from(data.labels, (label) => label + 1);
  const common = {
    classes: CLASS_COUNT,
    params,
    seed: options.seed,
    monotoneConstraints: signsOf(data.features.names, monotoneConstraints),
    ...(initialModel && { initialModel }),
    ...(data.offsets && initialModel === undefined && params.boostFromAverage && { start: startWithOffsets(data, weights) }),
    ...(options.onIteration && { onIteration: options.onIteration }),
  };
  if (params.earlyStoppingRound === 0) return fitBoosting(data.features, classIndexes, { ...common, weights, ...(data.offsets && { offsets: data.offsets }) });

  const rows = data.features.length;
  const { training, validationBegin } = cutEarlyStopping(rows, { validationFraction, validationGap }, data);
  if (training.length === 0) {
    throw new ForecastLabError('BAD_DATA', `GBDT.fit: ${rows} rows leave no training rows before the validation rows and their gap of ${validationGap}.`, {
      hint: 'Give more rows, or a smaller `validationFraction` or `validationGap`.',
    });
  }
  const { offsets } = data;
  const own = selectOffsets(offsets, training);
  return fitBoosting(selectRows(data.features, training), Uint8Array.from(training, (row) => classIndexes[row]), {
    ...common,
    ...(own && { offsets: own }),
    weights: Float64Array.from(training, (row) => weights[row]),
    validation: {
      matrix: sliceRows(data.features, validationBegin, rows),
      targets: classIndexes.subarray(validationBegin),
      weights: weights.subarray(validationBegin),
      ...(offsets && { offsets: offsets.subarray(CLASS_COUNT * validationBegin) }),
    },
  });
}

/** What is common to all rows on top of their offsets. */
function startWithOffsets(data: TrainingData, weights: Float64Array): Float64Array {
  const absent = log(SHARE_OF_ABSENT_CLASS);
  return fitClassConstants(data, weights).map((constant) => Math.max(absent, constant));
}

/** The constraints in the order of the features. */
function signsOf(names: readonly string[], constraints: Readonly<Record<string, number>>): number[] {
  for (const name of Object.keys(constraints)) {
    if (!names.includes(name)) throw optionError('GBDT.fit', 'monotoneConstraints', `an object of feature names (${names.join(', ')}) with -1, 0 or 1 each`, name);
  }
  return names.map((name) => constraints[name] ?? 0);
}

function sliceRows(features: FeatureMatrix, begin: number, end: number): FeatureMatrix {
  return { names: features.names, columns: features.columns.map((column) => column.subarray(begin, end)), length: end - begin };
}

/** A classifier that predicts with these trees; `hasOffsets` when they were fitted on top of offsets. */
export function createGbdt(featureNames: readonly string[], model: BoostedTrees, hasOffsets = false): Classifier {
  return {
    kind: 'gbdt',
    featureNames,
    trees: model.trees,
    predictProba(features, offsets) {
      const own = hasOffsets ? offsets : undefined;
      if (own !== undefined) checkOffsets('predictProba', own, features.length);
      return predictBoosting(model, treeColumns(features, featureNames), features.length, own);
    },
    createRowPredictor() {
      const score = createRowScorer(model.trees, model.start);
      return (values, probabilities) => {
        checkTreeValues(values, featureNames);
        score(values, probabilities);
        return softmaxRows(probabilities, CLASS_COUNT);
      };
    },
    explainRow(features, row, classIndex) {
      checkExplainedRow(features, row, classIndex);
      return treeShap(model.trees, treeRow(features, featureNames, row), classIndex, CLASS_COUNT);
    },
    explainRows: (features) => explainRows(model.trees, treeColumns(features, featureNames), features.length, CLASS_COUNT),
    serialize: () => ({ kind: 'gbdt', version: 1, featureNames: [...featureNames], start: Array.from(model.start), ...(hasOffsets && { hasOffsets }), trees: writeTrees(model.trees) }),
  };
}
