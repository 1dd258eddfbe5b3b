// In the end: what the machine has written down of its predictions must be what the faultless twin finds for the same files.
import { cpSync, readFileSync } from 'node:fs';
import { latestOutcomes, parseOutcomes } from '@forecastlab/core';
import type { Machine } from './machine.js';
import type { World } from './world.js';

const PREDICTIONS = 'outputs/predictions/daily';

/** Gives the number of outcomes; what differs is a problem. */
export async function judgeOutcomes({ machine, twin, problem }: World): Promise<number> {
  cpSync(machine.path(PREDICTIONS), twin.path(PREDICTIONS), { recursive: true });
  for (const own of [machine, twin]) {
    const told = await own.predict('score');
    if (told.code !== 0) problem(`the last score ends with ${told.code}: ${told.err}`);
  }
  const [kept, wanted] = [outcomesOf(machine), outcomesOf(twin)];
  for (const [key, outcome] of wanted) if (kept.get(key) !== outcome) problem(`outcome of ${key}: ${String(kept.get(key))}, and the twin has ${outcome}`);
  for (const key of kept.keys()) if (!wanted.has(key)) problem(`an outcome of ${key}, which the twin has not`);
  return kept.size;
}

/** Label and the days on which it came about, by bar and candidate. */
function outcomesOf(machine: Machine): ReadonlyMap<string, string> {
  const { lines } = parseOutcomes(readFileSync(machine.path('outputs/predictions/outcomes.jsonl'), 'utf8'));
  return new Map([...latestOutcomes(lines).values()].map(({ asof_date, candidate, label, touched_on, matured_on }) => [`${asof_date} ${candidate}`, `${label}, touched on ${String(touched_on)}, matured on ${String(matured_on)}`]));
}
