// The ledger as it lies in the store. A damaged line costs its trial and nothing else.
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

/** The trials in the order of writing; none without a ledger. Damaged lines are passed over, each with a warning. */
export async function readLedger(store: ArtifactStore, log?: (text: string) => void): Promise<readonly Trial[]> {
  const bytes = await store.read(TRIALS_PATH, { maxBytes: MAX_BYTES });
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
