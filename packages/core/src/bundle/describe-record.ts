// Out-of-sample forecasts on several markets as a bundle keeps them: scores beside the class shares of each market and beside
// volatility alone, with intervals that draw dates and not rows, because what moves one market moves the others.
import { rowBrierScores } from '../validation/metrics/probability-scores.js';
import { mostProbableLabels } from '../validation/metrics/classification-scores.js';
import { scoreProbabilities, scoreRule } from '../validation/metrics/scores.js';
import { skillInterval, type SkillInterval } from '../validation/skill/block-bootstrap.js';
import { withoutInterval } from '../validation/skill/superiority-test.js';
import type { BaselineName } from '../validation/baselines/fold-baselines.js';
import type { Evidence, GroupSkill, PartSkills } from '../validation/evidence/evidence.js';
import { type ForecastRecord, forecastOf } from '../validation/evidence/forecast-record.js';
import type { BaselineScores } from '../validation/walk-forward/walk-forward-evaluation.js';
import type { BundleEvidence, BundleGroup, BundleParts } from './bundle-meta.js';
import type { BundleEvaluation } from './create-bundle.js';

/** The names of a record's baselines, and those of a bundle. */
const BASELINES: readonly (readonly [record: string, bundle: BaselineName])[] = [['class-shares', 'prior'], ['recent-shares', 'recent'], ['volatility', 'volatility'], ['volatility-recipe', 'volatility-recipe']];

/**
 * The evaluation of a record for a bundle.
 * @param evidence analyzeEvidence of that record, or its part of analyzeTogether
 * @throws BAD_DATA for a record without a model or class shares
 */
export function describeRecord(record: ForecastRecord, evidence: Evidence, { seed }: { /** Integer from 0 to 2^32-1. */ readonly seed: number }): BundleEvaluation {
  const { labels, openTimeMs, fold, symbols, symbolIndex } = record;
  const model = forecastOf(record, 'model')?.probabilities ?? new Float64Array(0);
  const comparisonOf = (name: string): SkillInterval | undefined => evidence.comparisons.find((comparison) => comparison.name === name)?.skill;
  const baselines = BASELINES.flatMap(([name, bundleName]): BaselineScores[] => {
    const probabilities = forecastOf(record, name)?.probabilities;
    const modelSkill = comparisonOf(name);
    return probabilities === undefined ? [] : [{ name: bundleName, scores: scoreRule(labels, mostProbableLabels(probabilities), probabilities), ...(modelSkill === undefined ? {} : { modelSkill }) }];
  });
  const skill = baselines[0].modelSkill as SkillInterval;
  const modelScores = scoreProbabilities(labels, model);
  const best = baselines.reduce((a, b) => ((b.scores.logLoss ?? Infinity) < (a.scores.logLoss ?? Infinity) ? b : a));
  const { pValue, adjustedPValue, trials, hardestBaseline } = evidence.superiority;
  const byDate = (losses: Float64Array): Float64Array => sumsByTime(losses, openTimeMs);
  const shares = forecastOf(record, 'class-shares')?.probabilities ?? new Float64Array(0);
  const brierSkill = skillInterval(byDate(rowBrierScores(labels, model)), byDate(rowBrierScores(labels, shares)), { blockLength: skill.blockLength, seed });
  return {
    summary: {
      isPurged: true,
      folds: evidence.folds,
      firstTestOpenTime: new Date(evidence.firstMs).toISOString(),
      lastTestOpenTime: new Date(evidence.lastMs).toISOString(),
      model: modelScores,
      baselines,
      skill,
      brierSkill: { ...withoutInterval(brierSkill, skill.interval !== null), rows: labels.length },
      superiority: {
        pValue,
        adjustedPValue,
        trials,
        bestBaseline: best.name,
        hardestBaseline: BASELINES.find(([name]) => name === hardestBaseline)?.[1] ?? 'prior',
        gain: (best.scores.logLoss ?? Number.NaN) - (modelScores.logLoss ?? Number.NaN),
        skillAgainstBest: best.modelSkill as SkillInterval,
      },
      evidence: describeEvidence(evidence),
      verdict: { hasSkill: evidence.verdict.hasSkill, sentence: evidence.verdict.sentence },
    },
    predictions: {
      openTimeMs,
      fold,
      label: labels,
      pDown: columnOf(model, 0),
      pNeutral: columnOf(model, 1),
      pUp: columnOf(model, 2),
      symbols,
      symbolIndex,
    },
  };
}

/** Losses of one time together, as many as there are times: their bootstrap draws times. */
function sumsByTime(losses: Float64Array, openTimeMs: Float64Array): Float64Array {
  const sums: number[] = [];
  losses.forEach((loss, row) => {
    if (row > 0 && openTimeMs[row] === openTimeMs[row - 1]) sums[sums.length - 1] += loss;
    else sums.push(loss);
  });
  return Float64Array.from(sums);
}

function describeEvidence({ times, comparisons, bestMember, parts, bySymbol }: Evidence): BundleEvidence {
  return {
    times,
    comparisons: comparisons.map(({ name, role, skill }) => ({ name, role, skill })),
    bestMember,
    parts: parts.map(({ against, touch, side }: PartSkills): BundleParts => ({ against, touch: touch.ofTotal, side: side.ofTotal })),
    bySymbol: bySymbol.map(({ name, rows, logLoss, touched, againstClassShares, againstVolatility, isWorse }: GroupSkill): BundleGroup => ({ name, rows, logLoss, touched, againstClassShares, againstVolatility, isWorse })),
  };
}

const columnOf = (probabilities: Float64Array, place: number): Float64Array => probabilities.filter((_, i) => i % 3 === place);
