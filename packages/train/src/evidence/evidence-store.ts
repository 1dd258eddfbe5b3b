// Finished units of an evidence run on disk, so that an interrupted one goes on where it was.
import type { ArtifactStore } from '@forecastlab/core/node';
import { z } from 'zod';
import { appendCheckedLine, readCheckedLines } from '../runs/checked-lines.js';
import type { EvidenceUnit, EvidenceUnitResult } from './fit-evidence-unit.js';
import type { EvidenceEntry } from './plan-evidence.js';

const lineSchema = z.object({
  candidate: z.string(),
  alone: z.string().nullable(),
  fold: z.number(),
  forecasts: z.array(z.object({ name: z.string(), role: z.enum(['model', 'member', 'baseline']), probabilities: z.array(z.number().min(0).max(1)) })),
});
type UnitLine = z.infer<typeof lineSchema>;

const keyOf = ({ candidate, alone, fold }: Pick<UnitLine, 'candidate' | 'alone' | 'fold'>): string => JSON.stringify([candidate, alone, fold]);

/** Keeps a unit that succeeded; a failed one is done again after an interruption, and fails again. */
export async function keepEvidenceUnit(store: ArtifactStore, path: string, { alone, plan }: EvidenceEntry, result: EvidenceUnitResult): Promise<void> {
  if ('message' in result) return;
  const line: UnitLine = {
    candidate: plan.candidate.name,
    alone,
    fold: result.fold,
    forecasts: result.forecasts.map(({ name, role, probabilities }) => ({ name, role, probabilities: [...probabilities] })),
  };
  await appendCheckedLine(store, path, line);
}

/** The units done before, out of `units`. */
export async function findEvidenceUnits(store: ArtifactStore, path: string, entries: readonly EvidenceEntry[], units: readonly EvidenceUnit[]): Promise<ReadonlyMap<EvidenceUnit, EvidenceUnitResult>> {
  const lines = new Map((await readCheckedLines(store, path, lineSchema)).map((line) => [keyOf(line), line]));
  const found = new Map<EvidenceUnit, EvidenceUnitResult>();
  for (const unit of units) {
    const { alone, plan } = entries[unit.entry];
    const { testStartIx, testEndIx } = plan.folds[unit.fold];
    const line = lines.get(keyOf({ candidate: plan.candidate.name, alone, fold: unit.fold }));
    if (line === undefined || line.forecasts.length === 0 || line.forecasts.some(({ probabilities }) => probabilities.length !== 3 * (testEndIx - testStartIx + 1))) continue;
    found.set(unit, { fold: unit.fold, forecasts: line.forecasts.map(({ name, role, probabilities }) => ({ name, role, probabilities: Float64Array.from(probabilities) })) });
  }
  return found;
}
