// How each feature lay in the training rows, so that the daily job can say when the market has left that range.
import type { FeatureMatrix } from '../features/feature-table.js';
import type { FeatureReference } from './bundle-meta.js';

const STEPS = 10;

/** Minimum, deciles, maximum and share of missing values of every column. */
export function driftReference(features: FeatureMatrix): readonly FeatureReference[] {
  return features.names.map((name, i) => {
    const present = features.columns[i].filter((value) => !Number.isNaN(value)).sort();
    const missingShare = features.length === 0 ? 0 : (features.length - present.length) / features.length;
    return { name, missingShare, quantiles: present.length === 0 ? null : Array.from({ length: STEPS + 1 }, (_, k) => quantile(present, k / STEPS)) };
  });
}

/** Linear interpolation between order statistics (Hyndman and Fan's type 7, NumPy's default). */
function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
