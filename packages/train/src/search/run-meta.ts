// meta.json of a run: all that was asked, so that it can be repeated, resumed by the same call only, and counted as trials.
import { type Candidate, featureSetVersion, klineCount } from '@forecastlab/core';
import { nativeFingerprint } from '@forecastlab/core/node';
import type { ArtifactStore } from '@forecastlab/core/node';
import type { CodeVersion } from '../code-version.js';
import { countOtherTrials } from '../trials/count-trials.js';
import { readTrialsMeta, searchTrials } from '../trials/read-trials.js';
import { tradedName } from '../trials/trial.js';
import type { SearchPlan } from './plan-search.js';
import type { SearchSettings } from './resolve-settings.js';
import { BACKTEST_FOLDER } from './run-folder.js';
import type { SearchReport } from './search-report.js';
import type { SearchMarket } from './search-request.js';

export const RUN_SCHEMA = 'forecastlab.backtest/1';

export interface RunMeta {
  readonly schema: string;
  readonly run: string;
  readonly market: SearchReport['market'];
  readonly options: SearchSettings;
  readonly featureNames: readonly string[];
  readonly featureSetVersion: string;
  readonly candidates: readonly string[];
  /** Folds by horizon. */
  readonly folds: Readonly<Record<string, number>>;
  /** Distinct settings tried on this market before, by run. */
  readonly earlierTrials: SearchReport['trials']['earlier'];
  readonly forecastlab: string;
  readonly gitCommit: string | null;
}

/** The meta of a run; `earlierTrials` as `countEarlierTrials` gives them. */
export function runMeta(run: string, market: SearchMarket, settings: SearchSettings, candidates: readonly Candidate[], plan: SearchPlan, code: CodeVersion, earlierTrials: RunMeta['earlierTrials']): RunMeta {
  const { klines, symbol, interval, source, isSynthetic, file } = market;
  const bars = klineCount(klines);
  return {
    schema: RUN_SCHEMA,
    run,
    market: { symbol, interval, source, isSynthetic, file, fingerprint: nativeFingerprint(klines), bars, firstOpenMs: klines.openTimeMs[0], lastOpenMs: klines.openTimeMs[bars - 1] },
    options: settings,
    featureNames: plan.featureNames,
    featureSetVersion: featureSetVersion(settings.features as never),
    candidates: candidates.map(({ name }) => name),
    folds: Object.fromEntries(plan.groups.map((group) => [`T${group.candidates[0].T}`, group.folds.length])),
    earlierTrials,
    forecastlab: code.versions.forecastlab,
    gitCommit: code.gitCommit,
  };
}

/**
 * How many distinct trials were made on this market by other runs, as far as the ledger and the runs in the store tell: whoever tries
 * long enough finds "skill", so the test must know. A run that exists already keeps the count it began with.
 */
export async function countEarlierTrials(store: ArtifactStore, run: string, market: SearchMarket, settings: SearchSettings, candidates: readonly Candidate[], log?: (text: string) => void): Promise<RunMeta['earlierTrials']> {
  const own = await readTrialsMeta(store, `${BACKTEST_FOLDER}${run}/meta.json`);
  if (own !== undefined) return own.earlierTrials;
  const except = searchTrials({ run, market: { ...market, firstOpenMs: market.klines.openTimeMs[0] }, options: { ...settings }, candidates: candidates.map(({ name }) => name) });
  return (await countOtherTrials(store, { symbols: [tradedName(market)], interval: market.interval, except, log })).byRun;
}
