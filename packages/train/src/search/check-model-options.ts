// Wrong hyper-parameters are refused before any work, and not candidate by candidate.
import { FEATURE_SETS, fitClassifier, isForecastLabError } from '@forecastlab/core';
import { loadClassifierKind } from '@forecastlab/core/node';
import type { SearchRequest } from './search-request.js';

/** Enough for kinds that fit others on parts of the rows: those inside are asked too. */
const ROWS = 24;

/** Fits the model on a few rows, for its own check of its options. Throws BAD_OPTION. */
export async function checkModelOptions({ modelKind, params, classWeights, featureSet, seed }: Pick<SearchRequest, 'modelKind' | 'params' | 'classWeights' | 'featureSet' | 'seed'>): Promise<void> {
  const kind = await loadClassifierKind(modelKind);
  const rows = Int32Array.from({ length: ROWS }, (_, row) => row);
  const labels = Int8Array.from(rows, (row) => (row % 3) - 1);
  const names = FEATURE_SETS[featureSet].map(({ name }) => name);
  const features = { names, columns: names.map(() => Float64Array.from(labels)), length: ROWS };
  try {
    fitClassifier(kind, { features, labels, rows, spanEnd: rows }, { seed, ...(params === undefined ? {} : { params }), ...(classWeights === undefined ? {} : { classWeights }) });
  } catch (error) {
    // what else goes wrong with a few rows says nothing about thousands
    if (isForecastLabError(error) && error.code === 'BAD_OPTION') throw error;
  }
}
