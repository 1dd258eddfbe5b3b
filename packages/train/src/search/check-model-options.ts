// Wrong hyper-parameters are refused before any work, and not candidate by candidate.
import { fitClassifier, isForecastLabError } from '@forecastlab/core';
import { loadClassifierKind } from '@forecastlab/core/node';
import type { SearchRequest } from './search-request.js';

/** Fits the model on six rows, for its own check of its options. Throws BAD_OPTION. */
export async function checkModelOptions({ modelKind, params, classWeights, seed }: Pick<SearchRequest, 'modelKind' | 'params' | 'classWeights' | 'seed'>): Promise<void> {
  const kind = await loadClassifierKind(modelKind);
  const labels = Int8Array.of(-1, 0, 1, -1, 0, 1);
  const features = { names: ['x'], columns: [Float64Array.from(labels)], length: labels.length };
  try {
    fitClassifier(kind, { features, labels }, { seed, ...(params === undefined ? {} : { params }), ...(classWeights === undefined ? {} : { classWeights }) });
  } catch (error) {
    // what else goes wrong with six rows says nothing about thousands
    if (isForecastLabError(error) && error.code === 'BAD_OPTION') throw error;
  }
}
