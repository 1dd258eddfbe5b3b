// Writes trials into the ledger, each once, before anyone can look at what came of them.
import type { ArtifactStore } from '@forecastlab/core/node';
import { readLedger } from './read-ledger.js';
import { type Trial, trialKey, TRIALS_PATH } from './trial.js';

/** Trials of one run: its candidates with the same settings. */
export interface TrialsMade extends Omit<Trial, 'candidate'> {
  readonly candidates: readonly string[];
}

/** A killed process leaves its lock behind for half a minute. */
const WAIT_MS = 40_000;

/**
 * Adds those trials that the ledger does not have for these markets yet. Two processes at once lose nothing: each appends under a lock.
 * @throws TEMPORARY when the ledger stays locked
 * @example await recordTrials(store, { kind: 'evidence', run, symbols, interval, candidates, digest: trialDigest({ ...settings, firstOpenMs }), firstOpenMs })
 */
export async function recordTrials(store: ArtifactStore, { candidates, ...shared }: TrialsMade, log?: (text: string) => void): Promise<void> {
  await store.withLock(TRIALS_PATH, { waitMs: WAIT_MS }, async (lock) => {
    const known = new Set((await readLedger(store, log)).flatMap((trial) => trial.symbols.map((symbol) => placedKey(trial, symbol))));
    for (const candidate of candidates) {
      const trial: Trial = { kind: shared.kind, run: shared.run, symbols: shared.symbols, interval: shared.interval, candidate, digest: shared.digest, firstOpenMs: shared.firstOpenMs };
      if (trial.symbols.every((symbol) => known.has(placedKey(trial, symbol)))) continue;
      await lock.check();
      await store.append(TRIALS_PATH, JSON.stringify(trial));
    }
  });
}

const placedKey = (trial: Trial, symbol: string): string => `${symbol} ${trial.interval} ${trialKey(trial)}`;
