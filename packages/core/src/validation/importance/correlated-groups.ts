// Features that hang together, found by the correlation of their ranks: permuted one by one, each hides behind the others.
import { optionError } from '../../errors.js';
import type { FeatureMatrix } from '../../features/feature-table.js';

export interface CorrelatedGroupsOptions {
  /** Features whose rank correlation is at least so strong, up or down, are of one group; above 0, at most 1. Default: 0.7. */
  readonly threshold?: number;
}

/**
 * Groups of at least two features, by a name made of theirs (`rsi14 + macd`), for the `groups` of permutationImportance: each feature
 * is linked to one of its group at least (single linkage by Spearman's correlation over the rows where both have values).
 * Give training rows, those before the first test. Throws BAD_OPTION for a bad threshold.
 * @example correlatedGroups(trainingFeatures, { threshold: 0.8 }) // → { 'rsi14 + macd': ['rsi14', 'macd'] }
 */
export function correlatedGroups(features: FeatureMatrix, options: CorrelatedGroupsOptions = {}): Readonly<Record<string, readonly string[]>> {
  const { threshold = 0.7 } = options;
  if (!(threshold > 0 && threshold <= 1)) throw optionError('correlatedGroups', 'threshold', 'a number above 0, at most 1', threshold);
  const ranks = features.columns.map(ranksOf);
  const groupOf = Int32Array.from(features.names, (_, feature) => feature);
  for (let a = 0; a < ranks.length; a += 1) {
    for (let b = 0; b < a; b += 1) {
      if (groupOf[a] === groupOf[b] || !(Math.abs(correlation(ranks[a], ranks[b])) >= threshold)) continue;
      const joined = groupOf[a];
      groupOf.forEach((group, feature) => {
        if (group === joined) groupOf[feature] = groupOf[b];
      });
    }
  }
  const groups = [...new Set(groupOf)].map((group) => features.names.filter((_, feature) => groupOf[feature] === group));
  return Object.fromEntries(groups.filter((names) => names.length > 1).map((names) => [names.join(' + '), names]));
}

/** [rows] ranks from 1, the mean of theirs for equal values; NaN stays NaN. */
function ranksOf(column: Float64Array): Float64Array {
  const order = Array.from(column.keys()).filter((row) => !Number.isNaN(column[row]));
  order.sort((a, b) => column[a] - column[b]);
  const ranks = new Float64Array(column.length).fill(Number.NaN);
  for (let begin = 0; begin < order.length; ) {
    let end = begin + 1;
    while (end < order.length && column[order[end]] === column[order[begin]]) end += 1;
    for (let i = begin; i < end; i += 1) ranks[order[i]] = (begin + end + 1) / 2;
    begin = end;
  }
  return ranks;
}

/** Pearson's correlation over the rows where both have values; NaN where one does not vary. */
function correlation(a: Float64Array, b: Float64Array): number {
  const rows = Array.from(a.keys()).filter((row) => !Number.isNaN(a[row]) && !Number.isNaN(b[row]));
  const meanOf = (column: Float64Array): number => rows.reduce((sum, row) => sum + column[row], 0) / rows.length;
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [both, ofA, ofB] = [0, 0, 0];
  for (const row of rows) {
    const [offA, offB] = [a[row] - meanA, b[row] - meanB];
    both += offA * offB;
    ofA += offA * offA;
    ofB += offB * offB;
  }
  return both / Math.sqrt(ofA * ofB);
}
