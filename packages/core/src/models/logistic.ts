// Multinomial logistic regression on standardized features, with scikit-learn's penalty and default C = 1.
import { z } from 'zod';
import type { FeatureMatrix } from '../features/feature-table.js';
import { checkOptions } from '../trees/option-rules.js';
import type { OptionRules } from '../trees/option-rules.js';
import { softmaxRows } from '../numeric/softmax.js';
import { checkExplainedRow } from './check-explained-row.js';
import { checkTrainingData } from './check-training-data.js';
import type { Classifier, ClassifierKind, FitOptions, TrainingData } from './classifier.js';
import { effectiveWeights } from './effective-weights.js';
import { offsetsOfClasses } from './fit-class-constants.js';
import { fitSoftmaxRegression } from './fit-softmax-regression.js';
import { matchColumns } from './match-columns.js';
import { addOffsets } from './offsets.js';
import { corruptModel, featureNamesSchema, readModelDocument } from './read-model-document.js';
import { fitStandardizer, standardize } from './standardizer.js';

/** Hyper-parameters of `logistic`. */
export interface LogisticParams {
  /** Inverse strength of the L2 penalty, 1e-10 to 1e10. Default: 1. */
  readonly C?: number;
  /** Most Newton steps, 1 to 10000. Default: 100; about 8 are needed. */
  readonly maxIter?: number;
  /** Stop when no component of the mean gradient is larger, 0 to 1. Default: 1e-10. */
  readonly tol?: number;
}

interface LogisticDocument {
  readonly featureNames: readonly string[];
  /** [features] */
  readonly mean: readonly number[];
  readonly scale: readonly number[];
  /** [3 classes][features], on standardized features; null for a class without training weight: its probability is 0. */
  readonly coefficients: readonly (readonly number[] | null)[];
  readonly intercepts: readonly number[];
  readonly iterations: number;
  readonly isConverged: boolean;
  /** Present when the model was fitted with offsets. */
  readonly hasOffsets?: true | undefined;
}

const PARAM_RULES: OptionRules<LogisticParams> = {
  C: { kind: 'number', default: 1, min: 1e-10, max: 1e10 },
  maxIter: { kind: 'integer', default: 100, min: 1, max: 10_000 },
  tol: { kind: 'number', default: 1e-10, min: 0, max: 1 },
};

/**
 * Softmax regression. Means and deviations come from the training rows (sample weights counted, class weights not);
 * a missing value counts as the training mean. Offsets are added to the scores of the classes. `params`: LogisticParams. The seed is not used.
 */
export const LOGISTIC: ClassifierKind = {
  kind: 'logistic',
  summary: 'Multinomial logistic regression on standardized features (L2)',
  takesOffsets: true,
  fit: (data, options) => createLogistic(fitDocument(data, options)),
  restore(document) {
    const fields = readModelDocument('logistic', documentSchema, document);
    const count = fields.featureNames.length;
    const lengths = [fields.mean, fields.scale, ...fields.coefficients.filter((row) => row !== null)].map((row) => row.length);
    if (lengths.some((length) => length !== count)) throw corruptModel('logistic', `\`mean\`, \`scale\` and each row of \`coefficients\` must have ${count} values`);
    if (fields.coefficients.every((row) => row === null)) throw corruptModel('logistic', '`coefficients` must have at least one class');
    return createLogistic(fields);
  },
};

// bounds keep every score finite: 10,000 features × 1e100 deviations × 1e150
const finite = z.number().min(-1e150).max(1e150);
const documentSchema: z.ZodType<LogisticDocument> = z.object({
  kind: z.literal('logistic'),
  version: z.literal(1),
  featureNames: featureNamesSchema,
  mean: z.array(z.number()),
  scale: z.array(z.number().positive()),
  coefficients: z.array(z.array(finite).nullable()).length(3),
  intercepts: z.array(finite).length(3),
  iterations: z.number().int().min(0),
  isConverged: z.boolean(),
  hasOffsets: z.literal(true).optional(),
});

function fitDocument(data: TrainingData, options: FitOptions): LogisticDocument {
  checkTrainingData('LOGISTIC.fit', data);
  const params = checkOptions('LOGISTIC.fit', PARAM_RULES, options.params);
  const weights = effectiveWeights(data, options);
  const { names, columns } = data.features;
  const scaler = fitStandardizer(names, columns, data.sampleWeights ?? new Float64Array(data.labels.length).fill(1));
  const present = [0, 1, 2].filter((k) => data.labels.some((label, row) => label + 1 === k && weights[row] > 0));
  const solution = fitSoftmaxRegression({
    columns: columns.map((column, feature) => column.map((value) => standardize(scaler, feature, value))),
    classIndex: data.labels.map((label) => Math.max(0, present.indexOf(label + 1))),
    classCount: present.length,
    weights,
    ...(data.offsets && { offsets: offsetsOfClasses(data.offsets, present) }),
    ...params,
  });
  const width = names.length + 1;
  // + 0 turns -0 into 0, which JSON would do as well: a restored model then has the very same numbers
  const rowOf = (k: number): number[] => Array.from(solution.parameters.subarray(k * width, (k + 1) * width), (value) => value + 0);
  const rows = [0, 1, 2].map((k) => (present.includes(k) ? rowOf(present.indexOf(k)) : null));
  return {
    featureNames: [...names],
    mean: Array.from(scaler.mean, (value) => value + 0),
    scale: Array.from(scaler.scale),
    coefficients: rows.map((row) => row?.slice(0, names.length) ?? null),
    intercepts: rows.map((row) => row?.[names.length] ?? 0),
    iterations: solution.iterations,
    isConverged: solution.isConverged,
    ...(data.offsets && { hasOffsets: true }),
  };
}

function createLogistic(fields: LogisticDocument): Classifier {
  const { featureNames, coefficients, intercepts } = fields;
  const scaler = { mean: Float64Array.from(fields.mean), scale: Float64Array.from(fields.scale) };
  return {
    kind: 'logistic',
    featureNames,
    predictProba(features: FeatureMatrix, offsets?: Float64Array): Float64Array {
      const columns = matchColumns(features, featureNames);
      const scores = Float64Array.from({ length: 3 * features.length }, (_, i) => (coefficients[i % 3] === null ? -Infinity : intercepts[i % 3]));
      columns.forEach((column, feature) => {
        for (let row = 0; row < features.length; row += 1) {
          const value = standardize(scaler, feature, column[row]);
          for (let k = 0; k < 3; k += 1) {
            const coefficient = coefficients[k]?.[feature];
            if (coefficient !== undefined) scores[3 * row + k] += coefficient * value;
          }
        }
      });
      return softmaxRows(fields.hasOffsets === true ? addOffsets('predictProba', scores, offsets) : scores, 3);
    },
    explainRow(features: FeatureMatrix, row: number, classIndex: number): Float64Array {
      checkExplainedRow(features, row, classIndex);
      const columns = matchColumns(features, featureNames);
      return Float64Array.from(columns, (column, feature) => (coefficients[classIndex]?.[feature] ?? 0) * standardize(scaler, feature, column[row]));
    },
    explainRows(features: FeatureMatrix): Float64Array {
      const columns = matchColumns(features, featureNames);
      return Float64Array.from({ length: 3 * columns.length * features.length }, (_, i) => {
        const feature = Math.floor(i / 3) % columns.length;
        const row = Math.floor(i / (3 * columns.length));
        return (coefficients[i % 3]?.[feature] ?? 0) * standardize(scaler, feature, columns[feature][row]);
      });
    },
    serialize: () => ({
      kind: 'logistic',
      version: 1,
      featureNames: [...featureNames],
      mean: [...fields.mean],
      scale: [...fields.scale],
      coefficients: coefficients.map((row) => (row === null ? null : [...row])),
      intercepts: [...intercepts],
      iterations: fields.iterations,
      isConverged: fields.isConverged,
      ...(fields.hasOffsets && { hasOffsets: true }),
    }),
  };
}
