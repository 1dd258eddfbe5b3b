// Whether the prediction of one market and day is there, and whole.
import { type BundleMeta, parseInterval } from '@forecastlab/core';
import type { ArtifactStore } from '@forecastlab/core/node';
import { predictionFolder, predictionPath } from '../answers/answer-path.js';
import { readAnswer } from '../answers/read-answer.js';
import { dueMs } from '../bars/expected-day.js';

/** What was found of one market. */
export interface MarketFreshness {
  readonly symbol: string;
  /** `missing`: no file. `damaged`: it cannot be read, or is of another bar than its name says. `other-market`: of another market. */
  readonly status: 'fresh' | 'missing' | 'damaged' | 'other-market';
  /** The day that is expected, as UTC date. */
  readonly asof_date: string;
  /** Where its prediction belongs, relative to the store. */
  readonly path: string;
  /** One sentence; null when fresh. */
  readonly reason: string | null;
  /** True for one that was made later than its day. */
  readonly backfilled: boolean;
  readonly deploy_name: string | null;
  /** The newest day of which a prediction lies there; null: none. */
  readonly newest: string | null;
  /** Hours since the bar of that day closed. */
  readonly age_hours: number | null;
}

const HOUR_MS = 3_600_000;

export async function checkMarket(store: ArtifactStore, meta: BundleMeta, options: { readonly symbol: string; readonly asofDate: string; readonly nowMs: number }): Promise<MarketFreshness> {
  const { symbol, asofDate, nowMs } = options;
  const isOfSeveral = meta.symbols !== undefined;
  const newest = await newestDate(store, isOfSeveral ? symbol : undefined);
  const answer = await readAnswer(store, { date: asofDate, symbol, isOfSeveral });
  const found = {
    symbol,
    asof_date: asofDate,
    path: answer.state === 'none' ? predictionPath(asofDate, isOfSeveral ? symbol : undefined) : answer.path,
    backfilled: answer.state === 'valid' && answer.prediction.backfilled === true,
    deploy_name: answer.state === 'valid' ? answer.prediction.deploy_name : null,
    newest,
    age_hours: newest === null ? null : Math.round(((nowMs - dueMs(parseInterval(meta.interval), newest)) / HOUR_MS) * 10) / 10,
  };
  if (answer.state === 'none') return { ...found, status: 'missing', reason: `There is no prediction of ${symbol} for ${asofDate}.` };
  if (answer.state === 'damaged') return { ...found, status: 'damaged', reason: answer.reason };
  if (answer.prediction.symbol !== symbol) return { ...found, status: 'other-market', reason: `${answer.path} is a prediction of ${answer.prediction.symbol}, not of ${symbol}.` };
  return { ...found, status: 'fresh', reason: null };
}

async function newestDate(store: ArtifactStore, symbol: string | undefined): Promise<string | null> {
  const folder = `${predictionFolder(symbol)}/`;
  const dates = (await store.list(folder)).map((path) => /^(\d{4}-\d{2}-\d{2})\.json$/.exec(path.slice(folder.length))?.[1]).filter((date) => date !== undefined);
  return dates.at(-1) ?? null;
}
