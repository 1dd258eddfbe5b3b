// Fits every fold of every entry, on threads, keeps what is done, and gives the records.
import { assembleRecord, type ForecastRecord, type PooledFoldForecasts, type PooledModel } from '@forecastlab/core';
import { shareColumns } from '../runs/share-columns.js';
import { workOnThreads } from '../runs/work-on-threads.js';
import type { EvidenceModel, EvidenceRequest } from './evidence-request.js';
import { findEvidenceUnits, keepEvidenceUnit } from './evidence-store.js';
import type { EvidenceWorkerData } from './evidence-worker.js';
import { type EvidenceModels, type EvidenceUnit, type EvidenceUnitResult, fitEvidenceUnit } from './fit-evidence-unit.js';
import type { EvidenceEntry, EvidenceFailure } from './plan-evidence.js';

export interface FittedEntries {
  /** In the order of the entries; null for those that failed. */
  readonly records: readonly (ForecastRecord | null)[];
  readonly failures: readonly EvidenceFailure[];
  /** Fits of this call, and those taken over from before an interruption. */
  readonly fits: { readonly done: number; readonly kept: number };
}

export interface FitEntriesOptions {
  /** Where finished units are kept. */
  readonly work: string;
  /** Called once, before the first result can be looked at. */
  onFirstSuccess(): Promise<void>;
}

/** Throws INTERRUPTED on the request's signal, and what `onFirstSuccess` throws; a failing entry is a failure. */
export async function fitEntries(request: EvidenceRequest, entries: readonly EvidenceEntry[], { work, onFirstSuccess }: FitEntriesOptions): Promise<FittedEntries> {
  const { store, progress, signal, threads = 1, log } = request;
  const units = unitsOf(entries);
  const results = new Map<EvidenceUnit, EvidenceUnitResult>(await findEvidenceUnits(store, work, entries, units));
  const open = units.filter((unit) => !results.has(unit));
  const kept = units.length - open.length;
  if (kept > 0) log?.(`${kept} of ${units.length} fits were done before.`);
  const models = modelsOf(request);
  const task = progress?.task('Evidence', open.length, 'fits');
  let isRecorded = false;
  try {
    await workOnThreads<EvidenceUnit, EvidenceUnitResult>({
      worker: 'evidence-worker.js',
      modelKind: models.together.modelKind,
      workerData: (modelKind): EvidenceWorkerData => ({ entries: shareColumns(entries), models: { ...models, together: { ...models.together, modelKind } } }),
      units: open,
      fit: (unit, modelKind) => fitEvidenceUnit(entries, unit, { ...models, together: { ...models.together, modelKind } }),
      threads,
      signal,
      onResult: async (result, unit) => {
        if (!isRecorded && !('message' in result)) {
          isRecorded = true;
          await onFirstSuccess();
        }
        await keepEvidenceUnit(store, work, entries[unit.entry], result);
        results.set(unit, result);
        task?.advance();
      },
    });
  } finally {
    task?.end();
  }
  return { ...assemble(entries, results), fits: { done: open.length, kept } };
}

function modelsOf({ model, alone, seed, embargo = 0 }: EvidenceRequest): EvidenceModels {
  return { together: pooledModel(model, seed), alone: alone === undefined ? null : pooledModel(alone, seed), embargoBars: embargo };
}

function pooledModel({ modelKind, params, calibration, sampleWeighting, symbolWeighting = 'rows' }: EvidenceModel, seed: number): PooledModel {
  return { modelKind, ...(params === undefined ? {} : { fitOptions: { params } }), calibration, sampleWeighting, symbolWeighting, seed };
}

/** The longest first, so that no thread is left with a long one at the end. */
function unitsOf(entries: readonly EvidenceEntry[]): EvidenceUnit[] {
  const units = entries.flatMap(({ plan }, entry) => plan.folds.map((_, fold): EvidenceUnit => ({ entry, fold })));
  const size = ({ entry, fold }: EvidenceUnit): number => entries[entry].plan.folds[fold].trainEndIx - entries[entry].plan.folds[fold].trainStartIx;
  return units.sort((a, b) => size(b) - size(a) || a.entry - b.entry || b.fold - a.fold);
}

function assemble(entries: readonly EvidenceEntry[], results: ReadonlyMap<EvidenceUnit, EvidenceUnitResult>): Pick<FittedEntries, 'records' | 'failures'> {
  const failures: EvidenceFailure[] = [];
  const records = entries.map(({ alone, plan }, entry) => {
    const own = [...results].filter(([unit]) => unit.entry === entry).sort(([a], [b]) => a.fold - b.fold).map(([, result]) => result);
    const failed = own.find((result) => 'message' in result);
    if (failed === undefined) return assembleRecord(plan, own as readonly PooledFoldForecasts[]);
    if ('message' in failed) failures.push({ candidate: plan.candidate.name, symbol: alone, message: failed.message, hint: failed.hint });
    return null;
  });
  return { records, failures };
}
