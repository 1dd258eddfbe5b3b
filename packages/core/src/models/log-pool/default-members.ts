// The members of a log pool for which none are given: a straight model and a bent one, both held small.
import type { PoolMember } from './log-pool-params.js';

/** A logistic regression and small boosted trees. */
export const DEFAULT_MEMBERS: readonly PoolMember[] = [
  { name: 'logistic', kind: 'logistic', params: { C: 0.01 } },
  { name: 'trees', kind: 'gbdt', params: { numIterations: 100, learningRate: 0.05, numLeaves: 4, minDataInLeaf: 200, lambdaL2: 100, featureFraction: 0.5, baggingFraction: 0.5, baggingFreq: 1 } },
];
