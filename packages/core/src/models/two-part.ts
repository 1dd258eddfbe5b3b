// A two-part (hurdle) model behind the Classifier interface: whether the price touches a barrier, and which one, are told by other
// things, so each has a model of its own. One model of three classes loses on the side what it wins on the touch.
// (Cragg 1971 for the hurdle; Duan et al. 1983 for two parts fitted apart.)
import { z } from 'zod';
import type { Classifier, ClassifierKind } from './classifier.js';
import { type NestedKinds, restoreInside } from './nested/nested-kinds.js';
import { corruptModel, featureNamesSchema, readModelDocument } from './read-model-document.js';
import { fitTwoPart } from './two-part/fit-two-part.js';
import { createTwoPartClassifier, type Part } from './two-part/two-part-classifier.js';
import { needsGapInside, resolveTwoPart } from './two-part/two-part-params.js';

/**
 * The kind `two-part`, with the kinds of its parts found through `kinds`. `params`: TwoPartParams. P(+1) = P(touched) P(up | touched),
 * P(-1) = P(touched) P(down | touched), P(0) the rest; never 0, whatever the training rows had.
 *
 * Class weights count as weights of the rows of each class, in both parts. Offsets are given to parts whose kind takes them, as the log-odds of
 * each question. Contributions add up in log-odds: those of class +1 are the touch's and the side's, of -1 the touch's less
 * the side's, of 0 the touch's with the other sign. (A forest as a part explains probabilities, which have another scale.)
 */
export function createTwoPart(kinds: NestedKinds): ClassifierKind {
  return {
    kind: 'two-part',
    summary: 'Whether the barrier is touched and which side, each by a model of its own',
    takesOffsets: true,
    needsValidationGap: (params) => needsGapInside(params, kinds),
    fit: (data, options) => fitTwoPart(resolveTwoPart(options.params, kinds), data, options),
    restore(document) {
      const { touch, side, ...fields } = readModelDocument('two-part', documentSchema, document);
      if (fields.sideOdds !== null && !fields.featureNames.includes(fields.sideOdds)) throw corruptModel('two-part', '`sideOdds` must be one of `featureNames`');
      return createTwoPartClassifier({ ...fields, touch: restorePart(touch), side: restorePart(side) });

      function restorePart({ constant, model: stored }: z.infer<typeof partSchema>): Part {
        if (stored === null) return { constant, model: null };
        const model: Classifier = restoreInside('two-part', stored, fields.featureNames, kinds);
        if (model.featureNames.join('\n') !== fields.featureNames.join('\n')) throw corruptModel('two-part', '`featureNames` must be those of both parts');
        return { constant, model };
      }
    },
  };
}

const partSchema = z.object({ constant: z.number().min(-1e6).max(1e6), model: z.looseObject({ kind: z.string() }).nullable() });

const documentSchema = z.object({
  kind: z.literal('two-part'),
  version: z.literal(1),
  featureNames: featureNamesSchema,
  hasOffsets: z.boolean(),
  sideOdds: z.string().nullable(),
  sideWeight: z.number().min(0).max(1),
  touch: partSchema,
  side: partSchema,
});
