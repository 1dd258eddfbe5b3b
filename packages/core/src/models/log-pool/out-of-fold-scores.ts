// Log scores of every member, and of the prior, for each training row by models that have not seen it nor any label that shares a bar with it.
import type { FitOptions, TrainingData } from '../classifier.js';
import { effectiveWeights } from '../effective-weights.js';
import { countOffsetsOn } from '../markets/market-offsets.js';
import { fitInside, innerProgress, predictBlock, takeRows } from '../nested/inner-fit.js';
import { countSeparateWindows, crossSplits, requireSpans } from '../nested/time-blocks.js';
import type { ResolvedPool } from './log-pool-params.js';
import { logScores } from './log-scores.js';
import { classShares, rowPrior } from './row-prior.js';

export interface OutOfFoldScores {
  /** [members] of [rows × 3]. */
  readonly members: readonly Float64Array[];
  /** [rows × 3] */
  readonly prior: Float64Array;
  /** Label windows that do not overlap. */
  readonly windows: number;
}

/** Throws BAD_DATA without spans or with too few rows, and what the members throw. */
export function outOfFoldScores({ members, folds }: ResolvedPool, data: TrainingData, options: FitOptions, floor: number): OutOfFoldScores {
  const spans = requireSpans('LOG_POOL.fit', data);
  const splits = crossSplits('LOG_POOL.fit', spans, folds);
  const rows = data.labels.length;
  const scores = members.map(() => new Float64Array(3 * rows));
  const prior = new Float64Array(3 * rows);
  const fits = members.length * (folds + 1);
  splits.forEach(({ train, test }, fold) => {
    const inner = countOffsetsOn(data, train);
    const part = takeRows(inner, train);
    const shares = classShares(part.labels, effectiveWeights(part, options));
    prior.set(logScores(rowPrior(test.end - test.start, shares, inner.offsets?.subarray(3 * test.start, 3 * test.end)), floor), 3 * test.start);
    members.forEach(({ kind, params }, i) => {
      const { onIteration: _, ...rest } = options;
      const model = fitInside(kind, part, { ...rest, ...innerProgress(options, fold * members.length + i, fits), ...(params === undefined ? { params: {} } : { params }) });
      scores[i].set(logScores(predictBlock(model, inner, test), floor), 3 * test.start);
    });
  });
  return { members: scores, prior, windows: countSeparateWindows(spans) };
}
