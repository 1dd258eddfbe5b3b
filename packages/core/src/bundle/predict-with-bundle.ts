// All answers of a bundle for one bar.
import { optionError } from '../errors.js';
import type { FeatureMatrix } from '../features/feature-table.js';
import { CLASSES, type ClassLabel } from '../models/classifier.js';
import { matchColumns } from '../models/match-columns.js';
import { predictRows } from '../models/predict-rows.js';
import type { BundleCandidate } from './bundle-meta.js';
import type { Bundle } from './load-bundle.js';

/** What one model says about one bar. */
export interface BundlePrediction {
  readonly candidate: BundleCandidate;
  /** In CLASSES order; sums to 1. */
  readonly probabilities: readonly [number, number, number];
  /** The most probable class; the first of equals. */
  readonly predLabel: ClassLabel;
  /**
   * Additive contributions to the raw score of the predicted class, largest first; empty for kinds that have none.
   * `value` is null where the feature is missing.
   */
  readonly contributions: readonly { readonly name: string; readonly value: number | null; readonly contribution: number }[];
}

export interface PredictWithBundleOptions {
  /** The market that the row is of: a model of several markets answers with its class shares. Default: those of all. */
  readonly symbol?: string | undefined;
}

/**
 * Predicts row `row` of `features` (matched by name; a function gives each candidate's own) with every model, in the order of the bundle's candidates.
 * Models that look back read the rows before it as well: give them, as many as `contextRows` of the model, in the same table.
 * Throws BAD_DATA when a feature is missing, BAD_OPTION when there is no such row.
 */
export function predictWithBundle(bundle: Bundle, features: FeatureMatrix | ((candidate: BundleCandidate) => FeatureMatrix), row: number, { symbol }: PredictWithBundleOptions = {}): BundlePrediction[] {
  const names = bundle.meta.featureNames;
  return bundle.meta.candidates.map((candidate) => {
    const own = typeof features === 'function' ? features(candidate) : features;
    if (!Number.isInteger(row) || row < 0 || row >= own.length) throw optionError('predictWithBundle', 'row', `an integer from 0 to ${own.length - 1}`, row);
    const matched: FeatureMatrix = { names, length: own.length, columns: matchColumns(own, names) };
    const one: FeatureMatrix = { names, length: 1, columns: matched.columns.map((column) => column.slice(row, row + 1)) };
    const stored = bundle.models.get(candidate.name);
    if (stored === undefined) throw optionError('predictWithBundle', 'bundle', `a bundle with a model for ${candidate.name}`, [...bundle.models.keys()].join(', '));
    const model = symbol === undefined ? stored : (stored.forSymbol?.(symbol) ?? stored);
    const [down, neutral, up] = predictRows(model, matched, { begin: row, end: row + 1 });
    const best = down >= neutral && down >= up ? 0 : neutral >= up ? 1 : 2;
    const scores = model.explainRow?.(one, 0, best) ?? new Float64Array(0);
    const contributions = [...scores].map((contribution, i) => {
      const value = one.columns[i][0];
      return { name: names[i], value: Number.isFinite(value) ? value : null, contribution };
    });
    contributions.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
    return { candidate, probabilities: [down, neutral, up], predLabel: CLASSES[best], contributions };
  });
}
