// Scores one market: what became of its predictions by the bars that are stored, brought up to date first where that is asked for.
import { type OutcomeLine, outcomeKey, type UnscoredAnswer } from '@forecastlab/core';
import type { Promotion } from '@forecastlab/core/node';
import { updateStoredBars } from '../bars/update-stored-bars.js';
import type { BundleFacts } from './bundle-facts.js';
import { type MarketBars, readMarketBars } from './market-bars.js';
import { missingAnswers } from './missing-answers.js';
import { failureOf, type PredictionFiles, type ScoreFailure, type StoredPrediction } from './prediction-files.js';
import { DAILY_FOLDER } from './score-paths.js';
import type { ScoreRequest } from './score-predictions.js';
import type { ScoredMarket } from './scored-markets.js';
import { settleAgain, settlePrediction } from './settle-prediction.js';

/** What the markets of a run add to. */
export interface ScoreWork {
  readonly failures: ScoreFailure[];
  readonly notes: string[];
  readonly added: OutcomeLine[];
  readonly unscored: UnscoredAnswer[];
  readonly newestBars: Record<string, string>;
}

/** What the markets of a run share. */
export interface ScoreSurroundings {
  readonly request: ScoreRequest;
  readonly files: PredictionFiles;
  readonly facts: ReadonlyMap<string, BundleFacts | undefined>;
  /** Bundles that may be there and cannot be read at the moment: of their answers nothing is assumed. */
  readonly unread: ReadonlySet<string>;
  readonly known: ReadonlyMap<string, OutcomeLine>;
  readonly promotions: readonly Promotion[];
}

/** Adds what becomes known of one market. Throws what is none of ours, and INTERRUPTED. */
export async function scoreMarket(scored: ScoredMarket, { request, files, facts, unread, known, promotions }: ScoreSurroundings, work: ScoreWork): Promise<void> {
  const { market, predictions, lines } = scored;
  const { symbol, interval } = market;
  const name = `${symbol} ${interval}`;
  const bars = scored.isUnsure ? undefined : await barsOf(scored, request, work.failures);
  if (bars === undefined) {
    for (const stored of predictions) work.unscored.push(...unseenAnswers(stored, known));
    return;
  }
  const { klines, intervalMs } = bars;
  work.notes.push(...bars.warnings.map((warning) => `${name}: ${warning}.`));
  work.newestBars[name] = new Date(klines.openTimeMs[klines.openTimeMs.length - 1]).toISOString().slice(0, 10);
  const veryBundle = ({ deploy_name, bundle_sha256 }: { readonly deploy_name: string; readonly bundle_sha256: string }): BundleFacts | undefined => (facts.get(deploy_name)?.sha256 === bundle_sha256 ? facts.get(deploy_name) : undefined);
  for (const stored of predictions) {
    if (unread.has(stored.prediction.deploy_name)) {
      work.unscored.push(...unseenAnswers(stored, known));
      continue;
    }
    const { added, unscored } = settlePrediction(stored, klines, veryBundle(stored.prediction), known);
    work.added.push(...added);
    work.unscored.push(...unscored);
  }
  // a line of a file that is gone, or was made again, stands for itself
  const isRead = new Set(predictions.map(({ sha256 }) => sha256));
  const isNew = new Set(work.added.map(outcomeKey));
  for (const line of lines) if (!isRead.has(line.prediction_sha256) && !isNew.has(outcomeKey(line))) work.added.push(...settleAgain(line, klines, veryBundle(line)));
  const answered = new Set([...predictions.map(({ prediction }) => prediction.asof_date), ...lines.map(({ asof_date }) => asof_date), ...unreadDays(files, symbol)]);
  work.unscored.push(...missingAnswers({ symbol, interval, intervalMs, klines, synthetic: scored.synthetic, answered }, promotions, (deployName) => facts.get(deployName)));
}

/** The bars of a market, brought up to date; undefined when none can be had. What failed is told; a market that nobody predicted has nothing to score. */
async function barsOf({ market, meta, predictions, lines }: ScoredMarket, { store, source, nowMs, isDryRun }: ScoreRequest, failures: ScoreFailure[]): Promise<MarketBars | undefined> {
  const name = `${market.symbol} ${market.interval}`;
  const isPredicted = predictions.length + lines.length > 0;
  let clockMs = nowMs;
  try {
    if (source !== undefined && isDryRun !== true && isPredicted) clockMs = (await updateStoredBars(store, market, meta, { source, nowMs })).clockMs;
  } catch (error) {
    failures.push(failureOf(name, error));
  }
  try {
    return await readMarketBars(store, market, { nowMs: clockMs });
  } catch (error) {
    const failure = failureOf(name, error);
    if (isPredicted) failures.push(failure);
    return undefined;
  }
}

/** Days of a market whose file cannot be read: they are named as damaged, not counted as missing. A file beside the folders may be of any market. */
function unreadDays({ failures }: PredictionFiles, symbol: string): readonly string[] {
  const own = [`${DAILY_FOLDER}${symbol}/`, DAILY_FOLDER];
  return failures.filter(({ what }) => own.includes(what.slice(0, what.lastIndexOf('/') + 1))).map(({ what }) => what.slice(what.lastIndexOf('/') + 1, -'.json'.length));
}

/** Without bars nothing is known of the answers that have no outcome yet. */
function unseenAnswers({ prediction, isReplacement }: StoredPrediction, known: ReadonlyMap<string, OutcomeLine>): UnscoredAnswer[] {
  const { symbol, interval, asof_date, deploy_name, bundle_sha256, synthetic } = prediction;
  return prediction.predictions.flatMap(({ candidate, T }): UnscoredAnswer[] => {
    const id = { symbol, interval, asof_date, candidate, T, deploy_name, bundle_sha256, synthetic };
    return known.has(outcomeKey({ ...id, ...(isReplacement ? { replaced: true } : {}) })) ? [] : [{ ...id, status: 'unknowable' }];
  });
}
