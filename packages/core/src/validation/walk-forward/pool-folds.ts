// All test rows of the folds together; a row that several folds test counts once, as the newest of them predicted it,
// which is what production would have said.
import { log } from '../../numeric/log.js';
import type { BaselineName } from '../baselines/fold-baselines.js';
import type { EvaluationRows } from './evaluation-options.js';
import { rowLogLosses } from '../metrics/probability-scores.js';
import type { FoldOutcome } from './score-fold.js';
import { mostProbableLabels } from '../metrics/classification-scores.js';

/** A baseline over the pooled rows. */
export interface PooledBaseline {
  readonly name: BaselineName;
  /** [rows × 3] */
  readonly probabilities: Float64Array;
  /** [rows] the rule's own answer. */
  readonly predicted: Int8Array;
  /** [rows] log loss. */
  readonly losses: Float64Array;
}

export interface PooledFolds {
  /** [rows] bar index, ascending. */
  readonly bars: Int32Array;
  readonly labels: Int8Array;
  /** [rows × 3] */
  readonly model: Float64Array;
  readonly modelLosses: Float64Array;
  /** Class shares first, equal chances last. */
  readonly baselines: readonly PooledBaseline[];
  /** The rows of those folds that were fitted on shuffled labels too; null when none was. */
  readonly shuffled: { readonly labels: Int8Array; readonly probabilities: Float64Array } | null;
}

/** Pools the folds of one candidate. */
export function poolFolds(outcomes: readonly FoldOutcome[], rows: EvaluationRows): PooledFolds {
  const owner = new Int32Array(rows.labels.length).fill(-1);
  outcomes.forEach(({ evaluation }, index) => owner.fill(index, evaluation.testStartIx, evaluation.testEndIx + 1));
  const positions = Int32Array.from({ length: owner.length }, (_, row) => row).filter((row) => owner[row] >= 0);
  const labels = Int8Array.from(positions, (row) => rows.labels[row]);
  /** Gathers `width` values a row from the fold that owns the row. */
  const gather = <Column extends Float64Array | Int8Array>(target: Column, width: number, columnOf: (outcome: FoldOutcome) => Column): Column => {
    positions.forEach((position, row) => {
      const outcome = outcomes[owner[position]];
      const at = width * (position - outcome.evaluation.testStartIx);
      target.set(columnOf(outcome).subarray(at, at + width), width * row);
    });
    return target;
  };
  const model = gather(new Float64Array(3 * positions.length), 3, ({ prediction }) => prediction.model);
  const rules = outcomes[0].baselines.map(({ name }, index): PooledBaseline => {
    const probabilities = gather(new Float64Array(3 * positions.length), 3, ({ baselines }) => baselines[index].probabilities);
    const predicted = gather(new Int8Array(positions.length), 1, ({ baselines }) => baselines[index].predicted);
    return { name, probabilities, predicted, losses: rowLogLosses(labels, probabilities) };
  });
  return {
    bars: positions.map((row) => rows.rows[row]),
    labels,
    model,
    modelLosses: rowLogLosses(labels, model),
    baselines: [...rules, equalChances(positions.length)],
    shuffled: poolShuffled(outcomes, owner, rows.labels),
  };
}

/** A third for every answer: class shares of a long past can be worse than that. */
function equalChances(rows: number): PooledBaseline {
  const probabilities = new Float64Array(3 * rows).fill(1 / 3);
  return { name: 'equal-chances', probabilities, predicted: mostProbableLabels(probabilities), losses: new Float64Array(rows).fill(log(3)) };
}

function poolShuffled(outcomes: readonly FoldOutcome[], owner: Int32Array, labels: Int8Array): PooledFolds['shuffled'] {
  const kept: number[] = [];
  const probabilities: number[] = [];
  outcomes.forEach(({ evaluation: { testStartIx, testEndIx }, prediction: { shuffled } }, index) => {
    if (shuffled === null) return;
    for (let row = testStartIx; row <= testEndIx; row += 1) {
      if (owner[row] !== index) continue;
      kept.push(labels[row]);
      for (let k = 0; k < 3; k += 1) probabilities.push(shuffled[3 * (row - testStartIx) + k]);
    }
  });
  return kept.length === 0 ? null : { labels: Int8Array.from(kept), probabilities: Float64Array.from(probabilities) };
}
