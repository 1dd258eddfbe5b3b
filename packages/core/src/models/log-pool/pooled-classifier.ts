// A fitted pool: its members' forecasts, weighed, and drawn towards the prior.
import type { FeatureMatrix } from '../../features/feature-table.js';
import { checkExplainedRow } from '../check-explained-row.js';
import type { Classifier } from '../classifier.js';
import { joinScores, splitScores } from './split-scores.js';
import { logScores } from './log-scores.js';
import type { PoolFitSummary } from './fit-log-pool.js';
import { rowPrior } from './row-prior.js';
import { weighScores } from './weigh-scores.js';

/** All that a pool is. */
export interface LogPool {
  readonly featureNames: readonly string[];
  readonly members: readonly { readonly name: string; readonly weight: number; readonly model: Classifier }[];
  /** Exponents of the pool against the prior, 0 to 1. */
  readonly trust: { readonly touch: number; readonly side: number };
  /** Class shares of the training rows: the prior where there are no offsets. */
  readonly shares: readonly number[];
  /** True when it was fitted with offsets: then they are the prior. */
  readonly hasOffsets: boolean;
  readonly fit: PoolFitSummary;
}

/** Probabilities below it count as it: a member that rules a class out must leave the others something to say. */
const FLOOR = 1e-9;

/** The classifier of a pool. explainRow explains the weighed score of its members, before it is drawn towards the prior. */
export function createPooledClassifier(pool: LogPool): Classifier {
  const { featureNames, members, trust, shares, hasOffsets } = pool;
  const contextRows = Math.max(...members.map(({ model }) => model.contextRows ?? 0));
  const positions = members.map(({ model }) => model.featureNames.map((name) => featureNames.indexOf(name)));
  const isExplained = members.every(({ model }) => model.explainRow !== undefined);
  return {
    kind: 'log-pool',
    featureNames,
    members,
    ...(contextRows === 0 ? {} : { contextRows }),
    predictProba(features: FeatureMatrix, offsets?: Float64Array): Float64Array {
      const scores = members.map(({ model }) => logScores(model.predictProba(features, offsets), FLOOR));
      const given = hasOffsets ? (offsets ?? new Float64Array(3 * features.length)) : undefined;
      const prior = logScores(rowPrior(features.length, shares, given), FLOOR);
      return joinScores(splitScores(prior), splitScores(weighScores(scores, members.map(({ weight }) => weight))), trust);
    },
    ...(isExplained && {
      explainRow(features: FeatureMatrix, row: number, classIndex: number): Float64Array {
        checkExplainedRow(features, row, classIndex);
        const sum = new Float64Array(featureNames.length);
        members.forEach(({ weight, model }, i) => {
          model.explainRow?.(features, row, classIndex).forEach((value, feature) => {
            sum[positions[i][feature]] += weight * value;
          });
        });
        return sum;
      },
      explainRows(features: FeatureMatrix): Float64Array {
        const sum = new Float64Array(3 * featureNames.length * features.length);
        members.forEach(({ weight, model }, i) => {
          const width = 3 * model.featureNames.length;
          const all = model.explainRows?.(features) ?? stackRows(model, features);
          all.forEach((value, at) => {
            const row = Math.floor(at / width);
            const feature = positions[i][Math.floor((at % width) / 3)];
            sum[(row * featureNames.length + feature) * 3 + (at % 3)] += weight * value;
          });
        });
        return sum;
      },
    }),
    serialize: () => ({
      kind: 'log-pool',
      version: 1,
      featureNames: [...featureNames],
      hasOffsets,
      shares: [...shares],
      trust: { ...trust },
      members: members.map(({ name, weight, model }) => ({ name, weight, model: model.serialize() })),
      fit: { ...pool.fit, losses: pool.fit.losses === null ? null : { ...pool.fit.losses, members: [...pool.fit.losses.members] } },
    }),
  };
}

/** explainRows of a model that explains single rows only. */
function stackRows(model: Classifier, features: FeatureMatrix): Float64Array {
  const count = model.featureNames.length;
  const all = new Float64Array(3 * count * features.length);
  for (let row = 0; row < features.length; row += 1) {
    for (let k = 0; k < 3; k += 1) model.explainRow?.(features, row, k).forEach((value, feature) => { all[(row * count + feature) * 3 + k] = value; });
  }
  return all;
}
