// How far the newest bars lie from what a bundle was trained on: its features, this very row, its answers, its age. Only bars up to the
// as-of bar are looked at, and nothing but data and bundle decides.
import type { BundleCandidate } from '../bundle/bundle-meta.js';
import { mayBeAbsent } from '../bundle/drift-reference.js';
import type { Bundle } from '../bundle/load-bundle.js';
import { type AnswerDrift, measureAnswers } from '../drift/measure-answers.js';
import { DRIFT_ROWS, type DriftMeasurement, measureDrift } from '../drift/measure-drift.js';
import { type DistanceRank, rankDistance } from '../drift/rank-distance.js';
import type { FeatureTable } from '../features/feature-table.js';
import { warmUpBars } from '../features/warm-up-bars.js';
import { matchColumns } from '../models/match-columns.js';
import { predictRows } from '../models/predict-rows.js';

const DAY_MS = 86_400_000;

/** This row among the training rows. */
export interface RowDistance extends DistanceRank {
  /** Open time of the training row that it is most like, UTC ms. */
  readonly nearestOpenTimeMs: number;
}

/** What is known of one bar; parts that the bundle holds no reference for, or that there are too few bars for, are undefined. */
export interface BundleDrift {
  readonly features: DriftMeasurement | undefined;
  readonly distance: RowDistance | undefined;
  /** Whole days from the newest bar that training has seen to this one; negative before it. */
  readonly modelAgeDays: number;
  /** By candidate. Only bars after the training rows count, as a model answers those it was trained on too well. */
  readonly answers: ReadonlyMap<string, AnswerDrift>;
}

export interface BundleDriftOptions {
  /** The as-of bar. */
  readonly row: number;
  /** The market that the bars are of. */
  readonly symbol: string;
  readonly intervalMs: number;
  /** Bars to compare, one of the lengths of the reference. Default: 60, or fewer where there are not as many. */
  readonly rows?: number | undefined;
}

/**
 * @param tableOf the features of every bar for a candidate
 * @throws what the models throw for features that do not fit them
 */
export function bundleDrift(bundle: Bundle, tableOf: (candidate: BundleCandidate) => FeatureTable, options: BundleDriftOptions): BundleDrift {
  const { row, rows } = options;
  const { meta } = bundle;
  const { distribution } = meta.driftReference;
  const table = tableOf(meta.candidates[0]);
  const columnOf = (name: string): Float64Array => table.columns[table.names.indexOf(name)];
  const firstRow = warmUpBars(meta.featureNames);
  const openTimeMs = table.openTimeMs[row];
  const answers = meta.candidates.flatMap((candidate): [string, AnswerDrift][] => {
    const own = answersOf(bundle, candidate, tableOf(candidate), { ...options, firstRow });
    return own === undefined ? [] : [[candidate.name, own]];
  });
  return {
    features: distribution === undefined ? undefined : measureDrift(distribution, columnOf, { row, firstRow, rows, mayBeAbsent }),
    distance: distanceOf(bundle, columnOf, openTimeMs, options),
    modelAgeDays: Math.floor((openTimeMs - Date.parse(meta.training.cutOff)) / DAY_MS),
    answers: new Map(answers),
  };
}

function distanceOf({ meta: { driftReference, candidates } }: Bundle, columnOf: (name: string) => Float64Array, openTimeMs: number, { row, intervalMs }: BundleDriftOptions): RowDistance | undefined {
  const { distribution } = driftReference;
  if (distribution === undefined) return undefined;
  // the longest training table is the reference (createBundle), and its bars count from its first
  const firstMs = Date.parse(candidates.reduce((a, b) => (b.rows > a.rows ? b : a)).firstOpenTime);
  const ranked = rankDistance(distribution, distribution.names.map((name) => columnOf(name)[row]), Math.round((openTimeMs - firstMs) / intervalMs));
  return ranked === undefined ? undefined : { ...ranked, nearestOpenTimeMs: firstMs + ranked.nearestBar * intervalMs };
}

/** The probabilities of the newest bars that the candidate's model was not trained on. */
function answersOf({ models }: Bundle, candidate: BundleCandidate, table: FeatureTable, { row, firstRow, symbol, rows }: BundleDriftOptions & { readonly firstRow: number }): AnswerDrift | undefined {
  const reference = candidate.answers;
  const stored = models.get(candidate.name);
  if (reference === undefined || stored === undefined) return undefined;
  const trainedMs = Date.parse(candidate.lastOpenTime);
  const first = Math.max(firstRow + (stored.contextRows ?? 0), row + 1 - (rows ?? DRIFT_ROWS));
  let begin = row + 1;
  while (begin > first && table.openTimeMs[begin - 1] > trainedMs) begin -= 1;
  if (begin > row) return undefined;
  const model = stored.forSymbol?.(symbol) ?? stored;
  const names = model.featureNames;
  const probabilities = predictRows(model, { names, length: table.length, columns: matchColumns(table, names) }, { begin, end: row + 1 });
  const columns = [0, 1, 2].map((place) => probabilities.filter((_, i) => i % 3 === place));
  return measureAnswers(reference, columns, { rows });
}
