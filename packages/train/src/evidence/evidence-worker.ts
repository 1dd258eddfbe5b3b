// The file of an evidence run's worker threads; started by runEvidence.
import { loadClassifierKind, serveTasks } from '@forecastlab/core/node';
import { type EvidenceModels, type EvidenceUnit, type EvidenceUnitResult, fitEvidenceUnit } from './fit-evidence-unit.js';
import type { EvidenceEntry } from './plan-evidence.js';

/** What each worker gets: the plan on shared memory, and the models. */
export interface EvidenceWorkerData {
  readonly entries: readonly EvidenceEntry[];
  readonly models: EvidenceModels;
}

await serveTasks<EvidenceWorkerData, EvidenceUnit, EvidenceUnitResult>(async ({ entries, models }) => {
  // a kind from an optional package cannot be sent to a thread: each loads its own
  const together = { ...models.together, modelKind: await loadClassifierKind(models.together.modelKind) };
  return (unit) => fitEvidenceUnit(entries, unit, { ...models, together });
});
