// Does the units of a run on worker threads, so that this one stays free for signals, locks and progress; without the built worker
// file (TypeScript sources, another bundle) or with a kind of model that is an object, in this thread. The results are the same.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ClassifierKind, ModelKind } from '@forecastlab/core';
import { loadClassifierKind, runOnWorkers } from '@forecastlab/core/node';

/** This file: the CommonJS build has `__filename`, the ES module build `import.meta.url`. */
const thisFile: string = typeof __filename === 'string' ? __filename : fileURLToPath(import.meta.url);

export interface ThreadedWork<Unit, Result> {
  /** Name of the built worker beside the built package. */
  readonly worker: string;
  readonly modelKind: ModelKind | ClassifierKind;
  /** What every worker gets at its start. */
  workerData(modelKind: ModelKind): unknown;
  readonly units: readonly Unit[];
  /** Does a unit in this thread. */
  fit(unit: Unit, modelKind: ClassifierKind): Result;
  readonly threads: number;
  readonly onResult: (result: Result, unit: Unit) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** The built worker of that name; undefined when this runs from TypeScript sources or inside another bundle. */
function builtWorker(name: string): string | undefined {
  const file = join(dirname(thisFile), name);
  return existsSync(file) ? file : undefined;
}

/** Does every unit. Throws what `fit` and `onResult` throw, and the signal's reason. */
export async function workOnThreads<Unit, Result>({ worker, modelKind, workerData, units, fit, threads, onResult, signal }: ThreadedWork<Unit, Result>): Promise<void> {
  const file = builtWorker(worker);
  if (file !== undefined && typeof modelKind === 'string') {
    await runOnWorkers<Unit, Result>({ file, workerData: workerData(modelKind), threads, tasks: units, onResult, ...(signal === undefined ? {} : { signal }) });
    return;
  }
  const loaded = await loadClassifierKind(modelKind);
  for (const unit of units) {
    signal?.throwIfAborted();
    await onResult(fit(unit, loaded), unit);
    // lets Ctrl-C be heard
    await new Promise((resolve) => setImmediate(resolve));
  }
}
