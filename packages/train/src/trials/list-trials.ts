// The trials by market: how many distinct ones each has had, of which kind, and in which runs.
import type { ArtifactStore } from '@forecastlab/core/node';
import { readTrials } from './read-trials.js';
import { type Trial, TRIAL_KINDS, type TrialKind, trialKey } from './trial.js';

export interface MarketTrials {
  readonly symbol: string;
  readonly interval: string;
  /** Distinct trials; a pooled one counts for each of its markets. */
  readonly trials: number;
  readonly byKind: Readonly<Record<TrialKind, number>>;
  readonly runs: readonly string[];
}

export interface ListedTrials {
  readonly markets: readonly MarketTrials[];
  /** Each once per set of markets, as it was made first. */
  readonly trials: readonly Trial[];
}

/** By market, in order of name. */
export async function listTrials(store: ArtifactStore, log?: (text: string) => void): Promise<ListedTrials> {
  const seen = new Set<string>();
  const trials: Trial[] = [];
  const byMarket = new Map<string, { readonly symbol: string; readonly interval: string; readonly own: Map<string, Trial> }>();
  for (const trial of await readTrials(store, log)) {
    const whole = `${trial.symbols.join(' ')} ${trial.interval} ${trialKey(trial)}`;
    if (!seen.has(whole)) trials.push(trial);
    seen.add(whole);
    for (const symbol of trial.symbols) {
      const name = `${symbol} ${trial.interval}`;
      const market = byMarket.get(name) ?? { symbol, interval: trial.interval, own: new Map<string, Trial>() };
      byMarket.set(name, market);
      if (!market.own.has(trialKey(trial))) market.own.set(trialKey(trial), trial);
    }
  }
  const names = [...byMarket.keys()].sort();
  return { markets: names.map((name) => describe(byMarket.get(name) as { symbol: string; interval: string; own: Map<string, Trial> })), trials };
}

function describe({ symbol, interval, own }: { readonly symbol: string; readonly interval: string; readonly own: ReadonlyMap<string, Trial> }): MarketTrials {
  const all = [...own.values()];
  const of = (kind: TrialKind): number => all.filter((trial) => trial.kind === kind).length;
  return { symbol, interval, trials: all.length, byKind: Object.fromEntries(TRIAL_KINDS.map((kind) => [kind, of(kind)])) as Record<TrialKind, number>, runs: [...new Set(all.map(({ run }) => run))] };
}
