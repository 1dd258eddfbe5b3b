// Does the units of a search on worker threads, so that this one stays free for signals, locks and progress; without the built
// worker file (TypeScript sources, another bundle) or with a kind that is an object, in this thread. The results are the same.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FoldModel, Separation } from '@forecastlab/core';
import { loadClassifierKind, runOnWorkers } from '@forecastlab/core/node';
import { fitUnit, type SearchUnit, type UnitResult } from './fit-unit.js';
import type { SearchGroup } from './plan-search.js';
import { shareGroups, type SearchWorkerData } from './worker-data.js';

export interface UnitsRun {
  readonly groups: readonly SearchGroup[];
  readonly units: readonly SearchUnit[];
  readonly model: FoldModel;
  readonly separation: Separation;
  readonly threads: number;
  readonly onResult: (result: UnitResult, unit: SearchUnit) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** This file: the CommonJS build has `__filename`, the ES module build `import.meta.url`. */
const thisFile: string = typeof __filename === 'string' ? __filename : fileURLToPath(import.meta.url);

/** The built worker beside the built package; undefined when this runs from TypeScript sources or inside another bundle. */
export function searchWorkerFile(): string | undefined {
  const file = join(dirname(thisFile), 'search-worker.js');
  return existsSync(file) ? file : undefined;
}

/** Does every unit. Throws what `onResult` throws and the signal's reason; failures of candidates are results. */
export async function runUnits({ groups, units, model, separation, threads, onResult, signal }: UnitsRun): Promise<void> {
  const file = searchWorkerFile();
  const { modelKind } = model;
  if (file !== undefined && typeof modelKind === 'string') {
    const workerData: SearchWorkerData = { groups: shareGroups(groups), model: { ...model, modelKind }, separation };
    await runOnWorkers<SearchUnit, UnitResult>({ file, workerData, threads, tasks: units, onResult, ...(signal === undefined ? {} : { signal }) });
    return;
  }
  const loaded = await loadClassifierKind(modelKind);
  for (const unit of units) {
    signal?.throwIfAborted();
    await onResult(fitUnit(groups, unit, { ...model, modelKind: loaded }, separation), unit);
    // lets Ctrl-C be heard
    await new Promise((resolve) => setImmediate(resolve));
  }
}
