// What lies where the prediction of a day should lie: the answer, nothing, or a file that cannot be believed.
import { type DailyPrediction, isForecastLabError, parseDailyPrediction } from '@forecastlab/core';
import type { ArtifactStore } from '@forecastlab/core/node';
import { predictionPath } from './answer-path.js';

export type StoredAnswer =
  | { readonly state: 'none' }
  | { readonly state: 'valid'; readonly path: string; readonly prediction: DailyPrediction; readonly bytes: Uint8Array }
  | DamagedAnswer;

export interface DamagedAnswer {
  readonly state: 'damaged';
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Of the artifact, for replacing just these bytes. */
  readonly version: string;
  /** One sentence. */
  readonly reason: string;
}

/** A day of a market. */
export interface MarketDay {
  /** UTC date `YYYY-MM-DD`. */
  readonly date: string;
  readonly symbol: string;
  /** True where the bundle is of several markets, and each has a folder. */
  readonly isOfSeveral: boolean;
}

/**
 * Looks where bundles of that kind keep the day, then where the other kind does: a day has one answer also when the bundle of one
 * market was followed by one of several.
 */
export async function readAnswer(store: ArtifactStore, { date, symbol, isOfSeveral }: MarketDay): Promise<StoredAnswer> {
  const [own, other] = isOfSeveral ? [symbol, undefined] : [undefined, symbol];
  const answer = await readAt(store, predictionPath(date, own), { date, symbol: own });
  if (answer.state !== 'none') return answer;
  const elsewhere = await readAt(store, predictionPath(date, other), { date, symbol: other });
  if (elsewhere.state === 'damaged') return isSurelyOf(elsewhere, { symbol, folder: other }) ? elsewhere : answer;
  return elsewhere.state === 'valid' && elsewhere.prediction.symbol === symbol ? elsewhere : answer;
}

/** What lies at one path. Its folder says which market it should be of, where there is one for each. */
export function readAnswerAt(store: ArtifactStore, path: string, { date, symbol }: MarketDay): Promise<StoredAnswer> {
  return readAt(store, path, { date, symbol: path === predictionPath(date, symbol) ? symbol : undefined });
}

/** A damaged file of the only folder may be of any market: it is of the one that it names. */
function isSurelyOf({ bytes }: DamagedAnswer, { symbol, folder }: { readonly symbol: string; readonly folder: string | undefined }): boolean {
  return folder === symbol || new TextDecoder().decode(bytes).includes(`"symbol": "${symbol}"`);
}

/** @param expected the day, and the market where its folder says which */
async function readAt(store: ArtifactStore, path: string, expected: { readonly date: string; readonly symbol: string | undefined }): Promise<StoredAnswer> {
  const found = await store.readVersioned(path);
  if (found === undefined) return { state: 'none' };
  const { bytes, version } = found;
  const damaged = (reason: string): DamagedAnswer => ({ state: 'damaged', path, bytes, version, reason });
  try {
    const prediction = parseDailyPrediction(new TextDecoder().decode(bytes), { fileName: path });
    if (prediction.asof_date !== expected.date) return damaged(`${path} holds the prediction of ${prediction.asof_date}.`);
    if (expected.symbol !== undefined && prediction.symbol !== expected.symbol) return damaged(`${path} holds a prediction of ${prediction.symbol}.`);
    return { state: 'valid', path, prediction, bytes };
  } catch (error) {
    if (!isForecastLabError(error)) throw error;
    return damaged(error.message);
  }
}
