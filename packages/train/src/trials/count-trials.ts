// How many distinct trials were made on some markets, besides those that are about to be made.
import type { ArtifactStore } from '@forecastlab/core/node';
import { readTrials } from './read-trials.js';
import { type Trial, TRIAL_KINDS, type TrialKind, trialKey } from './trial.js';

export interface TrialsWanted {
  /** As tradedName gives them: a trial on any of them counts. */
  readonly symbols: readonly string[];
  readonly interval: string;
  /** Default: all. */
  readonly kinds?: readonly TrialKind[];
  /** Trials that are about to be made, and so count as none of the others. */
  readonly except?: readonly Pick<Trial, 'candidate' | 'digest'>[];
  /** A line for people. */
  readonly log?: ((text: string) => void) | undefined;
}

export interface TrialsCounted {
  readonly total: number;
  /** In the order of readTrials; a trial that was made twice counts for the first. */
  readonly byRun: readonly { readonly run: string; readonly candidates: number }[];
}

/**
 * The distinct trials on those markets.
 * @example (await countOtherTrials(store, { symbols: ['BTCUSDT'], interval: '1d' })).total
 */
export async function countOtherTrials(store: ArtifactStore, { symbols, interval, kinds = TRIAL_KINDS, except = [], log }: TrialsWanted): Promise<TrialsCounted> {
  const seen = new Set(except.map(trialKey));
  const byRun = new Map<string, number>();
  for (const trial of await readTrials(store, log)) {
    if (trial.interval !== interval || !kinds.includes(trial.kind) || !trial.symbols.some((symbol) => symbols.includes(symbol)) || seen.has(trialKey(trial))) continue;
    seen.add(trialKey(trial));
    byRun.set(trial.run, (byRun.get(trial.run) ?? 0) + 1);
  }
  const counted = [...byRun].map(([run, candidates]) => ({ run, candidates }));
  return { total: counted.reduce((sum, { candidates }) => sum + candidates, 0), byRun: counted };
}
