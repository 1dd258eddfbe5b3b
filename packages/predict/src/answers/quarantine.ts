// A file that should be a prediction and is none is kept aside, every byte of it.
import { sha256Hex } from '@forecastlab/core';
import { type ArtifactStore, createOrCompare } from '@forecastlab/core/node';
import type { DamagedAnswer } from './read-answer.js';

const DAILY = 'outputs/predictions/daily/';
const QUARANTINE = 'outputs/predictions/quarantine/';

/** Copies the bytes to `outputs/predictions/quarantine/` and gives their path there. The damaged file itself still lies where it lay. */
export async function copyToQuarantine(store: ArtifactStore, { path, bytes }: Pick<DamagedAnswer, 'path' | 'bytes'>): Promise<string> {
  const stem = path.slice(DAILY.length).replace(/\.json$/, '');
  const kept = `${QUARANTINE}${stem}.${sha256Hex(bytes).slice(0, 12)}.json`;
  await createOrCompare(store, kept, bytes);
  return kept;
}
