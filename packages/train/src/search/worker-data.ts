// What the worker threads of a search get: the plan on shared memory, and the model.
import type { FoldModel, ModelKind, Separation } from '@forecastlab/core';
import type { SearchGroup } from './plan-search.js';

/** What each worker gets. */
export interface SearchWorkerData {
  readonly groups: readonly SearchGroup[];
  readonly model: Omit<FoldModel, 'modelKind'> & { readonly modelKind: ModelKind };
  readonly separation: Separation;
}
