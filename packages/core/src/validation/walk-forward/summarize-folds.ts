// From folds to one answer: pooled scores, baselines, skill with interval, verdict, and all predictions as columns.
import type { Candidate } from '../../labels/candidate.js';
import type { ModelKind } from '../../models/classifier.js';
import { blockLengthFor, skillInterval, type SkillInterval } from '../skill/block-bootstrap.js';
import type { EvaluationRows, Separation } from './evaluation-options.js';
import { poolFolds, type PooledFolds } from './pool-folds.js';
import { rowBrierScores } from '../metrics/probability-scores.js';
import type { FoldOutcome } from './score-fold.js';
import { scoreProbabilities, scoreRule } from '../metrics/scores.js';
import { countEventBlocks, hasEnoughEvents, LEAST_EVENT_BLOCKS } from '../skill/has-enough-events.js';
import { skillVerdict } from '../skill/skill-verdict.js';
import { type SuperiorityResult, superiorityTest, withoutInterval } from '../skill/superiority-test.js';
import type { BaselineScores, WalkForwardEvaluation, WalkForwardPredictions } from './walk-forward-evaluation.js';

/** What `summarizeFolds` needs to know besides the folds. */
export interface SummaryOptions extends Separation {
  readonly rows: EvaluationRows;
  readonly candidate: Candidate;
  readonly modelKind: ModelKind;
  readonly seed: number;
  /** Default: 0. */
  readonly otherTrials?: number;
}

/** Summarizes one candidate by itself. */
export function summarizeFolds(outcomes: readonly FoldOutcome[], options: SummaryOptions): WalkForwardEvaluation {
  const pooled = poolFolds(outcomes, options.rows);
  const [superiority] = testSuperiority([{ pooled, candidate: options.candidate }], options);
  return summarizeCandidate(outcomes, pooled, superiority, options);
}

/** The test of "better than every baseline" for candidates whose folds are pooled; they are tested together. */
export function testSuperiority(tested: readonly { readonly pooled: PooledFolds; readonly candidate: Candidate }[], { seed, otherTrials = 0 }: { readonly seed: number; readonly otherTrials?: number }): readonly SuperiorityResult[] {
  return superiorityTest(
    tested.map(({ pooled: { bars, labels, modelLosses, baselines }, candidate }) => ({
      name: candidate.name,
      T: candidate.T,
      bars,
      modelLosses,
      baselineLosses: baselines.map(({ name, losses }) => ({ name, losses })),
      isTestable: hasEnoughEvents(labels, blockLengthFor(labels.length, candidate.T)),
    })),
    { seed, otherTrials },
  );
}

/** Summarizes one candidate whose superiority was tested with others. */
export function summarizeCandidate(outcomes: readonly FoldOutcome[], pooled: PooledFolds, superiority: SuperiorityResult, options: SummaryOptions): WalkForwardEvaluation {
  const { candidate, modelKind, seed } = options;
  const { labels, model, modelLosses, shuffled } = pooled;
  const bootstrap = { blockLength: blockLengthFor(labels.length, candidate.T), seed };
  const prior = pooled.baselines[0];
  const eventBlocks = countEventBlocks(labels, bootstrap.blockLength);
  const skillAgainst = (losses: Float64Array): SkillInterval => withoutInterval(skillInterval(modelLosses, losses, bootstrap), eventBlocks >= LEAST_EVENT_BLOCKS);
  const modelScores = scoreProbabilities(labels, model);
  const baselines: BaselineScores[] = pooled.baselines.map(({ name, probabilities, predicted, losses }) => ({
    name,
    scores: scoreRule(labels, predicted, probabilities),
    modelSkill: skillAgainst(losses),
  }));
  const skill = baselines[0].modelSkill as SkillInterval;
  if (shuffled !== null) baselines.push({ name: 'shuffled-labels', scores: scoreProbabilities(shuffled.labels, shuffled.probabilities) });
  return {
    candidate: candidate.name,
    modelKind,
    isPurged: options.isPurged ?? true,
    folds: outcomes.map((outcome) => outcome.evaluation),
    pooled: { model: modelScores, baselines },
    skill,
    brierSkill: withoutInterval(skillInterval(rowBrierScores(labels, model), rowBrierScores(labels, prior.probabilities), bootstrap), eventBlocks >= LEAST_EVENT_BLOCKS),
    superiority,
    eventBlocks,
    verdict: skillVerdict({ skill, superiority, modelScores, baselines, eventBlocks }),
    predictions: allPredictions(outcomes, options.rows),
  };
}

function allPredictions(outcomes: readonly FoldOutcome[], { labels, openTimeMs }: EvaluationRows): WalkForwardPredictions {
  const count = outcomes.reduce((sum, { evaluation }) => sum + evaluation.model.rows, 0);
  const columns = {
    openTimeMs: new Float64Array(count),
    fold: new Int32Array(count),
    label: new Int8Array(count),
    pDown: new Float64Array(count),
    pNeutral: new Float64Array(count),
    pUp: new Float64Array(count),
  };
  let at = 0;
  for (const { evaluation, prediction } of outcomes) {
    for (let row = 0; row < evaluation.model.rows; row += 1, at += 1) {
      columns.openTimeMs[at] = openTimeMs[evaluation.testStartIx + row];
      columns.fold[at] = evaluation.fold;
      columns.label[at] = labels[evaluation.testStartIx + row];
      columns.pDown[at] = prediction.model[3 * row];
      columns.pNeutral[at] = prediction.model[3 * row + 1];
      columns.pUp[at] = prediction.model[3 * row + 2];
    }
  }
  return columns;
}
