// Finished units of a run on disk, so that an interrupted search goes on where it was: one line a unit, whole or absent.
import type { FoldPrediction } from '@forecastlab/core';
import type { ArtifactStore } from '@forecastlab/core/node';
import { z } from 'zod';
import { appendCheckedLine, readCheckedLines } from '../runs/checked-lines.js';
import type { SearchUnit, UnitResult } from './fit-unit.js';
import type { SearchGroup } from './plan-search.js';

const probabilities = z.array(z.number().min(0).max(1));
const lineSchema = z.object({
  T: z.number(),
  fold: z.number(),
  candidates: z.record(z.string(), z.object({ model: probabilities, shuffled: probabilities.nullable() })),
});
type UnitLine = z.infer<typeof lineSchema>;

/** Keeps a unit whose candidates all succeeded; others are done again after an interruption, and fail again. */
export async function keepUnit(store: ArtifactStore, path: string, group: SearchGroup, unit: SearchUnit, result: UnitResult): Promise<void> {
  const predictions = result.filter((outcome): outcome is FoldPrediction => !('message' in outcome));
  if (predictions.length < result.length) return;
  const line: UnitLine = {
    T: group.candidates[0].T,
    fold: unit.fold,
    candidates: Object.fromEntries(predictions.map(({ model, shuffled }, index) => [group.candidates[index].name, { model: [...model], shuffled: shuffled === null ? null : [...shuffled] }])),
  };
  await appendCheckedLine(store, path, line);
}

/** The units done before, out of `units`; a line that is cut or damaged counts as not done. */
export async function findUnits(store: ArtifactStore, path: string, groups: readonly SearchGroup[], units: readonly SearchUnit[]): Promise<ReadonlyMap<SearchUnit, UnitResult>> {
  const found = new Map<SearchUnit, UnitResult>();
  const lines = new Map((await readCheckedLines(store, path, lineSchema)).map((line) => [keyOf(Object.keys(line.candidates), line.fold), line]));
  for (const unit of units) {
    const group = groups[unit.group];
    const line = lines.get(keyOf(group.candidates.map(({ name }) => name), unit.fold));
    const result = line === undefined ? undefined : resultOf(line, group, unit);
    if (result !== undefined) found.set(unit, result);
  }
  return found;
}

/** Several groups may have one horizon: a unit is known by its candidates. */
const keyOf = (candidates: readonly string[], fold: number): string => `${candidates.join(' ')} ${fold}`;

function resultOf({ candidates }: UnitLine, group: SearchGroup, unit: SearchUnit): UnitResult | undefined {
  const { testStartIx, testEndIx } = group.folds[unit.fold];
  const length = 3 * (testEndIx - testStartIx + 1);
  const result: FoldPrediction[] = [];
  for (const { name } of group.candidates) {
    const stored = Object.hasOwn(candidates, name) ? candidates[name] : undefined;
    if (stored?.model.length !== length || (unit.isShuffledToo ? stored.shuffled?.length !== length : stored.shuffled !== null)) return undefined;
    result.push({ model: Float64Array.from(stored.model), shuffled: stored.shuffled === null ? null : Float64Array.from(stored.shuffled) });
  }
  return result;
}
