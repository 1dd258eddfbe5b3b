// The model that knows nothing but how often each class occurred: what every other model must beat.
import { z } from 'zod';
import { optionError } from '../errors.js';
import type { FeatureMatrix } from '../features/feature-table.js';
import { log } from '../numeric/log.js';
import { softmaxRows } from '../numeric/softmax.js';
import { checkTrainingData } from './check-training-data.js';
import type { Classifier, ClassifierKind } from './classifier.js';
import { effectiveWeights } from './effective-weights.js';
import { fitClassConstants } from './fit-class-constants.js';
import { matchColumns } from './match-columns.js';
import { addOffsets } from './offsets.js';
import { corruptModel, featureNamesSchema, readModelDocument } from './read-model-document.js';

interface PriorDocument {
  readonly featureNames: readonly string[];
  /** Weighted class shares in CLASSES order; with offsets what is left when they are 0. */
  readonly shares: readonly number[];
  /** Present when the model was fitted with offsets. */
  readonly hasOffsets?: true | undefined;
}

/**
 * Predicts the weighted class shares of the training rows, whatever the features say; with offsets, softmax of the offsets and one
 * constant per class, with which the mean probabilities of the training rows are their class shares. No hyper-parameters.
 */
export const PRIOR: ClassifierKind = {
  kind: 'prior',
  summary: 'Class shares of the training rows',
  takesOffsets: true,
  fit(data, options) {
    checkTrainingData('PRIOR.fit', data);
    const names = Object.keys(options.params ?? {});
    if (names.length > 0) throw optionError('PRIOR.fit', 'params', 'left out or empty (the prior has none)', names.join(', '));
    const weights = effectiveWeights(data, options);
    const featureNames = [...data.features.names];
    if (data.offsets !== undefined) return createPrior({ featureNames, shares: Array.from(softmaxRows(fitClassConstants(data, weights), 3)), hasOffsets: true });
    const sums = [0, 0, 0];
    weights.forEach((weight, row) => {
      const k = data.labels[row] + 1;
      sums[k] += weight;
    });
    const total = sums.reduce((sum, value) => sum + value, 0);
    return createPrior({ featureNames, shares: sums.map((sum) => sum / total) });
  },
  restore(document) {
    const fields = readModelDocument('prior', documentSchema, document);
    const total = fields.shares.reduce((sum, share) => sum + share, 0);
    if (Math.abs(total - 1) > 1e-9) throw corruptModel('prior', `\`shares\` must add up to 1, not ${total}`);
    return createPrior(fields);
  },
};

const documentSchema: z.ZodType<PriorDocument> = z.object({
  kind: z.literal('prior'),
  version: z.literal(1),
  featureNames: featureNamesSchema,
  shares: z.array(z.number().min(0).max(1)).length(3),
  hasOffsets: z.literal(true).optional(),
});

function createPrior({ featureNames, shares, hasOffsets }: PriorDocument): Classifier {
  return {
    kind: 'prior',
    featureNames,
    predictProba(features: FeatureMatrix, offsets?: Float64Array): Float64Array {
      matchColumns(features, featureNames);
      if (hasOffsets === true && offsets !== undefined) {
        const scores = shares.map((share) => (share === 0 ? -Infinity : log(share)));
        return softmaxRows(addOffsets('predictProba', Float64Array.from({ length: 3 * features.length }, (_, i) => scores[i % 3]), offsets), 3);
      }
      return Float64Array.from({ length: 3 * features.length }, (_, i) => shares[i % 3]);
    },
    serialize: () => ({ kind: 'prior', version: 1, featureNames: [...featureNames], shares: [...shares], ...(hasOffsets && { hasOffsets }) }),
  };
}
