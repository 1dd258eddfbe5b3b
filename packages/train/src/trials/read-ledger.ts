// The ledger as it lies in the store. A damaged line costs its trial and nothing else.
import { ForecastLabError, isForecastLabError } from '@forecastlab/core';
import type { ArtifactStore } from '@forecastlab/core/node';
import { z } from 'zod';
import { type Trial, TRIAL_KINDS, TRIALS_PATH } from './trial.js';

const lineSchema = z.object({
  kind: z.enum(TRIAL_KINDS),
  run: z.string(),
  symbols: z.array(z.string()).min(1),
  interval: z.string(),
  candidate: z.string(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  firstOpenMs: z.number(),
});

/** A million trials take about 300 MB: more than anybody makes, and little enough to be read. */
const MAX_BYTES = 400_000_000;

/**
 * The trials in the order of writing; none without a ledger. Damaged lines are passed over, each with a warning.
 * @throws BAD_FILE for a ledger too large to be read
 */
export async function readLedger(store: ArtifactStore, log?: (text: string) => void): Promise<readonly Trial[]> {
  const bytes = await readBytes(store);
  if (bytes === undefined) return [];
  const lines = new TextDecoder().decode(bytes).split('\n');
  return lines.flatMap((line, index): readonly Trial[] => {
    if (line.trim() === '') return [];
    try {
      return [lineSchema.parse(JSON.parse(line))];
    } catch {
      log?.(`warning: ${store.describe(TRIALS_PATH)}, line ${index + 1} cannot be read: that trial is counted only where its run tells of it.`);
      return [];
    }
  });
}

async function readBytes(store: ArtifactStore): Promise<Uint8Array | undefined> {
  try {
    return await store.read(TRIALS_PATH, { maxBytes: MAX_BYTES });
  } catch (error) {
    if (!isForecastLabError(error) || error.details['maxBytes'] === undefined) throw error;
    const place = store.describe(TRIALS_PATH);
    throw new ForecastLabError('BAD_FILE', `The ledger of trials ${place} has ${String(error.details['bytes'])} bytes; at most ${MAX_BYTES} are read.`, {
      hint: `Move it aside, such as to ${place}.old, and a new one is begun. Tests of skill then allow for fewer trials than were made: only searches whose folders are still there are counted. Or keep in it the lines of the markets that still matter.`,
      details: error.details,
      cause: error,
    });
  }
}
