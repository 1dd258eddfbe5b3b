// A model whose settings are chosen inside its fit, from its training rows alone: random draws with successive halving on purged inner
// walk-forward folds, then the winner on all rows. (Jamieson & Talwalkar 2016; Bergstra & Bengio 2012 for random draws.)
import { z } from 'zod';
import type { Classifier, ClassifierKind } from './classifier.js';
import { fitInside, innerProgress } from './nested/inner-fit.js';
import { type NestedKinds, restoreInside } from './nested/nested-kinds.js';
import { corruptModel, featureNamesSchema, readModelDocument } from './read-model-document.js';
import { createRowPredictor } from './row-predictor.js';
import { searchSettings } from './tuning/search-settings.js';
import { MOST_FITS, resolveTuning } from './tuning/tuned-params.js';
import type { TuningSummary } from './tuning/tuning-summary.js';

/**
 * The kind `tuned`, which finds the kinds that it tries through `kinds`. `params`: TunedParams. Its fit needs `rows` and `spanEnd`
 * unless the budget is too small to compare anything.
 */
export function createTuned(kinds: NestedKinds): ClassifierKind {
  return {
    kind: 'tuned',
    summary: 'A model whose settings are chosen inside the fit, by purged walk-forward folds of the training rows',
    takesOffsets: true,
    fit(data, options) {
      const { onIteration: _, ...rest } = options;
      const tuning = resolveTuning(options.params, kinds);
      const { setting, summary, fits } = searchSettings(tuning, data, options);
      const base = fitInside(setting.kind, data, { ...rest, ...innerProgress(options, tuning.budget - 1, tuning.budget), params: setting.params });
      const { tried, ...found } = summary;
      return createTunedClassifier([...data.features.names], base, { ...found, fits: fits + 1, tried });
    },
    restore(document) {
      const { featureNames, base, tuning } = readModelDocument('tuned', documentSchema, document);
      const chosen = tuning.tried[tuning.chosen];
      if (chosen === undefined || chosen.kind !== base.kind || tuning.kind !== base.kind) throw corruptModel('tuned', '`tuning.chosen` must be the setting of `base`');
      const model = restoreInside('tuned', base, featureNames, kinds);
      if (model.featureNames.join('\n') !== featureNames.join('\n')) throw corruptModel('tuned', '`featureNames` must be those of `base`');
      return createTunedClassifier(featureNames, model, tuning);
    },
  };
}

/** `base` with what its tuning tried. */
function createTunedClassifier(featureNames: readonly string[], base: Classifier, tuning: TuningSummary): Classifier {
  return {
    kind: 'tuned',
    featureNames,
    tuning,
    ...(base.trees === undefined ? {} : { trees: base.trees }),
    ...(base.members === undefined ? {} : { members: base.members }),
    ...(base.contextRows === undefined ? {} : { contextRows: base.contextRows }),
    predictProba: (features, offsets) => base.predictProba(features, offsets),
    ...(base.createRowPredictor === undefined ? {} : { createRowPredictor: () => createRowPredictor(base) }),
    ...(base.explainRow === undefined ? {} : { explainRow: base.explainRow.bind(base) }),
    ...(base.explainRows === undefined ? {} : { explainRows: base.explainRows.bind(base) }),
    serialize: () => ({ kind: 'tuned', version: 1, featureNames: [...featureNames], tuning: copyOf(tuning), base: base.serialize() }),
  };
}

/** A copy that the caller may change without changing the model. */
function copyOf(tuning: TuningSummary): TuningSummary {
  return JSON.parse(JSON.stringify(tuning)) as TuningSummary;
}

const loss = z.number().min(-1e6).max(1e6).nullable();
const settings = z.record(z.string(), z.unknown());

const documentSchema = z.object({
  kind: z.literal('tuned'),
  version: z.literal(1),
  featureNames: featureNamesSchema,
  tuning: z.object({
    chosen: z.number().int().min(0),
    kind: z.string().max(50),
    params: settings,
    budget: z.number().int().min(1).max(MOST_FITS),
    fits: z.number().int().min(1).max(MOST_FITS),
    tried: z
      .array(z.object({ kind: z.string().max(50), params: settings, folds: z.number().int().min(0).max(100), loss, gain: loss, standardError: loss, failure: z.string().max(10_000).nullable() }))
      .min(1)
      .max(MOST_FITS),
  }),
  base: z.looseObject({ kind: z.string() }),
});
