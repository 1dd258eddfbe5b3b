// The training table: features and labels of the same bars, side by side; what is fitted, stored and handed to other tools.
import { ForecastLabError } from '../errors.js';
import { computeCandidateFeatures } from '../features/candidate-features.js';
import { type FeatureSelection, resolveFeatures } from '../features/feature-registry.js';
import type { FeatureTable } from '../features/feature-table.js';
import { warmUpBars } from '../features/warm-up-bars.js';
import type { Klines } from '../klines/klines.js';
import type { Candidate } from '../labels/candidate.js';
import type { LabelOptions } from '../labels/label-options.js';
import { labelReversals, type ReversalLabels } from '../labels/label-reversals.js';

/** One row per bar, warm-up and unlabelled rows included. */
export interface TrainingTable {
  /** [rows] open time of the bar, UTC ms. */
  readonly openTimeMs: Float64Array;
  /** [rows] closing price. */
  readonly close: Float64Array;
  /** The features that are the same for every candidate. */
  readonly features: FeatureTable;
  /** All features, for each candidate in the order of `labels`: the very table `features` where none depends on the candidate. */
  readonly candidateFeatures: readonly FeatureTable[];
  /** All feature names, in the order of the selection: the order of a model's columns. */
  readonly featureNames: readonly string[];
  /** Labels per candidate, in the order asked for. */
  readonly labels: readonly ReversalLabels[];
  /** Rows at the head whose features have not had their full look-back; training leaves them out. */
  readonly warmUpBars: number;
}

export interface TrainingTableOptions {
  /** A set or a list of features. */
  readonly features: FeatureSelection;
  /** Each once; an empty list makes a table of features alone. */
  readonly candidates: readonly Candidate[];
  /** Bars of the leading market, for features that need them. Default: none, and such features are missing. */
  readonly leader?: Klines | undefined;
  /** How labels are made. Default: forward window, first touch, closing prices. */
  readonly labelOptions?: LabelOptions;
}

/**
 * Features and labels of every bar.
 * @param klines closed bars, oldest first
 * @throws BAD_OPTION for an unknown feature, a candidate given twice or a bad label option; BAD_DATA for klines without
 * the order flow that a feature needs
 * @example buildTrainingTable(klines, { features: 'flow', candidates: parseCandidates('T21_X8,T14_X8') })
 */
export function buildTrainingTable(klines: Klines, options: TrainingTableOptions): TrainingTable {
  const names = options.candidates.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new ForecastLabError('BAD_OPTION', `The candidate ${twice} is named twice.`, { details: { candidate: twice } });
  const { shared, tables } = computeCandidateFeatures(klines, options.features, options.candidates, { leader: options.leader });
  return {
    openTimeMs: klines.openTimeMs,
    close: klines.close,
    features: shared,
    candidateFeatures: tables,
    featureNames: resolveFeatures(options.features).map(({ name }) => name),
    labels: options.candidates.map((candidate) => labelReversals(klines, candidate, options.labelOptions)),
    warmUpBars: warmUpBars(options.features),
  };
}
