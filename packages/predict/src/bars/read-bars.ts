// The bars that a prediction is made from: a named file, or the stored klines of a market.
import { type BundleMeta, ForecastLabError, type ParsedKlines } from '@forecastlab/core';
import { type ArtifactStore, changedSinceStored, closingClockMs, isSampleSymbol, rawKlinesPath, readKlinesFile, readStoredKlines } from '@forecastlab/core/node';
import { marketOfBundle } from '../bundle/market-of-bundle.js';

export interface Bars {
  readonly parsed: ParsedKlines;
  /** The file that they were read from, or the folder of their Parquet parts, for people. */
  readonly path: string;
  /** True for stored klines. */
  readonly isStored: boolean;
  /** True when every bar is known to have been stored after its close, the last one too. */
  readonly isVouchedFor: boolean;
  /** What is odd about the file, as clauses. */
  readonly warnings: readonly string[];
  /** UTC ms: the clock by which they are closed, given this one. */
  closedByMs(nowMs: number): number;
}

/** @throws BAD_FILE when the file, or the stored klines, cannot be read or are not there */
export async function readBars(request: { readonly store: ArtifactStore; readonly dataFile?: string | undefined; readonly symbol?: string | undefined }, meta: BundleMeta): Promise<Bars> {
  const { store, dataFile } = request;
  const market = marketOfBundle(meta, request.symbol);
  if (dataFile !== undefined) {
    const { parsed, path } = await readKlinesFile(dataFile);
    return { parsed, path, isStored: false, isVouchedFor: false, closedByMs: (nowMs) => nowMs, warnings: [] };
  }
  const stored = await readStoredKlines(store, market);
  const path = store.describe(stored?.path ?? rawKlinesPath(market));
  if (stored === undefined) {
    throw new ForecastLabError('BAD_FILE', `There are no stored klines of ${market.symbol} ${meta.interval}: ${path} does not exist.`, {
      hint: isSampleSymbol(market.symbol) ? 'Make them with forecastlab-train data update --source sample.' : `Fetch them with --source auto (or forecastlab-train data update --symbol ${market.symbol} --interval ${meta.interval}${market.venue === 'usdm' ? ' --venue usdm' : ''}), or name a file with --data FILE.`,
      details: { file: path },
    });
  }
  const changed = changedSinceStored(stored, market);
  return { parsed: stored.parsed, path, isStored: true, isVouchedFor: stored.isVouchedFor, closedByMs: (nowMs) => closingClockMs(stored, nowMs), warnings: changed === undefined ? [] : [changed] };
}
