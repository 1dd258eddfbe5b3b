// From the predictions of every fold to the report: all candidates are tested together, allowing for how many were tried.
import {
  barriers,
  blockLengthFor,
  type Candidate,
  type FoldOutcome,
  foldPositions,
  type FoldPrediction,
  isFlawed,
  isForecastLabError,
  poolFolds,
  type PooledFolds,
  reliabilityCurve,
  scoreFold,
  summarizeCandidate,
  testSuperiority,
  type WalkForwardEvaluation,
} from '@forecastlab/core';
import type { SearchUnit, UnitResult } from './fit-unit.js';
import { medianScores } from './median-scores.js';
import { evaluationRows, type SearchFailure, type SearchGroup } from './plan-search.js';
import { rankCandidates } from './rank-candidates.js';
import type { RunMeta } from './run-meta.js';
import type { CandidateReport, SearchReport } from './search-report.js';
import { searchVerdict } from './search-verdict.js';

export interface SearchSummary {
  readonly report: SearchReport;
  /** The full evaluations, in the order of the report's candidates. */
  readonly evaluations: readonly WalkForwardEvaluation[];
}

interface ScoredCandidate {
  readonly candidate: Candidate;
  readonly group: SearchGroup;
  readonly index: number;
  readonly outcomes: readonly FoldOutcome[];
  readonly pooled: PooledFolds;
}

/** Scores, tests and describes. `results`: of every unit. `close`: [bars]. */
export function summarizeSearch(
  meta: RunMeta,
  groups: readonly SearchGroup[],
  results: ReadonlyMap<SearchUnit, UnitResult>,
  { close, planFailures, warnings }: { readonly close: Float64Array; readonly planFailures: readonly SearchFailure[]; readonly warnings: readonly string[] },
): SearchSummary {
  const { options } = meta;
  const failures: SearchFailure[] = [...planFailures];
  const scored: ScoredCandidate[] = [];
  for (const [groupIndex, group] of groups.entries()) {
    const units = [...results].filter(([unit]) => unit.group === groupIndex).sort(([a], [b]) => a.fold - b.fold);
    for (const [index, candidate] of group.candidates.entries()) {
      const found = scoreCandidate(group, index, units, { close, options });
      if ('message' in found) failures.push(found);
      else scored.push({ candidate, group, index, outcomes: found.outcomes, pooled: found.pooled });
    }
  }
  const earlier = meta.earlierTrials.reduce((sum, { candidates }) => sum + candidates, 0);
  const superiority = scored.length === 0 ? [] : testSuperiority(scored, { seed: options.seed, otherTrials: earlier + failures.length });
  const flaws = flawsOf(meta);
  const evaluations = scored.map(({ candidate, group, index, outcomes, pooled }, place) =>
    summarizeCandidate(outcomes, pooled, superiority[place], { rows: evaluationRows(group, index), candidate, modelKind: options.model as never, seed: options.seed, isPurged: options.isPurged }),
  );
  const candidates = evaluations.map((evaluation, place) => describeCandidate(evaluation, scored[place], { flaws, close }));
  const order = rankCandidates(candidates, options.rankBy);
  const report: SearchReport = {
    schema: 'forecastlab.search/1',
    run: meta.run,
    market: meta.market,
    options,
    flaws,
    warnings,
    trials: { here: meta.candidates.length, earlier: meta.earlierTrials, total: meta.candidates.length + earlier },
    candidates: order.map((place) => candidates[place]),
    failures: [...failures].sort((a, b) => meta.candidates.indexOf(a.candidate) - meta.candidates.indexOf(b.candidate)),
    verdict: searchVerdict(order.map((place) => candidates[place]), flaws, meta.candidates.length + earlier),
  };
  return { report, evaluations: order.map((place) => evaluations[place]) };
}

function scoreCandidate(
  group: SearchGroup,
  index: number,
  units: readonly (readonly [SearchUnit, UnitResult])[],
  { close, options }: { readonly close: Float64Array; readonly options: RunMeta['options'] },
): { readonly outcomes: readonly FoldOutcome[]; readonly pooled: PooledFolds } | SearchFailure {
  const rows = evaluationRows(group, index);
  const candidate = group.candidates[index];
  try {
    const outcomes: FoldOutcome[] = [];
    for (const [unit, result] of units) {
      const outcome = result[index];
      if ('message' in outcome) return { ...outcome, message: outcome.message.startsWith('Fold ') ? outcome.message : `Fold ${unit.fold}: ${outcome.message}` };
      const fold = group.folds[unit.fold];
      const positions = foldPositions(fold, rows, { isPurged: options.isPurged, embargoBars: options.embargo });
      outcomes.push(scoreFold({ fold, ...positions }, outcome satisfies FoldPrediction, { rows, candidate, close, seed: options.seed }));
    }
    return { outcomes, pooled: poolFolds(outcomes, rows) };
  } catch (error) {
    if (!isForecastLabError(error)) throw error;
    return { candidate: candidate.name, message: error.message, hint: error.hint ?? null };
  }
}

function describeCandidate({ folds, pooled, skill, brierSkill, superiority, verdict }: WalkForwardEvaluation, { candidate, pooled: { bars, labels, model } }: ScoredCandidate, { flaws, close }: { readonly flaws: readonly string[]; readonly close: Float64Array }): CandidateReport {
  const counts = [0, 0, 0];
  for (const label of labels) counts[label + 1] += 1;
  const blockLength = blockLengthFor(labels.length, candidate.T);
  return {
    name: candidate.name,
    T: candidate.T,
    ...(candidate.V === undefined ? { X: candidate.X } : { V: candidate.V, barrier: barrierSizes(barriers(close, candidate), bars) }),
    folds: folds.length,
    firstTestMs: folds[0].testStartMs,
    lastTestMs: folds[folds.length - 1].testEndMs,
    classCounts: counts,
    medians: medianScores(folds.map((fold) => fold.model)),
    pooled: pooled.model,
    baselines: pooled.baselines,
    bestBaseline: superiority.bestBaseline,
    skill,
    skillAgainstBest: superiority.skillAgainstBest,
    brierSkill,
    pValue: superiority.pValue,
    adjustedPValue: superiority.adjustedPValue,
    hasSkill: verdict.hasSkill && flaws.length === 0,
    sentence: verdict.sentence,
    reliability: [0, 1, 2].map((classIndex) => reliabilityCurve(labels, model, classIndex, { blockLength })),
    stability: folds.map((fold) => ({
      testStartMs: fold.testStartMs,
      testEndMs: fold.testEndMs,
      f1: fold.model.f1,
      logLoss: fold.model.logLoss ?? 0,
      skill: skillOf(fold.model.logLoss, fold.prior.logLoss),
    })),
  };
}

/** Mean and median over the test bars, all of which have a barrier. */
function barrierSizes(barrier: Float64Array, bars: Int32Array): { readonly mean: number; readonly median: number } {
  const sizes = Float64Array.from(bars, (bar) => barrier[bar]).sort();
  const middle = sizes.length >> 1;
  return { mean: sizes.reduce((sum, size) => sum + size, 0) / sizes.length, median: sizes.length % 2 === 1 ? sizes[middle] : (sizes[middle - 1] + sizes[middle]) / 2 };
}

function skillOf(loss: number | null, priorLoss: number | null): number {
  return loss === null || priorLoss === null || priorLoss === 0 ? 0 : 1 - loss / priorLoss;
}

function flawsOf({ options }: RunMeta): string[] {
  return [
    ...(isFlawed(options.labelOptions) ? ['The labels look back: nearly all of each is known at the bar it belongs to, so these scores mean nothing about forecasting.'] : []),
    ...(options.isPurged ? [] : ['Training rows whose labels reach into the test rows were kept, so the model has seen part of the answers.']),
  ];
}
