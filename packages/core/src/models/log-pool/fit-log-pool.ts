// The fit of a pool: out-of-fold predictions of each member, weights and trust from them, then the members again on all rows.
import { checkTrainingData } from '../check-training-data.js';
import type { FitOptions, TrainingData } from '../classifier.js';
import { effectiveWeights } from '../effective-weights.js';
import { fitInside, innerProgress } from '../nested/inner-fit.js';
import { fitPoolWeights, meanLogLoss } from './fit-pool-weights.js';
import { fitTrust } from './fit-trust.js';
import type { ResolvedPool } from './log-pool-params.js';
import { type OutOfFoldScores, outOfFoldScores } from './out-of-fold-scores.js';
import type { LogPool } from './pooled-classifier.js';
import { classShares } from './row-prior.js';
import { joinScores, splitScores } from './split-scores.js';
import { weighScores } from './weigh-scores.js';

/** How weights and trust came about, for reports. */
export interface PoolFitSummary {
  readonly rows: number;
  /** Label windows that do not overlap, and mean log losses on the out-of-fold predictions; null where nothing was fitted out of fold. */
  readonly losses: { readonly windows: number; readonly members: readonly number[]; readonly prior: number; readonly pool: number; readonly result: number } | null;
}

/** Fits a pool. Throws BAD_DATA for data that cannot be used, and what its members throw. */
export function fitLogPool(plan: ResolvedPool, data: TrainingData, options: FitOptions): LogPool {
  checkTrainingData('LOG_POOL.fit', data);
  const { members, trust } = plan;
  const rows = data.labels.length;
  const rowWeights = effectiveWeights(data, options);
  const floor = 1 / (rows + 3); // what is left for a class that no row had, as in calibration
  const equal = new Float64Array(members.length).fill(1 / members.length);
  const isOutOfFoldNeeded = plan.isWeightFitted || trust.touch === 'fitted' || trust.side === 'fitted';
  const unseen = isOutOfFoldNeeded ? outOfFoldScores(plan, data, options, floor) : undefined;
  const weights = unseen === undefined || !plan.isWeightFitted ? equal : fitPoolWeights({ members: unseen.members, labels: data.labels, rowWeights, pull: plan.pull / unseen.windows });
  const fitted = unseen === undefined ? { touch: 1, side: 1 } : trustIn(unseen, weights, data.labels, rowWeights);
  const chosen = { touch: trust.touch === 'fitted' ? fitted.touch : trust.touch, side: trust.side === 'fitted' ? fitted.side : trust.side };
  const fits = members.length * (isOutOfFoldNeeded ? plan.folds + 1 : 1);
  const { onIteration: _, ...rest } = options;
  return {
    featureNames: [...data.features.names],
    members: members.map(({ name, kind, params = {} }, i) => ({ name, weight: weights[i], model: fitInside(kind, data, { ...rest, ...innerProgress(options, fits - members.length + i, fits), params }) })),
    trust: chosen,
    shares: classShares(data.labels, rowWeights),
    hasOffsets: data.offsets !== undefined,
    fit: { rows, losses: unseen === undefined ? null : lossesOf(unseen, weights, chosen, data.labels, rowWeights) },
  };
}

/** Trust in the pool's answers to either question; the side counts where there was a touch. */
function trustIn({ members, prior }: OutOfFoldScores, weights: Float64Array, labels: Int8Array, rowWeights: Float64Array): { readonly touch: number; readonly side: number } {
  const pool = splitScores(weighScores(members, weights));
  const known = splitScores(prior);
  return {
    touch: fitTrust({ prior: known.touch, pool: pool.touch, outcome: Uint8Array.from(labels, (label) => Math.abs(label)), rowWeights }),
    side: fitTrust({ prior: known.side, pool: pool.side, outcome: Uint8Array.from(labels, (label) => Math.max(label, 0)), rowWeights: rowWeights.map((weight, row) => (labels[row] === 0 ? 0 : weight)) }),
  };
}

function lossesOf({ members, prior, windows }: OutOfFoldScores, weights: Float64Array, trust: LogPool['trust'], labels: Int8Array, rowWeights: Float64Array): NonNullable<PoolFitSummary['losses']> {
  const known = splitScores(prior);
  const loss = (scores: Float64Array, share: LogPool['trust']): number => meanLogLoss(joinScores(known, splitScores(scores), share), labels, rowWeights);
  const whole = { touch: 1, side: 1 };
  const pool = weighScores(members, weights);
  return { windows, members: members.map((scores) => loss(scores, whole)), prior: loss(pool, { touch: 0, side: 0 }), pool: loss(pool, whole), result: loss(pool, trust) };
}
