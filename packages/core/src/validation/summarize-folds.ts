// From folds to one answer: pooled scores, baselines, skill with interval, verdict, and all predictions as columns.
import { lastKnownLabels, lookBackLabels } from './baselines.js';
import { blockLengthFor, skillInterval } from './block-bootstrap.js';
import type { FoldOutcome, WalkForwardEvaluationOptions } from './evaluation-options.js';
import type { ModelKind } from '../models/classifier.js';
import { log } from '../numeric/log.js';
import { logLoss, rowLogLosses } from './probability-scores.js';
import { scoreLabels, scoreProbabilities } from './scores.js';
import { skillVerdict } from './skill-verdict.js';
import type { BaselineScores, WalkForwardEvaluation, WalkForwardPredictions } from './walk-forward-evaluation.js';

export function summarizeFolds(outcomes: readonly FoldOutcome[], modelKind: ModelKind, options: WalkForwardEvaluationOptions): WalkForwardEvaluation {
  const { rows: data, candidate, close } = options;
  const pooled = poolNewest(outcomes, data.labels.length);
  const labels = pick(data.labels, pooled.positions);
  const model = scoreProbabilities(labels, pooled.model);
  const prior = scoreProbabilities(labels, pooled.prior);
  const baselines: BaselineScores[] = [
    { name: 'prior', scores: prior },
    { name: 'last-label', scores: scoreLabels(labels, pick(lastKnownLabels(data), pooled.positions)) },
  ];
  if (close !== undefined) {
    baselines.push({ name: 'look-back', scores: scoreLabels(labels, pick(lookBackLabels(close, data.rows, candidate), pooled.positions)) });
  }
  const bootstrap = { blockLength: blockLengthFor(labels.length, candidate.T), seed: options.seed };
  const modelLosses = rowLogLosses(labels, pooled.model);
  const skill = skillInterval(modelLosses, rowLogLosses(labels, pooled.prior), bootstrap);
  const equalChances = skillInterval(modelLosses, new Float64Array(labels.length).fill(log(3)), bootstrap);
  return {
    candidate: candidate.name,
    modelKind,
    isPurged: options.isPurged ?? true,
    folds: outcomes.map((outcome) => outcome.evaluation),
    pooled: { model, baselines },
    skill,
    verdict: skillVerdict(skill, logLoss(labels, pooled.model), logLoss(labels, pooled.prior), equalChances),
    predictions: allPredictions(outcomes, options),
  };
}

/** For each row that any fold tests, in time order, the probabilities of the newest such fold. */
function poolNewest(outcomes: readonly FoldOutcome[], rowCount: number): { positions: Int32Array; model: Float64Array; prior: Float64Array } {
  const owner = new Int32Array(rowCount).fill(-1);
  outcomes.forEach(({ evaluation }, index) => owner.fill(index, evaluation.testStartIx, evaluation.testEndIx + 1));
  const positions = Int32Array.from({ length: rowCount }, (_, row) => row).filter((row) => owner[row] >= 0);
  const model = new Float64Array(3 * positions.length);
  const prior = new Float64Array(3 * positions.length);
  positions.forEach((position, row) => {
    const outcome = outcomes[owner[position]];
    const at = 3 * (position - outcome.evaluation.testStartIx);
    model.set(outcome.modelProbabilities.subarray(at, at + 3), 3 * row);
    prior.set(outcome.priorProbabilities.subarray(at, at + 3), 3 * row);
  });
  return { positions, model, prior };
}

function allPredictions(outcomes: readonly FoldOutcome[], options: WalkForwardEvaluationOptions): WalkForwardPredictions {
  const { labels, openTimeMs } = options.rows;
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
  for (const { evaluation, modelProbabilities } of outcomes) {
    for (let row = 0; row < evaluation.model.rows; row += 1, at += 1) {
      columns.openTimeMs[at] = openTimeMs[evaluation.testStartIx + row];
      columns.fold[at] = evaluation.fold;
      columns.label[at] = labels[evaluation.testStartIx + row];
      columns.pDown[at] = modelProbabilities[3 * row];
      columns.pNeutral[at] = modelProbabilities[3 * row + 1];
      columns.pUp[at] = modelProbabilities[3 * row + 2];
    }
  }
  return columns;
}

function pick(labels: Int8Array, positions: Int32Array): Int8Array {
  return Int8Array.from(positions, (position) => labels[position]);
}
