// One unit of an evidence run: one fold of one entry. It needs nothing but the plan, so any thread can do it.
import { fitPooledFold, type PooledFoldForecasts, type PooledModel } from '@forecastlab/core';
import { attempt, type Failure } from '../runs/attempt.js';
import type { EvidenceEntry } from './plan-evidence.js';

/** Which fold of which entry. */
export interface EvidenceUnit {
  readonly entry: number;
  readonly fold: number;
}

/** What is fitted: `together` on all markets, `alone` on one. */
export interface EvidenceModels {
  readonly together: PooledModel;
  readonly alone: PooledModel | null;
  readonly embargoBars: number;
}

export type EvidenceUnitResult = PooledFoldForecasts | Failure;

/** Fits and predicts; a failure is a result. */
export function fitEvidenceUnit(entries: readonly EvidenceEntry[], { entry, fold }: EvidenceUnit, { together, alone, embargoBars }: EvidenceModels): EvidenceUnitResult {
  const { plan, alone: symbol } = entries[entry];
  const model = symbol === null ? together : (alone ?? together);
  return attempt(() => fitPooledFold(plan, fold, model, { embargoBars }));
}
