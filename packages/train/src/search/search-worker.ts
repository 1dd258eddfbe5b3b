// The file of a search's worker threads; started by runUnits.
import { loadClassifierKind, serveTasks } from '@forecastlab/core/node';
import { fitUnit, type SearchUnit, type UnitResult } from './fit-unit.js';
import type { SearchWorkerData } from './worker-data.js';

await serveTasks<SearchWorkerData, SearchUnit, UnitResult>(async ({ groups, model, separation }) => {
  // a kind from an optional package cannot be sent to a thread: each loads its own
  const modelKind = await loadClassifierKind(model.modelKind);
  return (unit) => fitUnit(groups, unit, { ...model, modelKind }, separation);
});
