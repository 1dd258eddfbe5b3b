// The files of a finished run, as other tools read them: CONTRACTS of columns, then columns of our own.
import { type Fold, formatWalkForwardCsv, type FoldEvaluation, type WalkForwardEvaluation } from '@forecastlab/core';
import type { SearchGroup } from './plan-search.js';
import type { CandidateReport, SearchReport } from './search-report.js';

const DAY_MS = 86_400_000;
const CLASS_LABELS = [-1, 0, 1];
type Cell = string | number | null | undefined;

/** `fold_metrics.csv` and `predictions.csv` of each candidate, by path within the run's folder. */
export function candidateFiles(evaluation: WalkForwardEvaluation, question: CandidateReport): ReadonlyMap<string, Uint8Array> {
  return new Map([
    [`${evaluation.candidate}/fold_metrics.csv`, foldMetrics(evaluation.folds, question)],
    [`${evaluation.candidate}/predictions.csv`, formatWalkForwardCsv(evaluation.predictions)],
  ]);
}

/** `reversal_param_search_wf_results.csv`, in the order of the report. */
export function resultsFile({ candidates }: SearchReport): Uint8Array {
  const baselines = [...new Set(candidates.flatMap((candidate) => candidate.baselines.map(({ name }) => name)))];
  const header = [
    'candidate', 'T', 'X', 'folds', 'precision_median', 'recall_median', 'f1_median', 'accuracy_median', 'balanced_accuracy_median',
    'log_loss_median', 'rows', 'log_loss', 'brier', 'f1', 'roc_auc', 'calibration_error', 'matthews_correlation',
    'skill', 'skill_low', 'skill_high', 'brier_skill', 'brier_skill_low', 'brier_skill_high',
    'best_baseline', 'skill_against_best', 'skill_against_best_low', 'skill_against_best_high', 'p_value', 'p_value_adjusted', 'has_skill',
    ...baselines.flatMap((name) => [`log_loss_${column(name)}`, `f1_${column(name)}`]), 'V', 'barrier_mean', 'barrier_median',
  ];
  const rows = candidates.map((candidate): Cell[] => {
    const { medians, pooled, skill, brierSkill, skillAgainstBest: best } = candidate;
    return [
      candidate.name, candidate.T, candidate.X, candidate.folds, medians.precision, medians.recall, medians.f1, medians.accuracy, medians.balancedAccuracy,
      medians.logLoss, pooled.rows, pooled.logLoss, pooled.brier, pooled.f1, pooled.rocAuc, pooled.calibrationError, pooled.matthewsCorrelation,
      skill.skill, skill.interval?.[0], skill.interval?.[1], brierSkill.skill, brierSkill.interval?.[0], brierSkill.interval?.[1],
      candidate.bestBaseline, best.skill, best.interval?.[0], best.interval?.[1], candidate.pValue, candidate.adjustedPValue, candidate.hasSkill ? 1 : 0,
      ...baselines.flatMap((name): Cell[] => {
        const scores = candidate.baselines.find((baseline) => baseline.name === name)?.scores;
        return [scores?.logLoss, scores?.f1];
      }),
      candidate.V, candidate.barrier?.mean ?? candidate.X, candidate.barrier?.median ?? candidate.X,
    ];
  });
  return csv(header, rows);
}

/** `fold_ranges.csv`: the folds, before purge and embargo, of the horizon with the most of them. Forward labels have the same in every horizon, up to an earlier end. */
export function foldRangesFile(groups: readonly SearchGroup[]): Uint8Array {
  const { folds, openTimeMs } = groups.reduce((longest, group) => (group.folds.length > longest.folds.length ? group : longest));
  const time = timeFormat(openTimeMs);
  const header = ['fold', 'train_start', 'train_end', 'test_start', 'test_end', 'train_start_ix', 'train_end_ix', 'test_start_ix', 'test_end_ix'];
  const rows = folds.map((fold: Fold): Cell[] => {
    const places = [fold.trainStartIx, fold.trainEndIx, fold.testStartIx, fold.testEndIx];
    return [fold.fold, ...places.map((place) => time(openTimeMs[place])), ...places];
  });
  return csv(header, rows);
}

function foldMetrics(folds: readonly FoldEvaluation[], { T, X, V }: Pick<CandidateReport, 'T' | 'X' | 'V'>): Uint8Array {
  const time = timeFormat(Float64Array.from(folds.flatMap(({ trainStartMs, testStartMs, testEndMs }) => [trainStartMs, testStartMs, testEndMs])));
  const counts = (name: string): string[] => CLASS_LABELS.map((label) => `${name}_${label}`);
  const header = [
    'fold', 'T', 'X', 'precision', 'recall', 'f1', 'accuracy', 'balanced_accuracy', ...counts('y_train'), ...counts('y_true'), ...counts('y_pred'),
    'train_start', 'train_end', 'test_start', 'test_end', 'train_rows', 'purged_rows', 'log_loss', 'brier', 'log_loss_prior', 'brier_prior', 'V',
  ];
  const rows = folds.map(({ model, prior, ...fold }): Cell[] => [
    fold.fold, T, X, model.precision, model.recall, model.f1, model.accuracy, model.balancedAccuracy, ...fold.trainClassCounts, ...fold.testClassCounts, ...model.predictedCounts,
    time(fold.trainStartMs), time(fold.trainEndMs), time(fold.testStartMs), time(fold.testEndMs), fold.trainRows, fold.purgedRows, model.logLoss, model.brier, prior.logLoss, prior.brier, V,
  ]);
  return csv(header, rows);
}

/** A UTC date; date and time where some bar opens within a day. */
function timeFormat(openTimeMs: Float64Array): (timeMs: number) => string {
  const isDaily = openTimeMs.every((time) => time % DAY_MS === 0);
  return (timeMs) => {
    const text = new Date(timeMs).toISOString();
    return isDaily ? text.slice(0, 10) : text.replace('.000Z', 'Z');
  };
}

/** No cell needs quotes: names, dates and numbers. An undefined number is empty. */
function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): Uint8Array {
  return new TextEncoder().encode(`${[header, ...rows].map((cells) => cells.map((cell) => cell ?? '').join(',')).join('\n')}\n`);
}

const column = (name: string): string => name.replaceAll('-', '_');
