// Early stopping validates on the newest training rows: no training label may reach into them.
import { resolveKind } from '../../models/classifiers.js';
import type { FoldModel } from './evaluation-options.js';

/**
 * The model with `validationGap` rows kept free before its validation rows, where its fit keeps any back and does not say how many.
 * Where a market has gaps, so many rows are not enough: the fit then drops labels that reach further by `rows` and `spanEnd`.
 */
export function withValidationGap<Model extends FoldModel>(model: Model, validationGap: number): Model {
  const params = model.fitOptions?.params as Readonly<Record<string, unknown>> | undefined;
  return resolveKind(model.modelKind).needsValidationGap?.(params) === true ? { ...model, fitOptions: { ...model.fitOptions, params: { validationGap, ...params } } } : model;
}
