// The work of a search: candidates of one horizon share rows, label windows and folds, so their fits share matrices and bins.
import {
  buildTrainingTable,
  type Candidate,
  dependsOnCandidate,
  type EvaluationRows,
  type FeatureMatrix,
  type FeatureSetName,
  type FeatureTable,
  type Fold,
  foldTrainingRows,
  ForecastLabError,
  isFlawed,
  type Klines,
  purgedTrainingRows,
  trainingRows,
  type TrainingTable,
  walkForwardFolds,
} from '@forecastlab/core';
import type { SearchSettings } from './resolve-settings.js';

/** Candidates with the same rows, label windows and folds. */
export interface SearchGroup {
  readonly candidates: readonly Candidate[];
  readonly features: FeatureMatrix;
  readonly rows: Int32Array;
  readonly openTimeMs: Float64Array;
  readonly spanEnd: Int32Array;
  /** [candidates] of [rows]. */
  readonly labels: readonly Int8Array[];
  readonly folds: readonly Fold[];
}

/** A candidate that cannot be evaluated, and why. */
export interface SearchFailure {
  readonly candidate: string;
  readonly message: string;
  readonly hint: string | null;
}

export interface SearchPlan {
  readonly groups: readonly SearchGroup[];
  readonly failures: readonly SearchFailure[];
  readonly featureNames: readonly string[];
}

/** Labels, features, folds. Throws BAD_OPTION for options of folds or labels that are none. */
export function planSearch(klines: Klines, candidates: readonly Candidate[], settings: SearchSettings, { leader }: { readonly leader?: Klines | undefined } = {}): SearchPlan {
  const features = settings.features as FeatureSetName;
  const table = buildTrainingTable(klines, { features, candidates, leader, labelOptions: settings.labelOptions });
  const groups: SearchGroup[] = [];
  const failures: SearchFailure[] = [];
  for (const members of groupCandidates(candidates, features)) {
    const taken = members.map((candidate) => rowsOf(table, candidate, settings));
    const { rows, openTimeMs, spanEnd } = taken[0];
    const folds = foldsOf(taken[0], settings);
    if (folds.length === 0) {
      failures.push(...members.map(({ name }) => tooFewRows(name, rows.length, settings)));
      continue;
    }
    const place = candidates.indexOf(members[0]);
    groups.push({ candidates: members, features: featuresOf(table.candidateFeatures[place], taken[0]), rows, openTimeMs, spanEnd, labels: taken.map(({ labels }) => labels), folds });
  }
  return { groups, failures, featureNames: table.featureNames };
}

/** Fixed barriers of one horizon have the same labelled rows; the others, and all when features depend on the candidate, stand alone. */
function groupCandidates(candidates: readonly Candidate[], features: FeatureSetName): (readonly Candidate[])[] {
  if (dependsOnCandidate(features)) return candidates.map((candidate) => [candidate]);
  const keyOf = ({ name, T, V }: Candidate): string => (V === undefined ? `T${T}` : name);
  return [...new Set(candidates.map(keyOf))].map((key) => candidates.filter((candidate) => keyOf(candidate) === key));
}

/** The rows of one candidate of a group. */
export function evaluationRows({ features, rows, openTimeMs, spanEnd, labels }: SearchGroup, candidate: number): EvaluationRows {
  return { features, rows, openTimeMs, spanEnd, labels: labels[candidate] };
}

/**
 * Trailing labels begin T - 1 rows later than they could: the predecessor drops the warm-up first and then lets its
 * window fill again, and its folds count from there.
 */
function rowsOf(table: TrainingTable, candidate: Candidate, { labelOptions }: SearchSettings): EvaluationRows {
  return trainingRows(table, candidate, isFlawed(labelOptions) ? { firstBar: table.warmUpBars + candidate.T - 1 } : {});
}

/** Rows without gaps are a view of the table: all horizons then share its columns. */
function featuresOf(table: FeatureTable, { features, rows }: EvaluationRows): FeatureMatrix {
  const [first, last] = [rows[0], rows[rows.length - 1]];
  if (rows.length === 0 || last - first + 1 !== rows.length) return features;
  return { ...features, columns: table.columns.map((column) => column.subarray(first, last + 1)) };
}

/** With a window, each fold trains on the last so many rows that purge and embargo leave, as production does on those with a known label. */
function foldsOf({ rows, spanEnd }: EvaluationRows, { initTrain, oosWindow, step, refitEvery, trainWindow, isPurged, embargo }: SearchSettings): readonly Fold[] {
  const folds = walkForwardFolds(rows.length, refitEvery === null ? { initTrain, oosWindow, step } : { initTrain, refitEvery });
  if (trainWindow === null) return folds;
  return folds.map((fold) => {
    const usable = isPurged ? purgedTrainingRows(fold, rows, spanEnd, { embargoBars: embargo }) : foldTrainingRows(fold);
    return { ...fold, trainStartIx: usable[Math.max(0, usable.length - trainWindow)] ?? fold.trainStartIx };
  });
}

function tooFewRows(candidate: string, rows: number, { initTrain, oosWindow }: SearchSettings): SearchFailure {
  const needed = initTrain + oosWindow;
  const { message, hint } = new ForecastLabError('BAD_DATA', `${rows} labelled rows make no fold: ${initTrain} to train on and ${oosWindow} to test are ${needed}.`, {
    hint: 'Give more bars, or smaller --init-train and --oos-window.',
  });
  return { candidate, message, hint: hint ?? null };
}
