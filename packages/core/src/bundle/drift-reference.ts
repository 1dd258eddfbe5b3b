// How each feature lay in the training rows, so that the daily job can say when the market has left that range.
import type { FeatureMatrix } from '../features/feature-table.js';
import { groupRows } from '../drift/answer-reference.js';
import { createReference } from '../drift/create-reference.js';
import type { DistributionReference } from '../drift/distribution-reference.js';
import { quantile } from '../drift/quantile.js';
import { FEATURES } from '../features/feature-registry.js';
import type { FeatureReference } from './bundle-meta.js';

const STEPS = 10;

/** True for features of a leading market, which are absent as a whole where its bars are not at hand, and for itself. */
export function mayBeAbsent(name: string): boolean {
  return FEATURES.get(name)?.needs === 'leader';
}

/**
 * What drift is measured against: the features of the training rows that are the same for every candidate.
 * @param training rows in the order of time; of several markets with their index
 */
export function distributionOf(
  { names, columns, length }: FeatureMatrix,
  { openTimeMs, symbolIndex, intervalMs, seed }: { readonly openTimeMs: Float64Array; readonly symbolIndex: Int32Array | undefined; readonly intervalMs: number; readonly seed: number },
): DistributionReference {
  const shared = names.filter((name) => FEATURES.get(name)?.needs !== 'candidate');
  const first = openTimeMs.reduce((least, time) => Math.min(least, time), Infinity);
  return createReference(
    { names: shared, columns: shared.map((name) => columns[names.indexOf(name)]), length },
    { groups: groupRows(length, symbolIndex), bars: openTimeMs.map((time) => Math.round((time - first) / intervalMs)), seed, withDistances: true, mayBeAbsent },
  );
}

/** Minimum, deciles, maximum and share of missing values of every column. */
export function driftReference(features: FeatureMatrix): readonly FeatureReference[] {
  return features.names.map((name, i) => {
    const present = features.columns[i].filter((value) => !Number.isNaN(value)).sort();
    const missingShare = features.length === 0 ? 0 : (features.length - present.length) / features.length;
    return { name, missingShare, quantiles: present.length === 0 ? null : Array.from({ length: STEPS + 1 }, (_, k) => quantile(present, k / STEPS)) };
  });
}
