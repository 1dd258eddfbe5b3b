// One unit of a search's work: one fold of one group, all its candidates. It needs nothing but the plan, so any thread can do it.
import { foldData, type FoldModel, type FoldPrediction, isForecastLabError, predictFold, type Separation, withValidationGap } from '@forecastlab/core';
import { evaluationRows, type SearchFailure, type SearchGroup } from './plan-search.js';

/** Which fold of which group, and whether shuffled labels are fitted too. */
export interface SearchUnit {
  readonly group: number;
  readonly fold: number;
  readonly isShuffledToo: boolean;
}

/** By candidate of the group: its probabilities, or why there are none. */
export type UnitResult = readonly (FoldPrediction | SearchFailure)[];

/** Fits and predicts. Failures of a candidate are results; they do not stop the others. */
export function fitUnit(groups: readonly SearchGroup[], unit: SearchUnit, model: FoldModel, separation: Separation): UnitResult {
  const group = groups[unit.group];
  const attempt = <Value>(work: () => Value): Value | Omit<SearchFailure, 'candidate'> => {
    try {
      return work();
    } catch (error) {
      if (isForecastLabError(error)) return { message: error.message, hint: error.hint ?? null };
      return { message: error instanceof Error ? error.message : String(error), hint: null };
    }
  };
  const data = attempt(() => foldData(group.folds[unit.fold], group, separation));
  return group.candidates.map(({ name, T }, index) => {
    if ('message' in data) return { candidate: name, ...data };
    const outcome = attempt(() => predictFold(data, evaluationRows(group, index), withValidationGap(model, T), { isShuffledToo: unit.isShuffledToo, embargoBars: separation.embargoBars }));
    return 'message' in outcome ? { candidate: name, ...outcome } : outcome;
  });
}
