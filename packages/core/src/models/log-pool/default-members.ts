// The members of a log pool for which none are given, and of the preset `pooled`: two-part models that ask the same question in two ways,
// both held small. The side is the share of ups alone: features cost more there than they tell.
import type { PoolMember } from './log-pool-params.js';

/** A straight model, so strongly penalised that fifty features cost no more than they tell. 0.001 suits 40 features or more, 0.003 twenty. */
export const STRAIGHT_MODEL = { kind: 'two-part', params: { touch: { kind: 'logistic', params: { C: 0.001 } }, side: { kind: 'prior' } } } as const;

/** A bent one: random splits on three rows in ten, no leaf of less than a twentieth of them. */
export const BENT_MODEL = {
  kind: 'two-part',
  params: { touch: { kind: 'extra-trees', params: { nEstimators: 150, bootstrap: true, maxSamples: 0.3, maxFeatures: 'all', minWeightFractionLeaf: 0.05 } }, side: { kind: 'prior' } },
} as const;

/** Both. */
export const DEFAULT_MEMBERS: readonly PoolMember[] = [
  { name: 'straight', ...STRAIGHT_MODEL },
  { name: 'bent', ...BENT_MODEL },
];
