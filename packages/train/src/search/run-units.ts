// Does the units of a search, on worker threads where that is possible.
import type { FoldModel, Separation } from '@forecastlab/core';
import { shareColumns } from '../runs/share-columns.js';
import { workOnThreads } from '../runs/work-on-threads.js';
import { fitUnit, type SearchUnit, type UnitResult } from './fit-unit.js';
import type { SearchGroup } from './plan-search.js';
import type { SearchWorkerData } from './worker-data.js';

export interface UnitsRun {
  readonly groups: readonly SearchGroup[];
  readonly units: readonly SearchUnit[];
  readonly model: FoldModel;
  readonly separation: Separation;
  readonly threads: number;
  readonly onResult: (result: UnitResult, unit: SearchUnit) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** Does every unit. Throws what `onResult` throws and the signal's reason; failures of candidates are results. */
export async function runUnits({ groups, model, separation, ...work }: UnitsRun): Promise<void> {
  await workOnThreads<SearchUnit, UnitResult>({
    ...work,
    worker: 'search-worker.js',
    modelKind: model.modelKind,
    workerData: (modelKind): SearchWorkerData => ({ groups: shareColumns(groups), model: { ...model, modelKind }, separation }),
    fit: (unit, modelKind) => fitUnit(groups, unit, { ...model, modelKind }, separation),
  });
}
